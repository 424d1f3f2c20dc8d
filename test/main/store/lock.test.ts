import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { readdirSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { afterEach, describe, expect, it } from 'vitest'
import { openForReading, openStore, StoreLockedError } from '../../../src/main/store'
import { temporaryHome } from './samples'

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

  it('keeps no lock file open after it was closed', () => {
    const home = temporaryHome()
    openStore(home).close()
    expect(readdirSync(home)).not.toContain('lab.lock.pid')
    openStore(home).close()
  })
})
