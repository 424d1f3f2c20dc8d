import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { setTimeout as wait } from 'node:timers/promises'
import { expect } from 'vitest'
import type { RandomStream } from '@shared/model/random'
import { openStore } from '../../../src/main/store'
import { experimentFile } from '../../main/faults/experiment'
import { beside } from '../../main/store/beside'
import { childrenOf, isAlive } from '../../processes'
import { LAB, TIED } from '../program'
import type { Measures, Row } from '../row'
import type { Scratch } from '../scratch'

const LOOK_MS = 100
const START_MS = 60_000

/** How far a run was seen to be, by another program: what is seen is in the database to stay. */
interface Seen {
  learnSteps: number
  /** When it was first seen there. */
  at: number
}

/** Looks at the runs that train in a data folder, and notes what has changed. */
function look(home: string, seen: Map<string, Seen>): void {
  const at = performance.now()
  const rows = beside(home, (store) => store.runs.list().filter((run) => run.status === 'running'))
  for (const { id, learnSteps } of rows ?? []) if (seen.get(id)?.learnSteps !== learnSteps) seen.set(id, { learnSteps, at })
}

async function killed(child: ChildProcess, gone: Promise<unknown>): Promise<number> {
  const workers = childrenOf(child.pid as number)
  const at = performance.now()
  child.kill('SIGKILL')
  await gone
  await expect.poll(() => workers.filter(isAlive), { timeout: 30_000 }).toEqual([])
  return at
}

/** From a moment to several seconds, short ones more often: much happens in the first. */
const moment = (random: RandomStream) => 50 * 100 ** random.uniform()

async function killOnce(random: RandomStream, index: number, scratch: Scratch): Promise<Measures> {
  const home = scratch.folder()
  const given = ['run', experimentFile(home, 100_000), '--home', home, '--parallel', '4']
  const child = spawn(process.execPath, [...TIED, LAB, ...given], { stdio: 'ignore' })
  scratch.onEnd(() => child.kill('SIGKILL'))
  const gone = once(child, 'exit')
  const seen = new Map<string, Seen>()
  // Every other one is given the time to have its runs train.
  const isLive = () => [...seen.values()].some(({ learnSteps }) => learnSteps > 0)
  const begun = performance.now()
  if (index % 2 === 1)
    while (!isLive() && performance.now() - begun < START_MS) {
      look(home, seen)
      await wait(LOOK_MS)
    }
  const due = performance.now() + moment(random)
  for (;;) {
    const left = due - performance.now()
    if (left <= 0) break
    await wait(Math.min(LOOK_MS, left))
    if (left > LOOK_MS) look(home, seen)
  }
  const at = await killed(child, gone)
  const store = openStore(home)
  try {
    expect(store.verify()).toEqual([])
    const rows = new Map(store.runs.list().map((run) => [run.id, run]))
    for (const run of rows.values()) {
      expect(run.status).toBe('interrupted')
      // The row and the curves were written together.
      expect(store.curves.read(run.id, 'loss').steps.at(-1) ?? 0).toBeLessThanOrEqual(run.learnSteps)
    }
    const live = [...seen].filter(([, { learnSteps }]) => learnSteps > 0)
    for (const [id, { learnSteps }] of live) {
      expect(rows.get(id)?.learnSteps).toBeGreaterThanOrEqual(learnSteps)
      expect(store.curves.read(id, 'loss').steps.at(-1)).toBeGreaterThan(0)
    }
    if (live.length === 0) return { kills: 1 }
    // What came after it was last seen to change: no less than what is lost.
    const lost = Math.max(...live.map(([, seenLast]) => (at - seenLast.at) / 1000))
    return { kills: 1, live: live.length, killsLive: 1, lost, ...(lost > 1 && { late: 1 }) }
  } finally {
    store.close()
  }
}

export const kill: Row = {
  name: 'kill',
  fault: 'the program is killed (SIGKILL) while runs train side by side, 50 to 5,000 ms after its start or after the first learn step',
  holds: 'the history is sound, everything that was once seen is there, and every run reads as interrupted',
  cases: { ci: 6, soak: 500 },
  begin: () => killOnce,
  figure: (tally) =>
    `${tally.total('kills')} kills, ${tally.total('killsLive')} of them with ${tally.mean('live').toFixed(1)} runs learning on average; ` +
    `metrics of at most ${tally.most('lost').toFixed(2)} s lost, ${tally.mean('lost').toFixed(2)} s on average (${tally.total('late')} times more than 1 s)`,
  missing: () => (process.platform === 'win32' ? 'Windows has no SIGKILL' : undefined)
}
