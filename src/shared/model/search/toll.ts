import type { SharedExecutor } from '../batch/shared'
import { TIERS } from '../topology'

/** What is paid beyond Q for the machines as a plan leaves them, by the state after its last decision; never below 0. */
export type Toll = (states: Float64Array, at: number) => number

/** Kinds of clock that have a coefficient each: cores by the tier of their node, link directions by the tiers of their ends. */
export const TOLL_KINDS: readonly string[] = [...TIERS, ...TIERS.flatMap((from) => TIERS.map((to) => `${from}–${to}`))]

/** [clocks] the kind of each clock of a state, as an index of TOLL_KINDS. */
export function tollKinds({ batch: { machines } }: SharedExecutor): Int32Array {
  const { nodes, links, coreStart } = machines
  const tierOf = new Map(nodes.map(({ id, tier }) => [id, TIERS.indexOf(tier)]))
  const between = (from: string, to: string) => TIERS.length * (1 + (tierOf.get(from) ?? 0)) + (tierOf.get(to) ?? 0)
  const cores = nodes.flatMap(({ tier }, n) => Array<number>(coreStart[n + 1] - coreStart[n]).fill(TIERS.indexOf(tier)))
  return Int32Array.from([...cores, ...links.flatMap(({ from, to }) => [between(from, to), between(to, from)])])
}

/**
 * The toll of coefficients [kinds]: Σ over clocks of w · max(0, clock − now) / T_ref, in units of Q. A core of several counts for its share
 * of the node. `now`: when what is planned is released.
 */
export function tollOf(executor: SharedExecutor, coefficients: ArrayLike<number>, now: number): Toll {
  const { batch, layout, costPerSecond } = executor
  const { nodes, coreStart } = batch.machines
  const weights = Float64Array.from(tollKinds(executor), (kind) => coefficients[kind] * costPerSecond)
  for (let n = 0; n < nodes.length; n++) {
    for (let c = coreStart[n]; c < coreStart[n + 1]; c++) weights[c] /= coreStart[n + 1] - coreStart[n]
  }
  return (states, at) => {
    let toll = 0
    for (let c = 0; c < weights.length; c++) {
      const left = states[at + layout.clocks + c] - now
      if (left > 0) toll += weights[c] * left
    }
    return toll
  }
}
