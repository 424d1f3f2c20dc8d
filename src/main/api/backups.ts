import { statSync } from 'node:fs'
import { setImmediate as turn } from 'node:timers/promises'
import { basename } from 'node:path'
import { type BackupRow, BackupName } from '@shared/contract/backups'
import { type BackupFile, backupsOf, healthOfBackup, StoreError } from '../store'
import { api } from './context'
import type { Lab } from './lab'
import { refusal } from './transfers'

/** What is known of backups that were read through; a file that changed since is read again. */
const known = new Map<string, BackupRow['health']>()

/** Others are answered between two backups: each is read through. */
async function listed(lab: Lab): Promise<BackupRow[]> {
  const rows: BackupRow[] = []
  for (const backup of backupsOf(lab.store.home)) {
    rows.push(rowOf(backup))
    await turn()
  }
  return rows
}

function rowOf({ file, madeAt, runs, bytes }: BackupFile): BackupRow {
  const name = basename(file)
  const key = `${file} ${bytes} ${statSync(file, { throwIfNoEntry: false })?.mtimeMs}`
  const health = known.get(key) ?? healthOfBackup(file)
  known.set(key, health)
  const kind = name.startsWith('schema') ? 'schema' : (name.slice(0, name.indexOf('@')) as BackupRow['kind'])
  return { name, kind, madeAt, bytes, runs, health }
}

export const backupsRoom = {
  list: api.backups.list.handler(({ context: { lab } }) => listed(lab)),

  make: api.backups.make.handler(async ({ errors, context: { lab } }) => {
    try {
      const name = basename(await lab.store.backUpBeside(lab.now()))
      lab.log.info(`A backup was made: backups/${name}.`)
      return { name }
    } catch (error) {
      if (error instanceof StoreError) throw errors.REFUSED(refusal(error.message))
      throw error
    }
  }),

  restore: api.backups.restore.handler(async ({ input, errors, context: { lab } }) => {
    const name = BackupName.parse(input.name)
    if (!backupsOf(lab.store.home).some(({ file }) => basename(file) === name))
      throw errors.NOT_FOUND({ message: `There is no backup ${name}.`, data: { ids: [name] } })
    try {
      const { replaced } = await lab.restore(name)
      return { runs: lab.store.runs.list().length, ...(replaced !== undefined && { replaced: basename(replaced) }) }
    } catch (error) {
      if (error instanceof StoreError) throw errors.REFUSED(refusal(error.message))
      throw error
    }
  })
}
