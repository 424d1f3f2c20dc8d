import { spawnSync } from 'node:child_process'
import { cpSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect } from 'vitest'
import type { RandomStream } from '@shared/model/random'
import { openStore } from '../../../src/main/store'
import { rowsHash } from '../database'
import { LAB } from '../program'
import type { Case, Measures, Row } from '../row'
import type { Scratch } from '../scratch'

const RELEASES = fileURLToPath(new URL('../../fixtures/releases', import.meta.url))
const KILLER = fileURLToPath(new URL('../kill-in-migration.mjs', import.meta.url))
/** Every migrated database is given an identity of its own. */
const DRAWN = ['lab_identity']

/** A release's home, and what the present version makes of it where nobody disturbs it. */
interface Release {
  home: string
  schema: number
  writtenAt: number
  statements: number
  expected: string
}

/** Opened a day after it was written: what was deleted then is in the bin still. */
function broughtUpToDate(home: string, writtenAt: number): string {
  const store = openStore(home, { now: () => writtenAt + 24 * 3600 * 1000 })
  try {
    expect(store.verify()).toEqual([])
  } finally {
    store.close()
  }
  return rowsHash(join(home, 'lab.sqlite'), DRAWN)
}

/** Opens a home by the built program, which is killed before the statement `at` of the migration. */
function openedUntil(home: string, at?: number): { signal: NodeJS.Signals | null; said: string } {
  const env = { ...process.env, LAB_KILL_AT: String(at ?? '') }
  const { signal, stderr } = spawnSync(process.execPath, ['--import', KILLER, LAB, 'runs', 'list', '--home', home], {
    env,
    encoding: 'utf8'
  })
  return { signal, said: stderr }
}

function releaseOf(version: string, scratch: Scratch): Release {
  const home = join(RELEASES, version, 'home')
  const { schema, writtenAt } = JSON.parse(readFileSync(join(RELEASES, version, 'told.json'), 'utf8')) as Release
  const [counted, undisturbed] = [scratch.folder(), scratch.folder()]
  for (const folder of [counted, undisturbed]) cpSync(home, folder, { recursive: true })
  const statements = Number(/statements: (\d+)/.exec(openedUntil(counted).said)?.[1])
  return { home, schema, writtenAt, statements, expected: broughtUpToDate(undisturbed, writtenAt) }
}

function killOnce({ home, schema, writtenAt, statements, expected }: Release, at: number, scratch: Scratch): Measures {
  const folder = scratch.folder()
  cpSync(home, folder, { recursive: true })
  const before = rowsHash(join(folder, 'lab.sqlite'))
  expect(openedUntil(folder, at).signal).toBe('SIGKILL')
  // A copy of what it was is there first, row for row.
  const [copy] = readdirSync(join(folder, 'backups')).filter((name) => name.startsWith(`schema-${schema}@`))
  expect(rowsHash(join(folder, 'backups', copy))).toBe(before)
  expect(broughtUpToDate(folder, writtenAt)).toBe(expected)
  return { kills: 1, statements }
}

export const migration: Row = {
  name: 'migration',
  fault: 'the program is killed at each statement of the migration of a home that an earlier release wrote',
  holds: 'a copy is there first; opened again, every row is what an undisturbed migration makes of it',
  cases: { ci: 4, soak: 113 },
  begin(scratch): Case {
    const versions = readdirSync(RELEASES).filter((name) => /^\d+\.\d+\.\d+$/.test(name))
    const releases = versions.map((version) => releaseOf(version, scratch)).filter(({ statements }) => statements > 0)
    return (random: RandomStream, index, own) => {
      const release = releases[index % releases.length]
      // The first ones anywhere, all of them when they have a turn each.
      const turn = Math.floor(index / releases.length)
      const at = turn < 4 ? random.below(release.statements) : turn % release.statements
      return killOnce(release, 1 + at, own)
    }
  },
  figure: (tally) =>
    `${tally.total('kills')} kills, of ${tally.most('statements')} statements from the oldest release on; every row is there, and the copy`
}
