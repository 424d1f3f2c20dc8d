import { fileURLToPath } from 'node:url'
import { agentIdOf } from '@shared/algorithms/agents'
import { defaultsOf } from '@shared/algorithms/parameters'
import type { RunSpec } from '@shared/run/spec'
import { programParameters } from '../../../src/main/agents/card'
import type { Hello } from '../../../src/main/agents/hello'
import { PROGRAM_PATIENCE } from '../../../src/main/agents/program'
import type { StartedProgram } from '../../../src/main/agents/started'
import { runProgram } from '../../../src/main/training/program-run'
import { sampleScenario } from '../store/samples'
import { Listener } from '../training/listener'

export const AGENT = fileURLToPath(new URL('./agent.mjs', import.meta.url))

/** The command of the program beside this file; `wrong`: what it does wrong, "when:what". */
export const commandOf = (wrong = '') => [process.execPath, AGENT, wrong]

/** What the program beside this file declares. */
export const HELLO: Hello = {
  title: 'Tabular Q',
  learnSteps: 200,
  metrics: ['loss', 'epsilon'],
  parameters: [
    {
      key: 'rate',
      label: 'Rate',
      sentence: 'Share of a difference that is learned.',
      common: true,
      type: 'number',
      min: 0,
      max: 1,
      default: 0.1
    },
    { key: 'epsilon', label: 'epsilon', sentence: 'The program’s own.', type: 'number', min: 0, max: 1, default: 0.2 }
  ]
}

export function started(wrong = '', changes: Partial<StartedProgram> = {}): StartedProgram {
  return {
    name: 'tabular',
    command: commandOf(wrong),
    folder: process.cwd(),
    patience: PROGRAM_PATIENCE,
    hello: HELLO,
    isExact: true,
    ...changes
  }
}

export function specOf(changes: RunSpec['parameters'] = {}, seed = 1): RunSpec {
  const parameters = { ...defaultsOf(programParameters(HELLO)), learnSteps: 60, evaluateEvery: 20, checkpointEvery: 20, ...changes }
  return { scenario: sampleScenario(), algorithm: agentIdOf('tabular'), parameters, seed, heldOut: 20, split: 0 }
}

/** A run of a program as a worker would have it, with all that is heard of it. */
export class ProgramListener extends Listener {
  notes: string[] = []
  pids = new Map<number, boolean>()
  failure: string | undefined

  override fail(error: unknown): void {
    this.failure = error instanceof Error ? error.message : String(error)
  }

  /** Runs it to its end. */
  async run(program: StartedProgram, spec = specOf(), checkpoint?: Uint8Array): Promise<this> {
    await runProgram(
      program,
      { spec, checkpoint, hooks: this },
      { living: (pid, isLiving) => this.pids.set(pid, isLiving), note: (text) => this.notes.push(text) }
    )
    return this
  }
}
