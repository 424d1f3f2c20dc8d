import { parametersOfRun } from '@shared/algorithms/parameters'
import { advance } from '@shared/model/advance'
import type { RunSpec } from '@shared/run/spec'
import { hasCurves, stepUnitOf, totalStepsOf, whereOf } from '@shared/run/steps'
import { type Packed, pack, unpack } from '../learn/packing'
import { BestSoFar, type Placing, type PlacingAlgorithm, type PlacingProgress, type PlacingTask, placingTask } from '../learn/placing'
import { Exercises, REPORT_MS, stepInterval, type Trainee, TrainingMember } from './training-member'

/** How often, in milliseconds, a placing that can resume leaves a checkpoint: what a crash costs at most. */
const CHECKPOINT_MS = 10_000
/** How often, in milliseconds, a placing that lets others work between two tells is asked whether it is still wanted. */
const LISTEN_MS = 100

/**
 * Runs an algorithm without training over the held-out workflows, from scratch or from its checkpoint: draws its best so far on curves where it
 * searches, tells how far it is, pauses and is cancelled whenever it has told its progress. All of it but the seconds repeats to the bit,
 * however often it is paused. What goes wrong fails the run; it never rejects.
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
  /** Steps between two points of its curves; undefined where it has none. */
  readonly #every: number | undefined
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
    this.#every = hasCurves(spec) ? stepInterval(totalStepsOf(spec)) : undefined
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
      // Amid a step there is no state that could be resumed.
      await this.#stop(wanted, next !== undefined)
      return leave(iterator)
    }
  }

  /** The next progress; undefined where the run was cancelled while it was waited for. */
  async #next(iterator: Tells): Promise<IteratorResult<PlacingProgress> | undefined> {
    const began = performance.now()
    const next = iterator.next()
    const result = next instanceof Promise ? await this.#heard(next) : next
    this.#standing.decidingMs += performance.now() - began
    return result
  }

  /** What comes of `next`; undefined once the run is cancelled. Whoever gives others a turn lives, however long it takes. */
  async #heard(next: Promise<IteratorResult<PlacingProgress>>): Promise<IteratorResult<PlacingProgress> | undefined> {
    for (;;) {
      let timer: NodeJS.Timeout | undefined
      const listening = new Promise<undefined>((resolve) => {
        timer = setTimeout(() => resolve(undefined), LISTEN_MS)
      })
      const result = await Promise.race([next, listening]).finally(() => clearTimeout(timer))
      if (result) return result
      advance()
      if (this.#member.hooks.wanted() !== 'cancel') continue
      // Nobody waits for it any more, nor for what may go wrong with it.
      next.catch(() => {})
      return undefined
    }
  }

  /** Takes a progress in, and hears what is wanted of the run. */
  async #take(progress: PlacingProgress): Promise<'go' | 'pause' | 'cancel'> {
    const standing = this.#standing
    this.#best.take(progress)
    advance()
    standing.steps = this.#every === undefined ? this.#best.placed : Math.max(standing.steps, progress.evaluations ?? 0)
    this.#draw()
    const now = performance.now()
    if (now - this.#reportedAt > REPORT_MS.alone) await this.#report(now - this.#keptAt > CHECKPOINT_MS)
    return this.#member.hooks.wanted()
  }

  /** Puts the best so far on the curves, wherever another stretch of steps is full. */
  #draw(isLast = false): void {
    const { complete } = this.#best
    const { steps, drawnAt } = this.#standing
    if (this.#every === undefined || !complete || steps === drawnAt) return
    const stretch = (step: number) => Math.floor(step / (this.#every ?? 1))
    if (drawnAt >= 0 && stretch(steps) === stretch(drawnAt) && !isLast) return
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
    else this.#member.end('paused', steps, this.#seconds, this.#placing.checkpoint ? undefined : this.#startsAnew())
  }

  #startsAnew(): string {
    const { title } = this.#algorithm.card
    const at = whereOf(stepUnitOf(this.#spec), this.#standing.steps)
    return `Paused ${at}. ${title} keeps no checkpoint: when resumed it starts from the beginning.`
  }

  async #complete(): Promise<void> {
    const placements = this.#best.all(this.#algorithm.card.id)
    this.#draw(true)
    // What is done at once has nothing to tell but its end.
    if (this.#every !== undefined || this.#hasReported) await this.#report(false)
    const { steps, decidingMs } = this.#standing
    this.#member.complete(steps, this.#seconds, { placements }, decidingMs)
  }
}

type Tells = Iterator<PlacingProgress> | AsyncIterator<PlacingProgress>

/** Lets an iterator go that is not heard to its end. */
function leave(iterator: Tells): void {
  const left = iterator.return?.()
  // Amid its next step it ends only after that; whatever it throws then concerns nobody.
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

/** Throws RangeError where the bytes are not what `packPlacing` made. */
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
