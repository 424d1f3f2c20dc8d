import type { AdaptBatch } from '@shared/contract/playground'
import type { PlayedSample } from '@shared/contract/playground-graphs'
import { isMeasured, RECOVERED_GAP } from '@shared/experiment/recovery'
import { loadBackend } from '../learn/backend'
import { isBatchPolicy } from '../learn/batches/policy'
import { PolicyMisfitError } from '../learn/policy'
import { GraphSession } from './graph-session'
import { MOST_STEPS, PlaygroundSession } from './session'
import type { PlaygroundAnswer, PlaygroundAsk } from '../processes/protocol'

/** Between two batches of an adaptation, in milliseconds. */
const BATCH_MS = 100

/** All learners go on at least this long, so that they can be compared at the same learn step. */
const LEAST_STEPS = 100

/** Learners stand still this long after a question, in milliseconds: while a value is dragged its answers come first. */
const QUIET_MS = 120

const turn = () => new Promise<void>((resolve) => setImmediate(resolve))
const sleep = (milliseconds: number) => new Promise<void>((resolve) => setTimeout(resolve, milliseconds))

/** Answers the questions of one playground, in a worker that it has for itself. */
export function playgroundIn(post: (id: number, answer: PlaygroundAnswer) => void): (id: number, ask: PlaygroundAsk) => Promise<void> {
  let session: PlaygroundSession | GraphSession | undefined
  /** The question whose answers continue; another such, or a stop, ends it. */
  let running = 0
  let askedAt = Number.NEGATIVE_INFINITY

  function opened(): PlaygroundSession {
    if (!session) throw new RangeError('nothing was opened')
    if (session instanceof GraphSession)
      throw new RangeError('only policies of chains adapt and are observed here; of graphs and shared machines the world alone is changed')
    return session
  }

  async function play(id: number, { changes, sample }: Extract<PlaygroundAsk, { what: 'play' }>): Promise<void> {
    running = id
    if (!(session instanceof GraphSession))
      throw new RangeError('this policy is of chains: it decides at once, and there is nothing to wait for')
    let sent = Number.NEGATIVE_INFINITY
    let shown: PlayedSample | undefined
    for await (const known of session.play(changes, sample)) {
      // What was asked meanwhile is heard.
      await turn()
      if (running !== id) return post(id, { what: 'stopped' })
      if (!known.isAll && performance.now() - sent < BATCH_MS) continue
      const { sample: now, ...others } = known.whole()
      post(id, { what: 'playing', play: { ...others, ...(now !== shown && { sample: now }) } })
      if (known.isAll) return
      shown = now
      sent = performance.now()
    }
  }

  async function adapt(id: number, { changes, psi, seeds }: Extract<PlaygroundAsk, { what: 'adapt' }>): Promise<void> {
    running = id
    const own = opened()
    const recovering = own.recover(changes, psi, seeds)
    const round = Number(own.adapting.parameters.round)
    const recovered = new Map<string, AdaptBatch['recovered'][number]>()
    const began = performance.now()
    let points: AdaptBatch['points'] = []
    let learnedMs = 0
    let sent = 0
    const send = (ended: boolean): void => {
      const batch: AdaptBatch = {
        points,
        optimumCost: recovering.optimumCost,
        recovered: [...recovered.values()],
        round,
        ended
      }
      post(id, { what: 'adapting', batch })
      points = []
      sent = performance.now()
    }
    const measure = (): void => {
      const seconds = learnedMs / 1000 / recovering.learners.length
      const elapsed = (performance.now() - began) / 1000
      for (const point of recovering.measure()) {
        points.push({ ...point, seconds, elapsed })
        const { start, seed, step, gap } = point
        const key = `${start} ${seed}`
        if (gap <= RECOVERED_GAP && !recovered.has(key)) recovered.set(key, { start, seed, steps: step })
      }
    }
    try {
      measure()
      send(false)
      const isOver = () =>
        recovering.steps >= MOST_STEPS || (recovered.size === recovering.learners.length && recovering.steps >= LEAST_STEPS)
      while (running === id && !isOver()) {
        const before = performance.now()
        recovering.learn()
        learnedMs += performance.now() - before
        if (isMeasured(recovering.steps)) measure()
        if (performance.now() - sent >= BATCH_MS && points.length > 0) send(false)
        await turn()
        while (performance.now() - askedAt < QUIET_MS) await sleep(QUIET_MS / 4)
      }
    } finally {
      own.keep(recovering)
    }
    send(true)
  }

  return async (id, ask) => {
    try {
      if (ask.what === 'open') {
        if (isBatchPolicy(ask.policy)) {
          const graphs = new GraphSession(ask.spec, ask.policy)
          session = graphs
          post(id, { what: 'opened', kind: 'graphs', limits: graphs.limits })
          return
        }
        const chains = new PlaygroundSession(await loadBackend(), ask.spec, ask.policy)
        session = chains
        const decision = chains.decide({ links: [], nodes: [] })
        post(id, { what: 'opened', kind: 'chains', adaptedBy: chains.adapting.algorithm.card.id, decision })
      } else if (ask.what === 'play') await play(id, ask)
      else if (ask.what === 'decide') {
        // A learner that is followed is not to stand still for that.
        if (!ask.learner) askedAt = performance.now()
        post(id, { what: 'decided', decision: opened().decide(ask.changes, ask.sample, ask.learner) })
      } else if (ask.what === 'observe') {
        askedAt = performance.now()
        post(id, { what: 'observed', detection: opened().observe(ask.changes, ask.noise) })
      } else if (ask.what === 'adapt') await adapt(id, ask)
      else {
        if (ask.of === undefined || ask.of === running) running = 0
        post(id, { what: 'stopped' })
      }
    } catch (error) {
      const why = error instanceof PolicyMisfitError ? 'misfit' : error instanceof RangeError ? 'invalid' : 'fault'
      post(id, { what: 'refused', why, message: error instanceof Error ? error.message : String(error) })
    }
  }
}
