import type { PlayedMeans, PlayedSample, WholeGraphPlay } from '@shared/contract/playground-graphs'
import type { PlaygroundMeans } from '@shared/contract/playground-world'
import { advance } from '@shared/model/advance'
import { optimalityGap, REFERENCE_KINDS, type ReferenceKind } from '@shared/model/world'
import { mean } from '@shared/statistics/descriptive'
import { defaultsOf } from '@shared/algorithms/parameters'
import { cloudOnly } from '../algorithms/cloud-only'
import { edgeOnly } from '../algorithms/edge-only'
import { eft } from '../algorithms/eft'
import { greedy } from '../algorithms/greedy'
import { localOnly } from '../algorithms/local-only'
import { besideReference, decideBatches, drawnBatch, nameOf, scheduleOfBatch } from '../learn/batches/inspection'
import type { readBatchPolicy } from '../learn/batches/policy'
import type { BatchProblem, BatchSight } from '../learn/batches/problem'
import { totalsOf } from '../learn/evaluation'
import { placeAll, type PlacingAlgorithm, placingTask } from '../learn/placing'

/** What a policy is seen beside: rules that take no time to speak of. */
const BESIDE: readonly PlacingAlgorithm[] = [localOnly, edgeOnly, cloudOnly, greedy, eft]

/** Own batches that can be looked at. */
const MOST_SAMPLES = 100

/** An own batch as it is placed, and its reference once that was asked for. */
interface Sample {
  /** The same object as long as nothing more is known of it. */
  shown: PlayedSample
  decisionMs: number
}

/** One of those that place, with what its placements of the held-out batches come to; the policy has no name. */
interface Placed {
  algorithm?: string
  costs: Float64Array
  means: PlaygroundMeans
}

/** What is known after a piece of work. */
export interface Known {
  /** Nothing more is to be found. */
  isAll: boolean
  whole(): WholeGraphPlay
}

/** A changed world, and what was found in it so far. */
export class PlayedWorld {
  readonly #problem: BatchProblem
  readonly #policy: ReturnType<typeof readBatchPolicy>
  readonly #own: readonly BatchSight[]
  readonly #samples = new Map<number, Sample>()
  readonly #decided: Uint8Array[] = []
  #placed: readonly Placed[] = []
  /** Held-out batches whose reference is known. */
  #measured = 0

  constructor(problem: BatchProblem, policy: ReturnType<typeof readBatchPolicy>) {
    this.#problem = problem
    this.#policy = policy
    this.#own = problem.world.batches.slice(0, MOST_SAMPLES).map((workflows) => problem.sight(workflows))
  }

  /** Finds what is not known yet, piece by piece, and says after each what is. `id`: of an own batch, else the first. */
  async *play(id?: string): AsyncGenerator<Known, void> {
    const { heldOut } = this.#problem
    const named = this.#own.findIndex(({ model }) => nameOf(model) === id)
    const x = Math.max(0, named)
    const sample = this.#samples.get(x) ?? (await this.#draw(x))
    const known = (): Known => ({
      isAll: this.#measured === heldOut.length && sample.shown.found !== undefined,
      whole: () => this.#tell(sample)
    })
    yield known()
    const { shown } = sample
    if (!shown.found) sample.shown = { ...shown, found: besideReference(this.#own[x].model, shown.policy.cost) }
    yield known()
    while (this.#decided.length < heldOut.length) {
      const next = this.#decided.length
      this.#decided.push(...decideBatches(this.#policy, [heldOut[next]], next))
      yield known()
    }
    if (this.#placed.length === 0) this.#placed = await this.#placeAll()
    yield known()
    while (this.#measured < heldOut.length) {
      heldOut[this.#measured].model.reference()
      this.#measured++
      advance()
      yield known()
    }
  }

  async #draw(x: number): Promise<Sample> {
    const { model } = this.#own[x]
    const began = performance.now()
    const [placement] = decideBatches(this.#policy, [this.#own[x]], x)
    const decisionMs = performance.now() - began
    const rules = await this.#byRules([this.#own[x]])
    const beside = rules.map(({ algorithm, placements }) => ({ algorithm, placed: scheduleOfBatch(model, placements[0]) }))
    const sample: Sample = { shown: { ...drawnBatch(model, placement), beside }, decisionMs }
    this.#samples.set(x, sample)
    return sample
  }

  async #placeAll(): Promise<Placed[]> {
    const { heldOut } = this.#problem
    const episodes = heldOut.map(({ model }) => model)
    const all = [{ algorithm: undefined, placements: this.#decided }, ...(await this.#byRules(heldOut))]
    return all.map(({ algorithm, placements }) => {
      const { costs, meanDelaySeconds, meanEnergyJoules, share } = totalsOf(episodes, placements)
      return { algorithm, costs, means: { cost: mean(costs), delaySeconds: meanDelaySeconds, energyJoules: meanEnergyJoules, share } }
    })
  }

  /** What the rules make of batches; one that has no place for them is left out. */
  async #byRules(sights: readonly BatchSight[]): Promise<{ algorithm: string; placements: Uint8Array[] }[]> {
    const all: { algorithm: string; placements: Uint8Array[] }[] = []
    for (const rule of BESIDE) {
      try {
        const { id, parameters } = rule.card
        const task = placingTask({ heldOut: sights }, { parameters: defaultsOf(parameters), seed: 1 })
        all.push({ algorithm: id, placements: await placeAll(rule, task) })
      } catch (error) {
        // "edge-only" where no edge can be reached.
        if (!(error instanceof RangeError)) throw error
      }
    }
    return all
  }

  #tell({ shown, decisionMs }: Sample): WholeGraphPlay {
    const { heldOut, inSample } = this.#problem
    const references = heldOut.slice(0, this.#measured).map(({ model }) => model.reference())
    const kinds = Object.fromEntries(REFERENCE_KINDS.map((kind) => [kind, references.filter((each) => each.kind === kind).length]))
    const isKnown = references.length > 0
    const placed = this.#placed.map(({ algorithm, costs, means }): PlayedMeans => {
      const gaps = references.map((reference, x) => optimalityGap(costs[x], reference))
      return { ...(algorithm !== undefined && { algorithm }), means, ...(isKnown && { gap: mean(gaps) }) }
    })
    const cost = mean(references.map(({ kind, lower, upper }) => (kind === 'bound' ? lower : upper)))
    return {
      batches: this.#own.map(({ model }) => nameOf(model)),
      sample: shown,
      heldOut: {
        batches: heldOut.length,
        workflows: heldOut.reduce((sum, { model }) => sum + model.workflows.length, 0),
        inSample,
        placed,
        ...(isKnown && { reference: { measured: references.length, cost, kinds: kinds as Record<ReferenceKind, number> } })
      },
      decisionMs,
      ended: this.#measured === heldOut.length && shown.found !== undefined
    }
  }
}
