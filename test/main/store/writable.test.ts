import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { chmodSync, existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { createORPCClient } from '@orpc/client'
import { RPCLink } from '@orpc/client/websocket'
import type { ContractRouterClient } from '@orpc/contract'
import type { Contract } from '@shared/contract'
import { WebSocket } from 'ws'
import { afterEach, describe, expect, it } from 'vitest'
import { DamagedStoreError, openStore } from '../../../src/main/store'
import { addRuns, temporaryHome } from './samples'
import { canBeHeldBack, labHeldToModes } from './unprivileged'

/** A closed data folder with one run that has ended; its id. */
function filledHome(): { home: string; id: string; file: string } {
  const home = temporaryHome()
  const store = openStore(home)
  const [id] = addRuns(store)
  store.runs.update(id, { status: 'completed' })
  store.close()
  return { home, id, file: join(home, 'lab.sqlite') }
}

const damagedIn = (home: string) => readdirSync(home).filter((name) => name.includes('damaged'))

const closed: string[] = []
afterEach(() => {
  for (const path of closed.splice(0)) if (existsSync(path)) chmodSync(path, 0o700)
})

function close(path: string, mode: number): void {
  chmodSync(path, mode)
  closed.push(path)
}

describe.skipIf(!canBeHeldBack)('what cannot be written is not damaged', () => {
  it('a database that was write-protected, looked at, and opened up again is worked in as before', () => {
    const { home, id, file } = filledHome()
    close(file, 0o444)
    expect(labHeldToModes(home, 'runs', 'list').out).toContain(id)
    chmodSync(file, 0o644)
    const pinned = labHeldToModes(home, 'runs', 'pin', id)
    expect(pinned.err).not.toContain('damaged')
    expect(pinned.code).toBe(0)
    expect(damagedIn(home)).toEqual([])
  })

  it('leftovers of such a look, an index and an empty log, are made writable again', () => {
    const { home, id, file } = filledHome()
    for (const end of ['-shm', '-wal']) {
      writeFileSync(file + end, '')
      close(file + end, 0o444)
    }
    expect(labHeldToModes(home, 'runs', 'pin', id).code).toBe(0)
    expect(damagedIn(home)).toEqual([])
  })

  it.each(['lab.sqlite', 'lab.sqlite-wal', '.', 'lab.lock'])('%s is named with the way out, and is looked at all the same', (name) => {
    const { home, id, file } = filledHome()
    // A log that is not empty may hold what was written last: nothing is decided about it here.
    if (name.endsWith('-wal')) writeFileSync(`${file}-wal`, 'changes')
    const path = name === '.' ? home : join(home, name)
    close(path, name === '.' ? 0o500 : 0o400)
    const pinned = labHeldToModes(home, 'runs', 'pin', id)
    // The lock is the lab's own and empty: it is set right.
    if (name === 'lab.lock') expect(pinned.code).toBe(0)
    else {
      expect(pinned.code).toBe(1)
      expect(pinned.err).toContain(`${path} cannot be written: its permissions do not allow it. Allow it with: chmod u+rw`)
      expect(labHeldToModes(home, 'runs', 'list').out).toContain(id)
    }
    expect(damagedIn(home)).toEqual([])
  })

  it('a file that cannot even be read is named', () => {
    const { home, file } = filledHome()
    close(file, 0o000)
    const listed = labHeldToModes(home, 'runs', 'list')
    expect(listed.code).toBe(1)
    expect(listed.err).toContain(`${file} could not be read`)
    expect(listed.err).not.toContain('damaged')
  })

  it('a folder that is somebody else’s is named, and so is its link', () => {
    const { home } = filledHome()
    writeFileSync(join(home, 'lab.link'), '{}')
    close(home, 0o000)
    expect(labHeldToModes(home, 'runs', 'list').err).toContain(`${home} could not be read`)
    expect(labHeldToModes(home, 'optimum', 'mine').err).toContain(`${home} could not be read`)
    expect(labHeldToModes(home, 'link').err).toBe(`${join(home, 'lab.link')} can be read only by its owner.\n`)
  })
})

/** Whether this user may mount in a namespace of its own. */
const canMount = spawnSync('unshare', ['-rm', 'true']).status === 0

it.skipIf(!canMount)('a data folder on a disk that is mounted for reading only is looked at, and nothing is changed', () => {
  const { home, id } = filledHome()
  const lab = (command: string) => {
    const cli = join(import.meta.dirname, '../../../out/main/cli.js')
    const script = `mount --bind "$1" "$1" && mount -o remount,ro,bind "$1" && exec "$2" "$3" ${command} --home "$1"`
    return spawnSync('unshare', ['-rm', 'sh', '-c', script, 'sh', home, process.execPath, cli], { encoding: 'utf8' })
  }
  expect(lab('runs list').stdout).toContain(id)
  const pinned = lab(`runs pin ${id}`)
  expect(pinned.status).toBe(1)
  expect(pinned.stderr).toContain(`${home} cannot be written: its disk is mounted read-only.`)
  rmSync(join(home, 'lab.lock'))
  expect(lab('runs list').stdout).toContain(id)
  // It says so, and offers a copy.
  expect(lab('runs list').stderr).toMatch(/mounted read-only\. To work on, copy it: lab backup --to FOLDER.*nothing can be changed here/)
  const copy = join(temporaryHome(), 'copy')
  expect(lab(`backup --to ${copy}`).status).toBe(0)
  const store = openStore(copy)
  expect(store.runs.list().map((run) => run.id)).toEqual([id])
  expect(store.readOnly).toBeUndefined()
  store.close()
})

it.skipIf(!canMount)('a lab on a disk that is mounted for reading only is served for reading, and says so', async () => {
  const { home } = filledHome()
  const cli = join(import.meta.dirname, '../../../out/main/cli.js')
  const script = 'mount --bind "$1" "$1" && mount -o remount,ro,bind "$1" && exec "$2" "$3" serve --port 0 --home "$1"'
  const child = spawn('unshare', ['-rm', 'sh', '-c', script, 'sh', home, process.execPath, cli], { stdio: ['ignore', 'pipe', 'pipe'] })
  try {
    let [out, err] = ['', '']
    child.stdout.setEncoding('utf8').on('data', (text: string) => (out += text))
    child.stderr.setEncoding('utf8').on('data', (text: string) => (err += text))
    await expect.poll(() => out, { timeout: 30_000 }).toMatch(/open at http:/)
    expect(err).toContain(`${home} cannot be written: its disk is mounted read-only.`)
    const url = new URL(/http:\S+/.exec(out)?.[0] ?? '')
    const cookie = (await fetch(url, { redirect: 'manual' })).headers.get('set-cookie')?.split(';')[0] ?? ''
    const socket = new WebSocket(`ws://${url.host}/rpc`, { headers: { cookie, origin: url.origin } })
    await once(socket, 'open')
    const client: ContractRouterClient<Contract> = createORPCClient(new RPCLink({ websocket: socket as unknown as globalThis.WebSocket }))
    expect((await client.runs.list({})).length).toBe(1)
    expect((await client.system.info({})).readOnly).toContain('mounted read-only')
    const kept = client.views.keepLast({ state: {} as never })
    await expect(kept).rejects.toThrow()
    socket.close()
  } finally {
    child.kill('SIGKILL')
  }
})

it('a header that forbids writing is damage', () => {
  const { home, file } = filledHome()
  const bytes = readFileSync(file)
  bytes[18] |= 0x40
  writeFileSync(file, bytes)
  expect(() => openStore(home)).toThrow(DamagedStoreError)
  expect(damagedIn(home)).toHaveLength(1)
})
