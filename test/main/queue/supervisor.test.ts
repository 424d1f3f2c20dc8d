import { describe, expect, it } from 'vitest'
import { openedStore, sampleSpec, temporaryHome } from '../store/samples'
import type { Patience } from '../../../src/main/queue/supervisor-slots'
import { isAlive } from '../../processes'
import { startTrial } from './trial'

const upTo = (n: number) => Array.from({ length: n }, (_, i) => i + 1)

describe('the queue', () => {
  it('trains runs in order, in one process after another’s work, and keeps all that they report', async () => {
    const trial = startTrial()
    const ids = trial.queue({}, {}, {})
    for (const id of ids) await trial.until(id, (row) => row.status === 'completed')
    const started = trial.events.flatMap((event) => event.rows.filter((row) => row.status === 'running').map((row) => row.id))
    expect([...new Set(started)]).toEqual(ids)
    expect(trial.pids).toHaveLength(1)
    for (const id of ids) {
      expect(trial.row(id)).toMatchObject({ learnSteps: 20, totalLearnSteps: 20, seconds: 0.02, latest: { gap: 0.2, speed: 7 } })
      expect([...trial.store.curves.read(id, 'loss').steps]).toEqual(upTo(20))
      expect(trial.store.policies.get(id)).toEqual(Buffer.of(1, 20))
      expect(trial.store.checkpoints.get(id)).toBeUndefined()
      expect(trial.store.detail(id)?.machine?.backend).toBe('fake')
    }
    expect(trial.supervisor.counts()).toEqual({ running: 0, workers: 0, queued: 0, learnStepsPerSecond: 0 })
    expect(trial.store.verify()).toEqual([])
  })

  it('never keeps more workers busy than it may', async () => {
    const trial = startTrial({ parallel: 2 })
    let most = 0
    trial.supervisor.subscribe({ onEvent: () => (most = Math.max(most, trial.supervisor.counts().running)) })
    const ids = trial.queue({}, {}, {}, {}, {})
    expect(trial.supervisor.counts()).toMatchObject({ running: 0, queued: 5 })
    for (const id of ids) await trial.until(id, (row) => row.status === 'completed')
    expect(most).toBe(2)
    expect(trial.pids).toHaveLength(2)
  })
})

describe('runs of one shape', () => {
  const starts = (trial: ReturnType<typeof startTrial>) => [
    ...new Set(trial.events.flatMap((event) => event.rows.filter((row) => row.status === 'running').map((row) => row.id)))
  ]
  const alike = (count: number, more: Record<string, string | number> = {}) => Array.from({ length: count }, () => more)

  it('train side by side, their share on each free worker, and are counted one by one', async () => {
    const trial = startTrial({ parallel: 2 })
    let most = 0
    trial.supervisor.subscribe({ onEvent: () => (most = Math.max(most, trial.supervisor.counts().running)) })
    const ids = trial.queueAlike(...alike(9, { learnSteps: 200 }))
    for (const id of ids) await trial.until(id, (row) => row.status === 'completed')
    expect(most).toBe(9)
    expect(trial.pids).toHaveLength(2)
    for (const id of ids) expect([...trial.store.curves.read(id, 'loss').steps]).toEqual(upTo(200))
  })

  it('overtake nobody but beside the first of them: heads start in the order they were queued', async () => {
    const trial = startTrial()
    const [a, b, c, a2, b2, c2] = trial.queueAlike({ kind: 1 }, { kind: 2 }, { kind: 3 }, { kind: 1 }, { kind: 2 }, { kind: 3 })
    for (const id of [a2, b2, c2]) await trial.until(id, (row) => row.status === 'completed')
    expect(starts(trial)).toEqual([a, a2, b, b2, c, c2])
  })

  it('can be paused one by one while the others continue, and continue later from where they were', async () => {
    const trial = startTrial()
    const ids = trial.queueAlike(...alike(3, { learnSteps: 80, stepMs: 4 }))
    await trial.until(ids[1], (row) => row.learnSteps >= 8)
    trial.supervisor.pause([ids[1]])
    const paused = await trial.until(ids[1], (row) => row.status === 'paused')
    expect(trial.supervisor.counts().running).toBe(2)
    for (const id of [ids[0], ids[2]]) await trial.until(id, (row) => row.status === 'completed')
    trial.supervisor.resume([ids[1]])
    await trial.until(ids[1], (row) => row.status === 'completed')
    expect(paused.learnSteps).toBeLessThan(80)
    for (const id of ids) expect([...trial.store.curves.read(id, 'loss').steps]).toEqual(upTo(80))
  })

  it('fail together with the same words where their worker dies, and each continues from its checkpoint', async () => {
    const trial = startTrial()
    const ids = trial.queueAlike(...alike(3, { fault: 'kill', faultAt: 17 }))
    const failed = await Promise.all(ids.map((id) => trial.until(id, (row) => row.status === 'failed')))
    expect(new Set(failed.map((row) => row.message))).toEqual(new Set([failed[0].message]))
    expect(failed[0].message).toMatch(/was killed by SIGKILL/)
    trial.supervisor.resume(ids)
    for (const id of ids) await trial.until(id, (row) => row.status === 'completed')
    for (const id of ids) expect([...trial.store.curves.read(id, 'loss').steps]).toEqual(upTo(20))
  })

  it('do not fail with one of them whose report cannot be kept', async () => {
    const trial = startTrial()
    const ids = trial.queueAlike(...alike(3, { fault: 'backwards', faultAt: 5, faultSeed: 1, learnSteps: 60, stepMs: 3 }))
    expect((await trial.until(ids[0], (row) => row.status === 'failed')).message).toMatch(/could not be kept/)
    for (const id of ids.slice(1)) await trial.until(id, (row) => row.status === 'completed')
    expect(trial.pids).toHaveLength(1)
  })

  it('that were queued again from different learn steps train apart', async () => {
    const trial = startTrial()
    const ids = trial.queueAlike(...alike(2, { learnSteps: 100, stepMs: 4 }))
    await trial.until(ids[0], (row) => row.learnSteps >= 10)
    trial.supervisor.pause([ids[0]])
    await trial.until(ids[1], (row) => row.learnSteps >= 40)
    trial.supervisor.pause([ids[1]])
    for (const id of ids) await trial.until(id, (row) => row.status === 'paused')
    let most = 0
    trial.supervisor.subscribe({ onEvent: () => (most = Math.max(most, trial.supervisor.counts().running)) })
    trial.supervisor.resume(ids)
    for (const id of ids) await trial.until(id, (row) => row.status === 'completed')
    expect(most).toBe(1)
  })
})

describe('the order of the queue', () => {
  it('is what people make of it, and is heard of by the live stream', async () => {
    const trial = startTrial()
    const [first, a, b, c] = trial.queue({ learnSteps: 5000 }, {}, {}, {})
    await trial.until(first, (row) => row.status === 'running')
    expect(trial.supervisor.queued().ids).toEqual([a, b, c])
    const { version } = trial.supervisor.queued()
    expect(trial.supervisor.move(c, a)).toEqual({ changed: [c] })
    expect(trial.supervisor.queued()).toEqual({ ids: [c, a, b], version: version + 1 })
    expect(trial.supervisor.prioritise([b], 1)).toEqual({ changed: [b] })
    expect(trial.supervisor.queued().ids).toEqual([b, c, a])
    expect(trial.row(b).priority).toBe(1)
    expect(trial.supervisor.move(a, b)).toEqual({ changed: [a] })
    expect(trial.row(a).priority).toBe(1)
    expect(trial.supervisor.move(first, a)).toEqual({ refused: [`Run ${first} does not wait in the queue.`] })
    expect(trial.supervisor.move('00000000', undefined)).toEqual({ missing: ['00000000'] })
    trial.supervisor.cancel([first])
    for (const id of [a, b, c]) await trial.until(id, (row) => row.status === 'completed')
    const begun = trial.events.flatMap((event) => event.rows.filter((row) => row.status === 'running').map((row) => row.id))
    expect([...new Set(begun)]).toEqual([first, a, b, c])
  })

  it('gives a run back its priority when it is resumed', async () => {
    const trial = startTrial()
    const [first, a, b] = trial.queue({ learnSteps: 5000 }, {}, {})
    await trial.until(first, (row) => row.status === 'running')
    trial.supervisor.pause([b])
    trial.supervisor.prioritise([b], 1)
    trial.supervisor.resume([b])
    expect(trial.supervisor.queued().ids).toEqual([b, a])
    trial.supervisor.cancel([first, a, b])
  })
})

describe('what starts first', () => {
  const orderOf = (trial: ReturnType<typeof startTrial>, ids: readonly string[]) =>
    trial.supervisor.queued().ids.map((id) => ids.indexOf(id))
  const LEARNED = ['dmro', 'dqn']
  const specs = (...algorithms: string[]) =>
    algorithms.map((algorithm, i) => ({
      ...sampleSpec(i + 1, LEARNED.includes(algorithm) ? { learnSteps: 20, apart: i } : { apart: i }),
      algorithm
    }))

  it('is what places by rule, within its experiment, until somebody moves it', async () => {
    const trial = startTrial()
    const [first] = trial.queue({ learnSteps: 5000 })
    await trial.until(first, (row) => row.status === 'running')
    const one = trial.supervisor.enqueue(specs('dmro', 'greedy', 'dqn', 'cloud-only', 'optimum'), { name: 'one' }).runs
    const two = trial.supervisor.enqueue(specs('dqn', 'random'), { name: 'two' }).runs
    const ids = [...one, ...two]
    expect(orderOf(trial, ids)).toEqual([1, 3, 4, 0, 2, 6, 5])
    expect(ids.map((id) => trial.row(id).algorithm)).toEqual(['dmro', 'greedy', 'dqn', 'cloud-only', 'optimum', 'dqn', 'random'])
    trial.supervisor.move(one[0], one[1])
    expect(orderOf(trial, ids)).toEqual([0, 1, 3, 4, 2, 6, 5])
    trial.supervisor.cancel([first, ...ids])
  })

  it('is what was resumed, together in its order, before all that waited, but not before runs of a higher priority', async () => {
    const trial = startTrial()
    const ids = trial.queue({ learnSteps: 5000 }, {}, {}, {}, {})
    await trial.until(ids[0], (row) => row.status === 'running')
    trial.supervisor.pause([ids[3], ids[4]])
    trial.supervisor.prioritise([ids[2]], 1)
    trial.supervisor.resume([ids[4], ids[3]])
    expect(orderOf(trial, ids)).toEqual([2, 3, 4, 1])
    trial.supervisor.cancel(ids)
  })

  it('is told with the workers it trains on', async () => {
    const trial = startTrial({ parallel: 2 })
    const ids = trial.queueAlike({ learnSteps: 5000 }, { learnSteps: 5000 }, { learnSteps: 5000 }, { learnSteps: 5000 })
    for (const id of ids) await trial.until(id, (row) => row.status === 'running')
    expect(trial.supervisor.counts()).toMatchObject({ running: 4, workers: 2, queued: 0 })
    trial.supervisor.cancel(ids)
  })
})

describe('a request', () => {
  it('pauses a running run at a checkpoint and continues from there, point for point', async () => {
    const trial = startTrial()
    const [id, next] = trial.queue({ learnSteps: 60, stepMs: 5 }, {})
    await trial.until(id, (row) => row.learnSteps >= 8)
    expect(trial.supervisor.pause([id])).toEqual({ changed: [id] })
    const paused = await trial.until(id, (row) => row.status === 'paused')
    expect(paused.endedAt).toBeUndefined()
    expect(trial.store.checkpoints.get(id)?.learnSteps).toBe(paused.learnSteps)
    await trial.until(next, (row) => row.status === 'completed')
    expect(trial.supervisor.resume([id])).toEqual({ changed: [id] })
    await trial.until(id, (row) => row.status === 'completed')
    expect([...trial.store.curves.read(id, 'loss').steps]).toEqual(upTo(60))
    expect(trial.store.log.of(id).map((line) => line.text)).toEqual([
      'Starts from the beginning (attempt 1).',
      `Paused at learn step ${paused.learnSteps}.`,
      'Queued again.',
      `Resumes from learn step ${paused.learnSteps} (attempt 2).`,
      'Completed at learn step 60.'
    ])
  })

  it('holds a queued run back, and cancels queued and running ones', async () => {
    const trial = startTrial()
    const [first, second, third] = trial.queue({ learnSteps: 5000 }, {}, {})
    await trial.until(first, (row) => row.status === 'running')
    expect(trial.supervisor.pause([second])).toEqual({ changed: [second] })
    expect(trial.row(second).status).toBe('paused')
    expect(trial.supervisor.cancel([first, third])).toEqual({ changed: [first, third] })
    expect(trial.row(third).status).toBe('cancelled')
    expect((await trial.until(first, (row) => row.status === 'cancelled')).endedAt).toBeDefined()
    expect(trial.supervisor.resume([second, third])).toEqual({ changed: [second, third] })
    for (const id of [second, third]) await trial.until(id, (row) => row.status === 'completed')
  })

  it('changes nothing where a part of it makes no sense', async () => {
    const trial = startTrial()
    const [done, waiting] = trial.queue({}, { learnSteps: 5000 })
    await trial.until(done, (row) => row.status === 'completed')
    expect(trial.supervisor.pause([waiting, done])).toEqual({ refused: [`Run ${done} cannot be paused: it is completed.`] })
    expect(trial.supervisor.resume([waiting])).toMatchObject({ refused: [expect.stringContaining('cannot be resumed')] })
    expect(trial.supervisor.cancel([waiting, '00000000', '11111111'])).toEqual({ missing: ['00000000', '11111111'] })
    expect(['queued', 'running']).toContain(trial.row(waiting).status)
  })

  it('removes runs at once, running ones too, and tells of those that come back', async () => {
    const trial = startTrial()
    const [running, done] = trial.queue({ learnSteps: 5000 }, {})
    await trial.until(running, (row) => row.status === 'running')
    expect(trial.supervisor.remove([running])).toEqual({ changed: [running] })
    expect(trial.store.runs.row(running)).toBeUndefined()
    expect(trial.events.at(-1)).toEqual({ rows: [], removed: [running], points: [] })
    await trial.until(done, (row) => row.status === 'completed')
    expect(trial.supervisor.remove([running])).toEqual({ missing: [running] })
    await expect.poll(() => trial.store.runs.state(running)?.status).toBe('cancelled')
    trial.store.bin.restore([running])
    trial.supervisor.changed([running])
    expect(trial.events.at(-1)?.rows).toMatchObject([{ id: running, status: 'cancelled' }])
  })
})

describe('a worker that fails', () => {
  it.each<[string, RegExp, Partial<Patience>?]>([
    ['exit', /ended with exit code 1/],
    ['throw', /exit code 1.*a fake fault/s],
    ['kill', /was killed by SIGKILL/],
    ['stop', /did not respond for 1 s/],
    ['halt', /did not respond for 1.5 s/, { silence: 1.5, stuck: 60 }],
    ['loop', /made no progress for 2 s/, { silence: 60, stuck: 2 }],
    ['fail', /nothing to learn/],
    ['backwards', /could not be kept: curve "loss" goes from step 4 to step -5/]
  ])('by %s fails its run alone, says so, and the queue continues', async (fault, message, patience = { silence: 1 }) => {
    const trial = startTrial({ parallel: 2, patience })
    const [bad, other, after] = trial.queue({ fault }, { learnSteps: 60, stepMs: 5 }, {})
    const failed = await trial.until(bad, (row) => row.status === 'failed')
    expect(failed.message).toMatch(message)
    expect(failed.message).not.toMatch(/undefined/)
    for (const id of [other, after]) await trial.until(id, (row) => row.status === 'completed')
    expect([...trial.store.curves.read(other, 'loss').steps]).toEqual(upTo(60))
    await expect.poll(() => isAlive(trial.pids[0])).toBe(false)
    expect(trial.store.log.of(bad).at(-1)).toMatchObject({ level: 'error', text: failed.message })
  })

  it('is none that computes for longer than signs of life may take, as long as it gets on', async () => {
    const trial = startTrial({ patience: { silence: 4, stuck: 4 } })
    const [id] = trial.queue({ fault: 'long' })
    expect((await trial.until(id, (row) => row.status === 'completed' || row.status === 'failed')).message).toBeUndefined()
  })

  it('is none that is amid something long when a pause is asked for: the pause waits for it', async () => {
    const trial = startTrial({ patience: { silence: 4, stuck: 4, stop: 3 } })
    const [id] = trial.queue({ fault: 'long', learnSteps: 100_000 })
    await trial.until(id, (row) => row.learnSteps >= 4)
    trial.supervisor.pause([id])
    const paused = await trial.until(id, (row) => row.status === 'paused')
    expect(paused.message).toBeUndefined()
    expect(trial.store.checkpoints.get(id)?.learnSteps).toBe(paused.learnSteps)
  })

  it('leaves a checkpoint to resume from, and no point beyond it', async () => {
    const trial = startTrial()
    const [id] = trial.queue({ fault: 'exit', faultAt: 17 })
    expect((await trial.until(id, (row) => row.status === 'failed')).learnSteps).toBeGreaterThanOrEqual(10)
    trial.supervisor.resume([id])
    await trial.until(id, (row) => row.status === 'completed')
    expect([...trial.store.curves.read(id, 'loss').steps]).toEqual(upTo(20))
    expect(trial.store.log.of(id).map((line) => line.text)).toContain('Resumes from learn step 10 (attempt 2).')
  })

  it('does not stop when asked is ended, its run as it was wished', async () => {
    const trial = startTrial({ patience: { stop: 0.5 } })
    const [id] = trial.queue({ learnSteps: 100_000, fault: 'deaf', faultAt: -1 })
    await trial.until(id, (row) => row.learnSteps > 10)
    trial.supervisor.pause([id])
    expect((await trial.until(id, (row) => row.status === 'paused')).message).toMatch(/did not stop within 0.5 s/)
  })

  it('cannot be started at all fails its run with the reason', async () => {
    const trial = startTrial({
      spawnWorker: () => {
        throw new Error('no processes left')
      }
    })
    const [id] = trial.queue({})
    expect((await trial.until(id, (row) => row.status === 'failed')).message).toMatch(/no processes left/)
  })
})

describe('closing', () => {
  it('leaves running and queued runs interrupted at a checkpoint, and no process', async () => {
    const home = temporaryHome()
    const trial = startTrial({ store: openedStore(home), parallel: 2 })
    const [a, b, queued] = trial.queue({ learnSteps: 5000 }, { learnSteps: 5000, fault: 'stop', faultAt: 12 }, {})
    await trial.until(b, (row) => row.learnSteps >= 10)
    await trial.until(a, (row) => row.learnSteps >= 5)
    await trial.supervisor.close()
    expect(trial.store.runs.rows([a, b, queued]).map((row) => row.status)).toEqual(['interrupted', 'interrupted', 'interrupted'])
    expect(trial.store.checkpoints.get(a)?.learnSteps).toBe(trial.row(a).learnSteps)
    for (const pid of trial.pids) await expect.poll(() => isAlive(pid)).toBe(false)
    trial.store.close()

    const again = startTrial({ store: openedStore(home) })
    expect(again.store.recovery.interrupted).toEqual([])
    again.supervisor.cancel([a])
    again.supervisor.resume([queued])
    await again.until(queued, (row) => row.status === 'completed')
  })

  it('takes a moment only where nothing runs', async () => {
    const trial = startTrial()
    await trial.supervisor.close()
    expect(() => trial.queue({})).toThrow('closing')
  })
})
