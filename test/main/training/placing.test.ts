import { describe, expect, it } from 'vitest'
import { ALGORITHMS } from '../../../src/main/algorithms'
import { isLearned } from '../../../src/main/learn/learner'
import type { Placing, PlacingAlgorithm, PlacingProgress, PlacingTask } from '../../../src/main/learn/placing'
import { place } from '../../../src/main/training/placing'
import type { TrainingEnd } from '../../../src/main/training/training-member'
import { defaultsOf, type ParameterValues } from '../../../src/shared/algorithms/parameters'
import { advance, advanced } from '../../../src/shared/model/advance'
import type { RunSpec } from '../../../src/shared/run/spec'
import { GENERATED, ONE_EDGE_ONE_CLOUD, scenario, SMALL_GENERATOR, TRAPS } from '../learn/worlds'
import { Listener } from './listener'

/** Eight tasks: enough for a search to have something to find for a while. */
const LONGER = { ...GENERATED, generator: { ...SMALL_GENERATOR, tasks: 8, firstMegabytes: [10, 20], laterMegabytes: [2, 10] } } as const

function algorithmOf(id: string): PlacingAlgorithm {
  const algorithm = ALGORITHMS.find(({ card }) => card.id === id)
  if (!algorithm || isLearned(algorithm)) throw new Error(`${id} is none without training`)
  return algorithm
}

function specOf({ card }: PlacingAlgorithm, changes: ParameterValues = {}, workload: RunSpec['scenario']['workload'] = LONGER): RunSpec {
  const parameters = { ...defaultsOf(card.parameters), ...changes }
  return { scenario: scenario(ONE_EDGE_ONE_CLOUD, workload), algorithm: card.id, parameters, seed: 1, heldOut: 20, split: 0 }
}

/** Places a run; what it came to, but for the clock. */
async function run(algorithm: PlacingAlgorithm, spec: RunSpec, heard = new Listener(), checkpoint?: Uint8Array): Promise<TrainingEnd> {
  await place(algorithm, { spec, checkpoint, hooks: heard })
  if (!heard.ended) throw new Error('the run did not end')
  const { evaluation, ...end } = heard.ended
  return { ...end, seconds: 0, ...(evaluation && { evaluation: { ...evaluation, decisionMs: 0 } }) }
}

const curvesOf = (...listeners: Listener[]) =>
  ['cost', 'gap', 'delay', 'energy'].map((metric) => listeners.flatMap(({ points }) => points.get(metric) ?? []))

/** An algorithm that a test brings along: what it does is `placing`. */
const planted = (placing: (task: PlacingTask) => Placing, parameters: PlacingAlgorithm['card']['parameters'] = []): PlacingAlgorithm => ({
  card: { id: 'planted', title: 'Planted', kind: 'heuristic', summary: '', reading: '', parameters },
  place: placing
})
const local = (task: PlacingTask, x: number): PlacingProgress => ({
  placements: new Map([[x, new Uint8Array(task.episodes[x].model.decisions)]])
})

describe('an algorithm without training', () => {
  it('evaluates the held-out workflows, the same for every one', async () => {
    const [best, stay, random] = await Promise.all(
      ['optimum', 'local-only', 'random'].map(async (id) => (await run(algorithmOf(id), specOf(algorithmOf(id)))).evaluation)
    )
    expect(best).toMatchObject({ gapMean: 0, gapMax: 0, exactMatches: 20, workflows: 20 })
    expect(stay).toMatchObject({ share: { device: 1, edge: 0, cloud: 0 } })
    for (const evaluation of [stay, random]) expect(evaluation?.optimum).toEqual(best?.optimum)
  })

  it('says where it has to use training workflows', async () => {
    const optimum = algorithmOf('optimum')
    expect((await run(optimum, specOf(optimum, {}, TRAPS))).evaluation).toMatchObject({ workflows: 3, inSample: true })
  })

  it('that places by rule has no curve, and counts the workflows it has placed', async () => {
    const heard = new Listener()
    expect(await run(algorithmOf('greedy'), specOf(algorithmOf('greedy')), heard)).toMatchObject({ outcome: 'completed', learnSteps: 20 })
    expect(heard.points.size).toBe(0)
  })
})

const searches = ALGORITHMS.flatMap((algorithm) =>
  !isLearned(algorithm) && algorithm.card.parameters.some(({ key }) => key === 'evaluations') ? [algorithm] : []
)

describe.each(searches)('a search: $card.id', (algorithm) => {
  const spec = specOf(algorithm, { evaluations: 60 })

  it('records what its card declares and nothing else: its best so far over evaluations, down to its evaluation', async () => {
    const heard = new Listener()
    const end = await run(algorithm, spec, heard)
    expect([...heard.points.keys()].sort()).toEqual([...(algorithm.card.metrics ?? [])].sort())
    const steps = heard.steps('cost')
    expect(steps).toEqual([...new Set(steps)].sort((a, b) => a - b))
    expect(steps[0]).toBeGreaterThan(0)
    expect(steps.at(-1)).toBe(end.learnSteps)
    expect(end.learnSteps).toBeLessThanOrEqual(60)
    const costs = (heard.points.get('cost') ?? []).map(([, value]) => value)
    expect(costs).toEqual([...costs].sort((a, b) => b - a))
    expect(costs.at(-1)).toBe(end.evaluation?.meanCost)
    expect(heard.points.get('gap')?.at(-1)?.[1]).toBe(end.evaluation?.gapMean)
  })

  // Annealing cools over its whole budget: with a larger one it is another search.
  it.skipIf(algorithm.card.id === 'annealing')('has the same curve with a larger budget, as far as it goes', async () => {
    const [short, long] = [new Listener(), new Listener()]
    await run(algorithm, specOf(algorithm, { evaluations: 15 }), short)
    await run(algorithm, spec, long)
    const until = (heard: Listener, step: number) => (heard.points.get('cost') ?? []).filter(([at]) => at <= step)
    expect(until(short, 15)).toEqual(until(long, 15))
  })
})

describe.each(['random', 'look-ahead', ...searches.map(({ card }) => card.id)])('%s', (id) => {
  const algorithm = algorithmOf(id)
  const spec = specOf(algorithm, algorithm.card.parameters.some(({ key }) => key === 'evaluations') ? { evaluations: 60 } : {})

  it('paused wherever and resumed comes to the bits of the run that never stopped', async () => {
    const whole = new Listener()
    const uninterrupted = await run(algorithm, spec, whole)
    // Amid the first workflows, at the last of them, and amid what follows, if anything does.
    for (const after of [1, 7, 19, 20, 23, 41]) {
      const first = new Listener({ after, what: 'pause' })
      const paused = await run(algorithm, spec, first)
      if (paused.outcome === 'completed') continue
      expect(paused).toMatchObject({ outcome: 'paused', learnSteps: first.checkpoints.at(-1)?.learnSteps })
      expect(paused.message).toBeUndefined()
      const second = new Listener({ after: 4, what: 'pause' })
      const again = await run(algorithm, spec, second, first.checkpoints.at(-1)?.bytes)
      const third = new Listener()
      const resumed = again.outcome === 'paused' ? await run(algorithm, spec, third, second.checkpoints.at(-1)?.bytes) : again
      expect(resumed).toEqual(uninterrupted)
      expect(curvesOf(first, second, third)).toEqual(curvesOf(whole))
    }
  })
})

describe('a placing under way', () => {
  const ASYNC = planted((task) => ({
    progress: (async function* () {
      for (const x of task.episodes.keys()) {
        yield local(task, x)
        // For ever, if nobody cancels it.
        await new Promise<void>((resolve) => setTimeout(resolve, x < 3 ? 1 : 1e9).unref())
      }
    })()
  }))

  it('is cancelled between two steps, and may clear up behind itself', async () => {
    let isClosed = false
    const algorithm = planted((task) => ({
      progress: (function* () {
        try {
          for (const x of task.episodes.keys()) yield local(task, x)
        } finally {
          isClosed = true
        }
      })()
    }))
    const end = await run(algorithm, specOf(algorithm), new Listener({ after: 3, what: 'cancel' }))
    expect(end).toMatchObject({ outcome: 'cancelled', learnSteps: 3 })
    expect(end.evaluation).toBeUndefined()
    expect(isClosed).toBe(true)
  })

  it('is cancelled while it awaits something within a step, and gives signs of life meanwhile', async () => {
    const before = advanced()
    // Asked once after each of four workflows, and then while it waits.
    const end = await run(ASYNC, specOf(ASYNC), new Listener({ after: 8, what: 'cancel' }))
    expect(end).toMatchObject({ outcome: 'cancelled', learnSteps: 4 })
    expect(advanced() - before).toBeGreaterThanOrEqual(8)
  })

  it('gives signs of life by its own work where that lets nobody else in', async () => {
    const seen: number[] = []
    const algorithm = planted((task) => ({
      progress: (function* () {
        for (const x of task.episodes.keys()) {
          for (let i = 0; i < 1000; i++) advance()
          seen.push(advanced())
          yield local(task, x)
        }
      })()
    }))
    await run(algorithm, specOf(algorithm))
    seen.slice(1).forEach((count, i) => expect(count - seen[i]).toBeGreaterThan(1000))
  })

  it('that keeps no checkpoint says that it will start from the beginning', async () => {
    const heard = new Listener({ after: 2, what: 'pause' })
    const paused = await run(ASYNC, specOf(ASYNC), heard)
    expect(paused).toMatchObject({
      outcome: 'paused',
      learnSteps: 2,
      message: 'Paused after 2 workflows. Planted keeps no checkpoint: when resumed it starts from the beginning.'
    })
    expect(heard.checkpoints).toEqual([])
  })

  it('reports how far it is now and then, and waits for its listener', async () => {
    let [waiting, most] = [0, 0]
    const heard = new Listener()
    const report = heard.report.bind(heard)
    heard.report = async (progress) => {
      most = Math.max(most, ++waiting)
      await new Promise<void>((resolve) => setTimeout(resolve, 20))
      waiting--
      return report(progress)
    }
    const algorithm = planted((task) => ({
      progress: (async function* () {
        for (const x of task.episodes.keys()) {
          yield local(task, x)
          await new Promise<void>((resolve) => setTimeout(resolve, 50))
        }
      })()
    }))
    await run(algorithm, specOf(algorithm), heard)
    expect(most).toBe(1)
    // A second of work, reported four times a second or so.
    expect(heard.reported.length).toBeGreaterThan(0)
    expect(heard.reported).toEqual([...heard.reported].sort((a, b) => a - b))
    expect(heard.reported.at(-1)).toBe(20)
  })
})

describe('what goes wrong', () => {
  const TOO_FEW = planted((task) => ({ progress: [local(task, 0), local(task, 4)] }))
  const WRONG_LENGTH = planted(() => ({ progress: [{ placements: new Map([[1, new Uint8Array(3)]]) }] }))
  const WRONG_PLACE = planted((task) => ({
    progress: [{ placements: new Map([[1, new Uint8Array(task.episodes[1].model.decisions).fill(3)]]) }]
  }))
  const NO_EPISODE = planted((task) => ({ progress: [{ placements: new Map([[20, new Uint8Array(task.episodes[0].model.decisions)]]) }] }))
  const CRASHES = planted((task) => ({
    progress: (function* () {
      yield local(task, 0)
      throw new Error('the search broke')
    })()
  }))
  const CRASHES_LATER = planted((task) => ({
    progress: (async function* () {
      yield local(task, 0)
      await Promise.reject(new Error('the wait broke'))
    })()
  }))
  const AT_ONCE = planted(() => {
    throw new Error('it did not begin')
  })

  it.each<[string, PlacingAlgorithm, RegExp]>([
    ['workflows left out', TOO_FEW, /^planted ended with 18 of 20 workflows not placed$/],
    ['a placement of another length', WRONG_LENGTH, /^workflow "h\S+" of 8 tasks and 3 places was given a placement of 3 tasks$/],
    ['a place that is not there', WRONG_PLACE, /^workflow "h\S+" of 8 tasks and 3 places was given place 3$/],
    ['an episode that is not there', NO_EPISODE, /^episode 20 was placed, but there are only 20$/],
    ['a crash', CRASHES, /^the search broke$/],
    ['a crash while it awaits something', CRASHES_LATER, /^the wait broke$/],
    ['a crash before it begins', AT_ONCE, /^it did not begin$/]
  ])('fails the run with its message: %s', async (_, algorithm, message) => {
    const errors: unknown[] = []
    const heard = Object.assign(new Listener(), { fail: (error: unknown) => errors.push(error) })
    await place(algorithm, { spec: specOf(algorithm), hooks: heard })
    expect(errors.map((error) => (error as Error).message)).toEqual([expect.stringMatching(message)])
    expect(heard.ended).toBeUndefined()
  })

  it('after a cancel concerns nobody', async () => {
    const unheard: unknown[] = []
    const listen = (error: unknown) => unheard.push(error)
    process.on('unhandledRejection', listen)
    let crash = (): void => {}
    const algorithm = planted((task) => ({
      progress: (async function* () {
        yield local(task, 0)
        await new Promise<void>((_, reject) => (crash = () => reject(new Error('too late'))))
      })()
    }))
    const end = await run(algorithm, specOf(algorithm), new Listener({ after: 2, what: 'cancel' }))
    crash()
    await new Promise<void>((resolve) => setImmediate(resolve))
    process.off('unhandledRejection', listen)
    expect(end.outcome).toBe('cancelled')
    expect(unheard).toEqual([])
  })
})
