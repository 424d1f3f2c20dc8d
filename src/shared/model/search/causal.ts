import type { Executor } from '../batch/executor'
import { SharedExecutor } from '../batch/shared'
import { releaseMoments } from '../streams'
import type { Outlook } from './outlook'
import { outlookOf } from './outlook-of'
import { ResumedExecutor } from './part'
import type { Plan } from './search'

/** Plans what is released at one moment, knowing nothing of what is released later. */
export type Planner = (outlook: Outlook) => Plan

/** What is released at one moment of a stream: decisions `from` to `to`, as an episode on machines that others have left. */
export interface Release {
  readonly from: number
  readonly to: number
  /** When, in s from the batch's zero. */
  readonly seconds: number
  readonly executor: ResumedExecutor
  readonly outlook: Outlook
}

/** Shared machines on which workflows are released at several moments, release by release. */
export class Stream {
  readonly executor: SharedExecutor
  readonly releases: readonly Release[]

  constructor(executor: SharedExecutor) {
    this.executor = executor
    this.releases = partsOf(executor).map(([from, to]): Release => {
      const part = new ResumedExecutor(executor, from, to)
      let outlook: Outlook | undefined
      return {
        from,
        to,
        seconds: part.batch.release[0],
        executor: part,
        get outlook() {
          outlook ??= outlookOf(part)
          return outlook
        }
      }
    })
  }

  /** The stream of an executor; undefined where nothing is shared, or all is released at once. */
  static of(executor: Executor): Stream | undefined {
    if (!(executor instanceof SharedExecutor) || releaseMoments(executor.batch.release).length < 2) return undefined
    return new Stream(executor)
  }

  /**
   * [decisions] the placement that `place` comes to, which is asked at each release: all that is released then is placed at once, on machines
   * as those before it have left them, which `state` says too.
   */
  place(place: (release: Release, number: number, state: Float64Array) => Uint8Array): Uint8Array {
    const { batch, layout } = this.executor
    const placement = new Uint8Array(batch.decisions)
    const state = new Float64Array(layout.size)
    this.executor.begin(state)
    this.releases.forEach((release, number) => {
      release.executor.takeOver(this.executor, state)
      placement.set(place(release, number, state), release.from)
      for (let i = release.from; i < release.to; i++) this.executor.step(state, 0, placement[i])
    })
    return placement
  }
}

/** An executor’s workflows by their releases, one of which may be all. Throws RangeError where nothing is shared: there are no clocks then. */
export function releasesOf(executor: Executor): Stream {
  if (executor instanceof SharedExecutor) return new Stream(executor)
  throw new RangeError('only workflows that share machines leave them behind for others')
}

/** The plan of a planner that is asked at each release; of what is not a stream its plan for the whole. */
export function causal(executor: Executor, planner: Planner): Plan {
  const stream = Stream.of(executor)
  if (!stream) return planner(outlookOf(executor))
  const placement = stream.place(({ outlook }) => planner(outlook).placement)
  return { placement, cost: executor.run(placement) }
}

/** The decisions of each moment of release, from and to; earlier releases are decided first. */
function partsOf({ batch: { decisions, release, workflowOf } }: SharedExecutor): [from: number, to: number][] {
  const parts: [number, number][] = []
  for (let from = 0, to = 0; from < decisions; from = to) {
    while (to < decisions && release[workflowOf[to]] === release[workflowOf[from]]) to++
    parts.push([from, to])
  }
  return parts
}
