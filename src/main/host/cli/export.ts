import { writeFileSync } from 'node:fs'
import { writeScenario } from '@shared/formats'
import { PRESETS, type PresetKind, presetOf } from '@shared/presets'
import { type Command, type Invocation, onlyArgument, textOf, UsageError } from './command'
import { note, printJson } from './output'
import { resolveIds } from './runs'
import { withHistory } from './session'

/** A preset's document, or the scenario a run of the history was trained on. */
async function documentOf(invocation: Invocation, name: string): Promise<unknown> {
  const asked = textOf(invocation.options, 'as')
  const fitting = PRESETS.filter((preset) => preset.id === name)
  if (asked !== undefined && !PRESETS.some((preset) => preset.kind === asked))
    throw new UsageError('--as takes experiment, scenario, workload or topology')
  if (asked !== undefined && fitting.length > 0) {
    const document = presetOf(name, asked as PresetKind)
    if (document === undefined)
      throw new UsageError(`preset "${name}" is not a ${asked}; it is a ${fitting.map((preset) => preset.kind).join(' and a ')}`)
    return document
  }
  if (fitting.length > 0) return fitting[0].document
  return withHistory(invocation, async (session) => writeScenario(session.lab.store.runs.spec(resolveIds(session, [name])[0]).scenario))
}

export const exportCommand: Command = {
  usage: 'export PRESET|RUN [--as KIND] [--to FILE]',
  summary: 'a preset, or the scenario of a run, as a file to edit',
  details: '--as KIND   experiment, scenario, workload or topology, where a name has several\n--to FILE   default: stdout',
  options: { as: { type: 'string' }, to: { type: 'string' } },
  async run(invocation) {
    const document = await documentOf(invocation, onlyArgument(invocation, 'PRESET or RUN'))
    const to = textOf(invocation.options, 'to')
    if (to === undefined) await printJson(document)
    else {
      writeFileSync(to, `${JSON.stringify(document, null, 2)}\n`)
      note(`Written: ${to}`)
    }
    return 0
  }
}
