import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterEach, describe, expect, it } from 'vitest'
import { LostLockError, openForReading, openStore, StoreLockedError, writerOf } from '../../../src/main/store'
import { addRuns, temporaryHome } from './samples'

const CLI = fileURLToPath(new URL('../../../out/main/cli.js', import.meta.url))
const children: ChildProcess[] = []

afterEach(() => {
  for (const child of children.splice(0)) child.kill('SIGKILL')
})

/** Another program with the folder open: the lab itself, serving. */
async function holder(home: string): Promise<ChildProcess> {
  const child = spawn(process.execPath, [CLI, 'serve', '--port', '0', '--home', home], { stdio: ['ignore', 'pipe', 'ignore'] })
  children.push(child)
  if (child.stdout) await once(child.stdout, 'data')
  return child
}

describe('a data folder in use', () => {
  it('is refused to a second writer, naming the first, and can be looked at', async () => {
    const home = temporaryHome()
    const first = await holder(home)
    let error: unknown
    try {
      openStore(home)
    } catch (thrown) {
      error = thrown
    }
    expect(error).toBeInstanceOf(StoreLockedError)
    expect((error as StoreLockedError).pid).toBe(first.pid)
    const reader = openForReading(home)
    expect(reader.readOnly).toContain(`process ${first.pid}`)
    expect(reader.runs.list()).toEqual([])
    reader.close()
  })

  it('is free again when its holder was killed', async () => {
    const home = temporaryHome()
    const first = await holder(home)
    first.kill('SIGKILL')
    await once(first, 'exit')
    const store = openStore(home)
    expect(store.readOnly).toBeUndefined()
    store.close()
  })

  it.each(['deleted', 'replaced', 'deleted with the name of its holder'])(
    'stays refused to others when its lock file is %s, and the first goes on',
    (how) => {
      const home = temporaryHome()
      const store = openStore(home)
      const [id] = addRuns(store)
      const lock = join(home, 'lab.lock')
      rmSync(lock)
      if (how === 'replaced') writeFileSync(lock, '')
      if (how.endsWith('holder')) rmSync(`${lock}.pid`)
      expect(() => openStore(home)).toThrow(`is in use by process ${process.pid}`)
      const heard: string[] = []
      store.onLockLost((why) => heard.push(why))
      store.runs.update(id, { status: 'completed' })
      expect(heard).toEqual([])
      // The lock file is there again, held by the first.
      expect(() => openStore(home)).toThrow(StoreLockedError)
      expect(writerOf(home)).toEqual({ pid: process.pid })
      store.close()
      const second = openStore(home)
      expect(second.runs.row(id)?.status).toBe('completed')
      second.close()
    }
  )

  it('is refused by the second lock to another program, too', async () => {
    const home = temporaryHome()
    const first = await holder(home)
    for (const name of ['lab.lock', 'lab.lock.pid']) rmSync(join(home, name), { force: true })
    expect(() => openStore(home)).toThrow(`is in use by process ${first.pid}`)
    first.kill('SIGKILL')
    await once(first, 'exit')
    openStore(home).close()
  })

  describe('by programs with different folders for temporary files', () => {
    const before = process.env.TMPDIR
    afterEach(() => {
      if (before === undefined) delete process.env.TMPDIR
      else process.env.TMPDIR = before
    })

    it('is given up by the first within two seconds when its lock file is deleted, with the file named and the way out', async () => {
      const home = temporaryHome()
      const child = spawn(process.execPath, [CLI, 'serve', '--port', '0', '--home', home], { stdio: ['ignore', 'pipe', 'pipe'] })
      children.push(child)
      let err = ''
      child.stderr.setEncoding('utf8').on('data', (text: string) => (err += text))
      await once(child.stdout, 'data')
      process.env.TMPDIR = temporaryHome()
      const lock = join(home, 'lab.lock')
      rmSync(lock)
      // Another comes in at once, and has the folder to itself.
      const second = openStore(home)
      const [code] = await once(child, 'exit')
      expect(code).toBe(1)
      expect(err).toContain(`${lock} was deleted or replaced`)
      expect(err).toContain('close this program, and open the lab again')
      expect(() => openStore(home)).toThrow(StoreLockedError)
      expect(second.verify()).toEqual([])
      second.close()
    })

    it('is not written any more once another has it', () => {
      const home = temporaryHome()
      const store = openStore(home)
      const [id] = addRuns(store)
      rmSync(join(home, 'lab.lock'))
      process.env.TMPDIR = temporaryHome()
      const second = openStore(home)
      const was = second.runs.row(id)
      const heard: string[] = []
      store.onLockLost((why) => heard.push(why))
      expect(() => store.runs.update(id, { status: 'completed' })).toThrow(LostLockError)
      expect(() => store.views.save('x', {} as never, 1)).toThrow(LostLockError)
      expect(heard).toHaveLength(1)
      expect(second.runs.row(id)).toEqual(was)
      store.close()
      // Closing the first leaves the second its lock.
      expect(readFileSync(join(home, 'lab.lock.pid'), 'utf8')).toBe(`${process.pid}\n`)
      second.close()
    })
  })

  it('is opened whatever was written into the lock file, which is kept', () => {
    const home = temporaryHome()
    openStore(home).close()
    writeFileSync(join(home, 'lab.lock'), 'what is this file for?'.repeat(100))
    openStore(home).close()
    const foreign = readdirSync(home).find((name) => name.startsWith('lab.lock.foreign-')) ?? ''
    expect(readFileSync(join(home, foreign), 'utf8')).toContain('what is this file for?')
  })

  it('stays refused to others whatever is written into its lock file', async () => {
    const home = temporaryHome()
    const first = await holder(home)
    writeFileSync(join(home, 'lab.lock'), 'x'.repeat(5000))
    expect(() => openStore(home)).toThrow(`is in use by process ${first.pid}`)
  })

  it('keeps no lock file open after it was closed', () => {
    const home = temporaryHome()
    openStore(home).close()
    expect(readdirSync(home)).not.toContain('lab.lock.pid')
    openStore(home).close()
  })
})
