import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { performance } from 'node:perf_hooks'
import { expect } from 'vitest'
import type { RandomStream } from '@shared/model/random'
import { openForReading, openStore, StoreLockedError } from '../../../src/main/store'
import { addRunTo } from '../../main/store/samples'
import { LAB, TIED } from '../program'
import type { Measures, Row } from '../row'
import type { Scratch } from '../scratch'

/** A program that has the folder open: serving a page, as the desktop window does. */
async function holder(home: string, scratch: Scratch): Promise<ChildProcess> {
  const child = spawn(process.execPath, [...TIED, LAB, 'serve', '--port', '0', '--home', home], { stdio: ['ignore', 'pipe', 'ignore'] })
  scratch.onEnd(() => child.kill('SIGKILL'))
  if (child.stdout) await once(child.stdout, 'data')
  return child
}

/** Opens it for writing in this process. Resolves to how long the refusal took, in seconds. */
function refusedHere(home: string, pid: number | undefined): number {
  const started = performance.now()
  let error: unknown
  try {
    openStore(home).close()
  } catch (thrown) {
    error = thrown
  }
  expect(error).toBeInstanceOf(StoreLockedError)
  expect((error as StoreLockedError).pid).toBe(pid)
  return (performance.now() - started) / 1000
}

/** A command of another process that would write. */
function refusedThere(home: string, id: string, pid: number | undefined): void {
  const { status, stderr } = spawnSync(process.execPath, [LAB, 'runs', 'pin', id, '--home', home], { encoding: 'utf8', timeout: 60_000 })
  expect(status).toBe(1)
  expect(stderr).toContain(`process ${pid}`)
}

async function meetOnce(random: RandomStream, index: number, scratch: Scratch): Promise<Measures> {
  const home = scratch.folder()
  const store = openStore(home)
  const id = addRunTo(store)
  store.close()
  if (index % 3 === 2) {
    // Two that begin at the same time: one has it, the other says who.
    const started = Array.from({ length: 2 }, () => {
      const child = spawn(process.execPath, [...TIED, LAB, 'serve', '--port', '0', '--home', home], { stdio: ['ignore', 'pipe', 'pipe'] })
      scratch.onEnd(() => child.kill('SIGKILL'))
      let said = ''
      for (const stream of [child.stdout, child.stderr]) stream.setEncoding('utf8').on('data', (text: string) => (said += text))
      return { child, said: () => said, ended: once(child, 'close') }
    })
    const first = await Promise.race(started.map(({ ended }, i) => ended.then(() => i)))
    const [refused, held] = first === 0 ? started : [started[1], started[0]]
    expect(refused.said()).toContain(`process ${held.child.pid}`)
    await expect.poll(held.said, { timeout: 30_000 }).toContain('DMRO Lab is open at')
    expect(held.child.exitCode).toBeNull()
    return { together: 1 }
  }
  const first = await holder(home, scratch)
  const seconds = refusedHere(home, first.pid)
  if (index % 3 === 1) refusedThere(home, id, first.pid)
  const reader = openForReading(home)
  expect(reader.readOnly).toContain(`process ${first.pid}`)
  expect(reader.runs.list().map((run) => run.id)).toEqual([id])
  reader.close()
  // Ended or killed: the folder is free.
  const gone = once(first, 'exit')
  first.kill(random.below(2) === 0 ? 'SIGKILL' : 'SIGINT')
  await gone
  const next = openStore(home)
  expect(next.readOnly).toBeUndefined()
  expect(next.verify()).toEqual([])
  next.close()
  return { refused: 1, seconds }
}

export const twoPrograms: Row = {
  name: 'two-programs',
  fault: 'a second program opens a data folder that another has open, or opens at the same moment; the first is killed or ended',
  holds: 'the second is refused at once with the process of the first named, may look, and has the folder when the first is gone',
  cases: { ci: 3, soak: 60 },
  begin: () => meetOnce,
  figure: (tally) =>
    `${tally.total('refused')} refused, within ${tally.most('seconds').toFixed(2)} s at most; ${tally.total('together')} × two at the same moment, one served`
}
