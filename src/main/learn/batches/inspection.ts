import type { InspectedBatch, PlacementList } from '@shared/contract/placements'
import { type BatchPlacedTwice, type QueueLosses, queueLossesOf } from '@shared/experiment/queue-losses'
import type { RunSpec } from '@shared/run/spec'
import { advance } from '@shared/model/advance'
import { optimalityGap, type Reference } from '@shared/model/world'
import { PlainEnsemble } from '../plain-ensemble'
import { type PlacingAlgorithm, placeAll, placingTask } from '../placing'
import { problemOptionsOf } from '../problem'
import { bestOfBatchUnits, planBatch } from './decision'
import { PlainValue } from './plain-value'
import type { StateFeatures } from './features'
import { assertBatchFits, type BatchPolicyCard, readBatchPolicy } from './policy'
import { type BatchProblem, type BatchSight, compileBatchProblem, featuresOf } from './problem'
import { rollOutBatches } from './q'
import { releaseByRelease } from './streams'
import { decideByToll } from './toll-policy'

/**
 * Episodes as the networks of a policy were made to see them: where fewer workflows are released together, or sizes have another scale, the
 * numbers of a state still stand where they stood in training.
 */
function seenBy({ shape }: BatchPolicyCard, sights: readonly BatchSight[]): BatchSight[] {
  return sights.map(({ model }) => {
    let features: StateFeatures | undefined
    return {
      model,
      get features() {
        features ??= featuresOf(model, shape)
        return features
      }
    }
  })
}

/**
 * The placements of a policy for episodes of a problem that it fits, numbered from `first`, decided in plain loops; streams are placed release
 * by release.
 */
export function decideBatches(policy: ReturnType<typeof readBatchPolicy>, episodes: readonly BatchSight[], first = 0): Uint8Array[] {
  if ('coefficients' in policy) return decideByToll(policy, episodes, first)
  const { card, weights } = policy
  const sights = seenBy(card, episodes)
  if (card.kind !== 'after-values') {
    const ensemble = new PlainEnsemble(card.network, weights)
    return sights.flatMap((sight) => {
      advance()
      return bestOfBatchUnits([sight], rollOutBatches(ensemble, [[sight]], card.network.outputs)).placements
    })
  }
  const networks = weights.map((each) => new PlainValue(card.network.inputs, card.network.hidden, each))
  return sights.map((sight, x) => {
    advance()
    return releaseByRelease(sight, ({ features }) => planBatch({ features, networks }, card, first + x).placement)
  })
}

/** A run's held-out batches and how its policy, or its algorithm, places them. Loads no tensors. */
export class BatchInspection {
  readonly #problem: BatchProblem
  readonly #references: readonly Reference[]
  readonly #placements: Promise<readonly Uint8Array[]>

  /** Throws RangeError where the bytes hold no policy, PolicyMisfitError where it was made for another shape. */
  constructor(spec: RunSpec, placer: { policy: Uint8Array } | { algorithm: PlacingAlgorithm }) {
    this.#problem = compileBatchProblem(spec, problemOptionsOf(spec.parameters))
    const { heldOut } = this.#problem
    this.#references = heldOut.map(({ model }) => model.reference())
    if ('policy' in placer) {
      const policy = readBatchPolicy(placer.policy)
      assertBatchFits(policy.card, this.#problem)
      this.#placements = Promise.resolve(decideBatches(policy, heldOut))
    } else this.#placements = placeAll(placer.algorithm, placingTask(this.#problem, spec))
  }

  /** Every held-out batch, in the order of the evaluation. */
  async list(): Promise<PlacementList> {
    const placements = await this.#placements
    const { heldOut, world } = this.#problem
    const shares = (all: readonly (Uint8Array | undefined)[]) => {
      const counts = new Float64Array(world.places)
      for (const placement of all) for (const place of placement ?? []) counts[place]++
      const tasks = counts.reduce((sum, count) => sum + count, 0) || 1
      return counts.map((count) => count / tasks)
    }
    const own = shares(placements)
    const best = shares(this.#references.map(({ placement }) => placement))
    const places = heldOut[0].model.locations(0)
    return {
      workflows: heldOut.map(({ model }, x) => {
        const cost = model.total(placements[x])
        const { workflows, decisions } = model
        return {
          id: nameOf(model),
          device: [...new Set(workflows.map(({ device }) => device))].join(', '),
          tasks: decisions,
          together: workflows.length,
          reference: this.#references[x].kind,
          cost,
          gap: optimalityGap(cost, this.#references[x])
        }
      }),
      places: places.map(({ id, tier }, k) => ({ id: k === 0 ? 'own device' : id, tier, share: own[k], optimumShare: best[k] }))
    }
  }

  /** Where its batches wait beside their references; undefined where no reference has a placement. */
  async losses(): Promise<QueueLosses | undefined> {
    const placements = await this.#placements
    const { heldOut, world } = this.#problem
    const placed = heldOut.flatMap(({ model }, x): BatchPlacedTwice[] => {
      const reference = this.#references[x]
      if (!reference.placement) return []
      const gap = optimalityGap(model.total(placements[x]), reference)
      return [{ workflows: model.workflows, policy: model.schedule(placements[x]), reference: model.schedule(reference.placement), gap }]
    })
    return placed.length > 0 ? queueLossesOf(world.scenario.topology, placed) : undefined
  }

  /** One held-out batch; undefined where none is called so. */
  async batch(id: string): Promise<InspectedBatch | undefined> {
    const { heldOut } = this.#problem
    const x = heldOut.findIndex(({ model }) => nameOf(model) === id)
    if (x < 0) return undefined
    const placement = (await this.#placements)[x]
    const { model } = heldOut[x]
    return { ...drawnBatch(model, placement), ...besideReference(model, model.total(placement)) }
  }
}

/** A placement of a batch as it is drawn over time. */
export function scheduleOfBatch(model: BatchSight['model'], placement: Uint8Array): InspectedBatch['policy'] {
  return { cost: model.total(placement), workflows: model.schedule(placement) }
}

/** A batch with one placement of it, without what needs its reference. */
export function drawnBatch(model: BatchSight['model'], placement: Uint8Array): Omit<InspectedBatch, 'gap' | 'reference' | 'best'> {
  return {
    id: nameOf(model),
    workflows: model.workflows.map((workflow, w) => ({ ...workflow, places: model.locations(w).map((place) => ({ ...place })) })),
    order: model.order.map(({ workflow, task }) => ({ workflow, task })),
    policy: scheduleOfBatch(model, placement)
  }
}

/** The reference of a batch beside a placement of that Q; found where nobody has asked for it before. */
export function besideReference(model: BatchSight['model'], cost: number): Pick<InspectedBatch, 'gap' | 'reference' | 'best'> {
  const { kind, lower, upper, how, placement } = model.reference()
  return {
    gap: optimalityGap(cost, { kind, lower, upper }),
    reference: { kind, lower, upper, how },
    ...(placement && { best: scheduleOfBatch(model, placement) })
  }
}

/** The first and the last of its workflows: h1–h4. */
export function nameOf({ workflows }: BatchSight['model']): string {
  const [first, last] = [workflows[0], workflows[workflows.length - 1]]
  return workflows.length === 1 ? first.id : `${first.id}–${last.id}`
}
