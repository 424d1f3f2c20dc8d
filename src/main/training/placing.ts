import { parametersOfRun } from '@shared/algorithms/parameters'
import { advance } from '@shared/model/advance'
import type { RunSpec } from '@shared/run/spec'
import { hasCurves, stepUnitOf, whereOf } from '@shared/run/steps'
import { type Packed, pack, unpack } from '../learn/packing'
import { BestSoFar, type Placing, type PlacingAlgorithm, type PlacingProgress, type PlacingTask, placingTask } from '../learn/placing'
import { Exercises, REPORT_MS, type Trainee, TrainingMember } from './training-member'

/** How often, in milliseconds, a placing that can resume leaves a checkpoint: a crash costs that much at most. */
const CHECKPOINT_MS = 10_000
/** Points of a search's curves are this share of all steps before them apart: most is found early. Some hundreds of points in all. */
const SPACING = 0.02
/** How often, in milliseconds, a placing that awaits something between two yields is checked for a cancel. */
const LISTEN_MS = 100

/**
 * Runs an algorithm without training over the held-out workflows, from scratch or from its checkpoint: records the best so far of a search on
 * curves, reports how far it is, pauses and cancels whenever it has yielded its progress. All of it but the seconds repeats to the bit,
 * however often it is paused. An error fails the run; this never rejects.
 */
export async function place(algorithm: PlacingAlgorithm, trainee: Trainee): Promise<void> {
  try {
    const spec = { ...trainee.spec, parameters: parametersOfRun(algorithm.card, trainee.spec.parameters) }
    await new PlacingRun(algorithm, spec, new TrainingMember({ ...trainee, spec }, new Exercises().of(spec))).run()
  } catch (error) {
    trainee.hooks.fail(error)
  }
}

/** What a run has come to when it stops, beside the best placements and what the algorithm keeps. */
interface Standing {
  /** Evaluations of a search; of a rule the workflows placed. */
  steps: number
  /** The step of the last point on the curves; −1 before the first. */
  drawnAt: number
  /** Milliseconds spent on placing alone. */
  decidingMs: number
}

class PlacingRun {
  readonly #algorithm: PlacingAlgorithm
  readonly #spec: RunSpec
  readonly #member: TrainingMember
  readonly #best: BestSoFar
  readonly #placing: Placing
  readonly #standing: Standing = { steps: 0, drawnAt: -1, decidingMs: 0 }
  readonly #hasCurves: boolean
  readonly #began = performance.now()
  #reportedAt = this.#began
  #keptAt = this.#began
  #hasReported = false

  constructor(algorithm: PlacingAlgorithm, spec: RunSpec, member: TrainingMember) {
    const { problem, parameters, seed, checkpoint } = member.member()
    const kept = checkpoint && unpackPlacing(checkpoint)
    const task = { ...placingTask(problem, { parameters, seed }), ...(kept && { resume: kept }) }
    this.#algorithm = algorithm
    this.#spec = spec
    this.#member = member
    this.#best = new BestSoFar(task)
    this.#placing = algorithm.place(task)
    this.#hasCurves = hasCurves(spec)
    Object.assign(this.#standing, kept?.standing)
  }

  async run(): Promise<void> {
    const { progress } = this.#placing
    const iterator = Symbol.asyncIterator in progress ? progress[Symbol.asyncIterator]() : progress[Symbol.iterator]()
    for (;;) {
      const next = await this.#next(iterator)
      if (next?.done) return this.#complete()
      const wanted = next ? await this.#take(next.value) : 'cancel'
      if (wanted === 'go') continue
      // Within a step there is no state that could be resumed.
      await this.#stop(wanted, next !== undefined)
      return leave(iterator)
    }
  }

  /** The next progress; undefined where the run was cancelled while it was waited for. */
  async #next(iterator: ProgressIterator): Promise<IteratorResult<PlacingProgress> | undefined> {
    const began = performance.now()
    const next = iterator.next()
    const result = next instanceof Promise ? await this.#awaited(next) : next
    this.#standing.decidingMs += performance.now() - began
    return result
  }

  /** What comes of `next`; undefined once the run is cancelled. A placing that awaits something counts as alive, however long it takes. */
  async #awaited(next: Promise<IteratorResult<PlacingProgress>>): Promise<IteratorResult<PlacingProgress> | undefined> {
    for (;;) {
      let timer: NodeJS.Timeout | undefined
      const listening = new Promise<undefined>((resolve) => {
        timer = setTimeout(() => resolve(undefined), LISTEN_MS)
      })
      const result = await Promise.race([next, listening]).finally(() => clearTimeout(timer))
      if (result) return result
      advance()
      if (this.#member.hooks.wanted() !== 'cancel') continue
      // Its result, or its error, concerns nobody any more.
      next.catch(() => {})
      return undefined
    }
  }

  /** Takes a progress in; what is wanted of the run now. */
  async #take(progress: PlacingProgress): Promise<'go' | 'pause' | 'cancel'> {
    const standing = this.#standing
    this.#best.take(progress)
    advance()
    standing.steps = this.#hasCurves ? Math.max(standing.steps, progress.evaluations ?? 0) : this.#best.placed
    this.#draw()
    const now = performance.now()
    if (now - this.#reportedAt > REPORT_MS.alone) await this.#report(now - this.#keptAt > CHECKPOINT_MS)
    return this.#member.hooks.wanted()
  }

  /** Puts the best so far on the curves where it is time for another point, and at the end. */
  #draw(isLast = false): void {
    const { complete } = this.#best
    const { steps, drawnAt } = this.#standing
    if (!this.#hasCurves || !complete || steps <= drawnAt) return
    if (!isLast && drawnAt >= 0 && steps - drawnAt < drawnAt * SPACING) return
    this.#member.addEvaluation(steps, { placements: complete })
    this.#standing.drawnAt = steps
  }

  get #seconds(): number {
    return (performance.now() - this.#began) / 1000
  }

  async #report(withCheckpoint: boolean): Promise<void> {
    const state = withCheckpoint ? this.#checkpoint() : undefined
    await this.#member.report(this.#standing.steps, this.#seconds, state)
    this.#hasReported = true
    this.#reportedAt = performance.now()
    if (state) this.#keptAt = this.#reportedAt
  }

  #checkpoint(): Uint8Array | undefined {
    const state = this.#placing.checkpoint?.()
    return state && packPlacing(this.#standing, this.#best.placements, state)
  }

  async #stop(wanted: 'pause' | 'cancel', canKeep: boolean): Promise<void> {
    const { steps } = this.#standing
    await this.#report(canKeep)
    if (wanted === 'cancel') this.#member.end('cancelled', steps, this.#seconds)
    else this.#member.end('paused', steps, this.#seconds, this.#placing.checkpoint ? undefined : this.#startsOver())
  }

  #startsOver(): string {
    const { title } = this.#algorithm.card
    const at = whereOf(stepUnitOf(this.#spec), this.#standing.steps)
    return `Paused ${at}. ${title} keeps no checkpoint: when resumed it starts from the beginning.`
  }

  async #complete(): Promise<void> {
    const placements = this.#best.all(this.#algorithm.card.id)
    this.#draw(true)
    // A rule that is done at once reports nothing but its end.
    if (this.#hasCurves || this.#hasReported) await this.#report(false)
    const { steps, decidingMs } = this.#standing
    this.#member.complete(steps, this.#seconds, { placements }, decidingMs)
  }
}

type ProgressIterator = Iterator<PlacingProgress> | AsyncIterator<PlacingProgress>

/** Ends an iterator early. */
function leave(iterator: ProgressIterator): void {
  const left = iterator.return?.()
  // One that is within a step ends after it; an error there concerns nobody any more.
  if (left instanceof Promise) left.catch(() => {})
}

const OWN = 'own.'

function packPlacing(standing: Standing, placements: readonly (Uint8Array | undefined)[], { data, arrays }: Packed): Uint8Array {
  const own = Object.fromEntries(Object.entries(arrays).map(([key, array]) => [OWN + key, array]))
  const places = new Uint8Array(placements.reduce((sum, placement) => sum + (placement?.length ?? 0), 0))
  let at = 0
  for (const placement of placements) {
    if (!placement) continue
    places.set(placement, at)
    at += placement.length
  }
  const lengths = Int32Array.from(placements, (placement) => placement?.length ?? -1)
  return pack({ data: { standing, own: data }, arrays: { lengths, places, ...own } })
}

/** Throws RangeError where the bytes are not a packed state. */
function unpackPlacing(bytes: Uint8Array): NonNullable<PlacingTask['resume']> & { standing: Standing } {
  const { data, arrays } = unpack(bytes)
  const { standing, own } = data as { standing: Standing; own: unknown }
  let at = 0
  const placements = Array.from(arrays.lengths, (length) => {
    if (length < 0) return undefined
    at += length
    return (arrays.places as Uint8Array).slice(at - length, at)
  })
  const ownArrays = Object.entries(arrays).flatMap(([key, array]) => (key.startsWith(OWN) ? [[key.slice(OWN.length), array] as const] : []))
  return { placements, standing, state: { data: own, arrays: Object.fromEntries(ownArrays) } }
}
