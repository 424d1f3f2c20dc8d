import { PRESETS } from '@shared/presets'
import { type Command, UsageError } from './command'
import { print, printJson, table } from './output'

export const presetsCommand: Command = {
  usage: 'presets',
  summary: 'what comes with the lab: topologies, scenarios, workflows, experiments',
  async run({ arguments: given, json }) {
    if (given.length > 0) throw new UsageError('presets takes no argument; write one out with "lab export PRESET"')
    const noteOf = (document: unknown): string => {
      const note = typeof document === 'object' && document !== null && 'note' in document ? document.note : undefined
      return typeof note === 'string' ? note : ''
    }
    const all = PRESETS.map(({ id, kind, document }) => ({ id, kind, note: noteOf(document) }))
    if (json) await printJson({ presets: all })
    else
      await print(
        table(
          [{ head: 'preset' }, { head: 'kind' }, { head: '' }],
          all.map(({ id, kind, note }) => [id, kind, note])
        )
      )
    return 0
  }
}
