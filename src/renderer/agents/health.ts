import type { AgentRow } from '@shared/contract/agents'
import type { RunStatus } from '@shared/run/lifecycle'
import { text } from '../ui/text'

/** How a program stands: the glyph of the state of a run that is most like it, and its words. */
export interface ProgramHealth {
  glyph: RunStatus
  words: string
}

export function healthOf({ command, check }: AgentRow, isChecking: boolean): ProgramHealth {
  const words = text.agents
  if (isChecking) return { glyph: 'running', words: words.checking }
  if (!command) return { glyph: 'interrupted', words: words.unknown }
  if (!check) return { glyph: 'queued', words: words.unchecked }
  if (check.fault !== undefined) return { glyph: 'failed', words: words.faulty }
  return { glyph: 'completed', words: check.isExact ? words.exact : words.ready }
}

/** How long it took until its first word, in milliseconds. */
export function helloTook({ check }: AgentRow): number | undefined {
  return check?.steps.find(({ what, isGood }) => what === 'hello' && isGood)?.milliseconds
}
