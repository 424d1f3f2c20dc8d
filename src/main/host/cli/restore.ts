import { bytes, count } from '@shared/format'
import { hasDatabase, listBackups, openStore, restoreFrom } from '../../store'
import { type Command, UsageError } from './command'
import { note, print, printJson, table } from './output'

export const restoreCommand: Command = {
  usage: 'restore [BACKUP]',
  summary: 'lists the backups, or puts one in the place of the history',
  details: [
    'BACKUP is a file, or a name from the list. It must match every checksum; what was in its place becomes a backup itself.',
    'No lab may be open in the data folder. Nothing is ever deleted by it.'
  ].join('\n'),
  async run({ arguments: given, home, json }) {
    if (given.length > 1) throw new UsageError(`restore takes one BACKUP; "${given[1]}" is too much`)
    const [chosen] = given
    if (chosen === undefined) return list(home, json)
    const done = restoreFrom(home, chosen, Date.now())
    const store = openStore(home)
    try {
      const runs = store.runs.list().length
      if (json) await printJson({ ...done, runs })
      else {
        note(`Restored: ${done.restored} with ${count(runs, 'run', 'runs')}`)
        if (done.replaced !== undefined) note(`What it replaced is kept: ${done.replaced}`)
      }
      return 0
    } finally {
      store.close()
    }
  }
}

async function list(home: string, json: boolean): Promise<number> {
  const backups = listBackups(home)
  if (json) {
    await printJson({
      backups: backups.map(({ name, file, madeAt, bytes, runs, isSound }) => ({ name, file, madeAt, bytes, runs, isSound }))
    })
    return 0
  }
  if (backups.length === 0) note(`There is no backup in ${home}.${hasDatabase(home) ? ' Make one with: lab backup' : ''}`)
  else {
    const rows = backups.map(({ name, madeAt, bytes: size, runs, isSound }) => [
      name,
      Number.isNaN(madeAt) ? '–' : new Date(madeAt).toISOString().slice(0, 16).replace('T', ' '),
      bytes(size),
      String(runs),
      isSound ? 'intact' : 'damaged'
    ])
    await print(
      table(
        [
          { head: 'backup' },
          { head: 'made (UTC)' },
          { head: 'size', align: 'right' },
          { head: 'runs', align: 'right' },
          { head: 'checked' }
        ],
        rows
      )
    )
  }
  return 0
}
