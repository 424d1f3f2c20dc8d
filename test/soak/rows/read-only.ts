import { spawnSync } from 'node:child_process'
import { chmodSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { expect } from 'vitest'
import type { RandomStream } from '@shared/model/random'
import { openStore } from '../../../src/main/store'
import { addRunTo } from '../../main/store/samples'
import { canBeHeldBack, labHeldToModes } from '../../main/store/unprivileged'
import { contentHash } from '../database'
import { LAB } from '../program'
import type { Measures, Row } from '../row'
import type { Scratch } from '../scratch'

const canMount = spawnSync('unshare', ['-rm', 'true']).status === 0
const MOUNTED = 'mount --bind "$1" "$1" && mount -o remount,ro,bind "$1" && shift && exec "$@"'
/** A user who is not root and owns nothing. */
const STRANGER = ['setpriv', '--reuid', '65534', '--regid', '65534', '--clear-groups', '--bounding-set', '-all', '--inh-caps', '-all']
const canBeStranger = process.getuid?.() === 0 && spawnSync(STRANGER[0], [...STRANGER.slice(1), 'true']).status === 0

type Lab = (...given: string[]) => { code: number | null; out: string; err: string }

function spawned(program: string, args: readonly string[]): ReturnType<Lab> {
  const { status, stdout, stderr } = spawnSync(program, args, { encoding: 'utf8', timeout: 60_000 })
  return { code: status, out: stdout, err: stderr }
}

/** The ways in which a folder cannot be written, and the lab as it runs there. */
const WAYS: readonly { what: string; can: boolean; close(home: string, scratch: Scratch): Lab }[] = [
  {
    what: 'modes',
    can: canBeHeldBack,
    close(home, scratch) {
      const names = readdirSync(home).map((name) => join(home, name))
      scratch.onEnd(() => chmodSync(home, 0o700))
      for (const name of names) chmodSync(name, 0o400)
      chmodSync(home, 0o500)
      return (...given) => labHeldToModes(home, ...given)
    }
  },
  {
    what: 'mounts',
    can: canMount,
    close:
      (home) =>
      (...given) =>
        spawned('unshare', ['-rm', 'sh', '-c', MOUNTED, 'sh', home, process.execPath, LAB, ...given, '--home', home])
  },
  {
    what: 'owners',
    can: canBeStranger,
    close(home) {
      chmodSync(home, 0o755)
      for (const name of readdirSync(home)) chmodSync(join(home, name), 0o644)
      return (...given) => spawned(STRANGER[0], [...STRANGER.slice(1), process.execPath, LAB, ...given, '--home', home])
    }
  }
]

async function lookOnce(random: RandomStream, index: number, scratch: Scratch): Promise<Measures> {
  const possible = WAYS.filter(({ can }) => can)
  const { what, close } = possible[index % possible.length]
  const home = scratch.folder()
  const store = openStore(home)
  const ids = Array.from({ length: 1 + random.below(5) }, () => addRunTo(store))
  for (const id of ids) store.runs.update(id, { status: 'completed' })
  store.close()
  const before = contentHash(home)
  const lab = close(home, scratch)
  const listed = lab('runs', 'list')
  expect(listed.code, listed.err).toBe(0)
  for (const id of ids) expect(listed.out).toContain(id)
  expect(listed.err).toMatch(/cannot be written.*To work on, copy it: lab backup --to FOLDER/s)
  const pinned = lab('runs', 'pin', ids[0])
  expect(pinned.code).toBe(1)
  expect(pinned.err).toContain('cannot be written')
  expect(contentHash(home)).toBe(before)
  expect(readdirSync(home).filter((name) => name.includes('damaged'))).toEqual([])
  return { [what]: 1 }
}

export const readOnly: Row = {
  name: 'read-only',
  fault: 'a data folder that cannot be written: by its modes, on a disk that is mounted for reading only, of another user',
  holds: 'it is looked at all the same, says so with the way out, refuses to change anything, and nothing is changed',
  cases: { ci: 3, soak: 30 },
  begin: () => lookOnce,
  figure: (tally) => WAYS.map(({ what }) => `${tally.total(what)} by ${what}`).join(', '),
  missing: () => (WAYS.some(({ can }) => can) ? undefined : 'nothing can be write-protected here')
}
