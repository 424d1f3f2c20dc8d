import { SharedExecutor } from '@shared/model/batch/shared'
import { releasesOf } from '@shared/model/search/causal'
import { TOLL_KINDS, tollKinds } from '@shared/model/search/toll'
import { placeByToll } from '@shared/model/search/toll-plan'
import { advance } from '@shared/model/advance'
import { pack, type PackedArray } from '../packing'
import { PolicyMisfitError } from '../policy'
import type { BatchProblem, BatchSight } from './problem'

/** What a policy of learned tolls was made for: streams on shared machines, whatever their places, tasks and workflows. */
export interface TollCard {
  format: 'dmro-policy/2'
  kind: 'toll'
  execution: 'shared'
  order: 'upward-rank'
  /** Where it was trained: K and N. */
  shape: { places: number; tasks: number }
  /** The kinds of clock it has learned a coefficient of, out of TOLL_KINDS. */
  clocks: string[]
  /** Evaluations of annealing at each release. */
  polish: number
}

export interface TollPolicy {
  card: TollCard
  /** [clocks] in the order of the card. */
  coefficients: Float64Array
}

/** `coefficients`: [TOLL_KINDS] those of which `isLearned` is 1 are kept. */
export function tollPolicyBytes({ world, tasks }: BatchProblem, coefficients: Float64Array, isLearned: Uint8Array, polish: number) {
  const kinds = [...TOLL_KINDS.keys()].filter((kind) => isLearned[kind] === 1)
  const card: TollCard = {
    format: 'dmro-policy/2',
    kind: 'toll',
    execution: 'shared',
    order: 'upward-rank',
    shape: { places: world.places, tasks },
    clocks: kinds.map((kind) => TOLL_KINDS[kind]),
    polish
  }
  return pack({ data: card, arrays: { coefficients: Float64Array.from(kinds, (kind) => coefficients[kind]) } })
}

/** The policy of an unpacked card; undefined where it is of another kind. Throws RangeError where it is not sound. */
export function tollPolicyOf(data: unknown, { coefficients }: Record<string, PackedArray>): TollPolicy | undefined {
  const card = data as TollCard | null
  if (card?.kind !== 'toll') return undefined
  const isSize = (value: unknown, least: number) => Number.isInteger(value) && Number(value) >= least && Number(value) <= 1e7
  const isSound =
    card.execution === 'shared' &&
    card.order === 'upward-rank' &&
    isSize(card.shape?.places, 1) &&
    isSize(card.shape.tasks, 1) &&
    isSize(card.polish, 0) &&
    Array.isArray(card.clocks) &&
    card.clocks.length > 0 &&
    card.clocks.every((kind, c) => TOLL_KINDS.includes(kind) && card.clocks.indexOf(kind) === c)
  if (!isSound || !(coefficients instanceof Float64Array)) throw new RangeError('these bytes are not a policy for streams')
  if (coefficients.length !== card.clocks.length || !coefficients.every((each) => each >= 0 && each < Infinity))
    throw new RangeError('the policy’s coefficients do not fit its card')
  return { card, coefficients }
}

/** Refuses an execution without clocks, and clocks of a kind that the policy has no coefficient of. */
export function assertTollFits({ clocks, execution }: TollCard, { world, heldOut }: BatchProblem): void {
  const met = world.scenario.execution ?? 'independent'
  if (met !== execution) throw new PolicyMisfitError(`the policy was made for execution "${execution}", this scenario is "${met}"`)
  const kinds = new Set(heldOut.flatMap(({ model: { executor } }) => (executor instanceof SharedExecutor ? [...tollKinds(executor)] : [])))
  const missing = [...kinds].map((kind) => TOLL_KINDS[kind]).filter((kind) => !clocks.includes(kind))
  if (missing.length > 0) {
    throw new PolicyMisfitError(
      `the policy has learned tolls of ${clocks.join(', ')}; this scenario also has ${missing.join(', ')}. Train a policy on this scenario or choose one that fits`
    )
  }
}

/** [TOLL_KINDS] the coefficients of a policy; those that it has not learned as `otherwise`. */
export function tollsOf({ card, coefficients }: TollPolicy, otherwise: number): Float64Array {
  const all = new Float64Array(TOLL_KINDS.length).fill(otherwise)
  card.clocks.forEach((kind, c) => {
    all[TOLL_KINDS.indexOf(kind)] = coefficients[c]
  })
  return all
}

/** What a policy of tolls was made for, in words. */
export function tollPolicyWords({ execution, shape, clocks }: TollCard): string {
  return `streams, ${execution}, trained at K ${shape.places}, N ${shape.tasks}: tolls of ${clocks.join(', ')}`
}

/** The placements of a policy for episodes that it fits, numbered from `first`; episode x is annealed with seed x. */
export function decideByToll(policy: TollPolicy, sights: readonly BatchSight[], first = 0): Uint8Array[] {
  const coefficients = tollsOf(policy, 0)
  return sights.map(({ model: { executor } }, x) => {
    advance()
    return placeByToll(releasesOf(executor), coefficients, policy.card.polish, first + x)
  })
}
