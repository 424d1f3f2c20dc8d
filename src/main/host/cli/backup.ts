import { resolve } from 'node:path'
import { count } from '@shared/format'
import { openForReading } from '../../store'
import { type Command, textOf, UsageError } from './command'
import { note, printJson } from './output'

export const backupCommand: Command = {
  usage: 'backup [--to FOLDER]',
  summary: 'makes a backup of the history now, also beside a lab that is open',
  details: [
    '--to FOLDER    instead a data folder of its own, which lab serve --home FOLDER opens; it must be empty or not there yet',
    '',
    'A backup is made daily while a lab is open and before its database is brought up to date by a newer version. Every copy is checked',
    'against every checksum. lab restore lists them and goes back to one.'
  ].join('\n'),
  options: { to: { type: 'string' } },
  async run({ arguments: given, options, home, json }) {
    if (given.length > 0) throw new UsageError(`backup takes no arguments; "${given[0]}" is too much`)
    const to = textOf(options, 'to')
    const store = openForReading(home)
    try {
      const file = to === undefined ? store.backUp(Date.now()) : resolve(to)
      if (to !== undefined) store.copyTo(file)
      const runs = store.runs.list().length
      if (json) await printJson({ to: file, runs })
      else note(`Written: ${file} with ${count(runs, 'run', 'runs')}${to === undefined ? '' : `. Open it with: lab serve --home ${file}`}`)
      return 0
    } finally {
      store.close()
    }
  }
}
