import { advance } from './advance'
import { type Environment, routesBetween } from './environment'
import type { Objective, References } from './objective'
import { transferSeconds } from './routes'
import type { Chain } from './workflow'

/**
 * A placement of a chain: for each task the index of its location; 0 is the owning device.
 *
 * @paper eqs. (2), (12), (15), (16): The one-hot b and the number a say the same; a placement holds a, counted over all K places of the device, edges and clouds in the topology’s order.
 */
export type ChainPlacement = ArrayLike<number>

/**
 * Seconds to move `megabytes` (NaN: nothing) between two locations; 0 on the same node, eq. (4).
 *
 * @paper eq. (4): Two places talk over the fastest route that the topology allows; the presets let nothing relay, so there it is the link of the text. Nothing is sent between equal places.
 */
export function flowSeconds(environment: Environment, from: number, to: number, megabytes: number): number {
  if (from === to) return 0
  const routes = routesBetween(environment, from, to)
  return routes.length > 0 && Number.isNaN(megabytes) ? 0 : transferSeconds(routes, megabytes)
}

/**
 * Seconds that task `i` adds when it runs at `place` after `previous`: eqs. (3), (4); the last task carries the return.
 *
 * @paper eq. (3): Work in megacycles over a place’s megahertz. The text gives work in MHz, which we read as megacycles.
 */
export function stepDelay(
  environment: Environment,
  chain: Chain,
  countReturn: boolean,
  i: number,
  previous: number,
  place: number
): number {
  const compute = chain.megacycles[i] * environment.secondsPerMegacycle[place]
  const arrive = flowSeconds(environment, previous, place, chain.megabytes[i])
  return compute + arrive + returnSeconds(environment, chain, countReturn, i, place)
}

/** Seconds that the result of the last task travels back to the device; 0 for any other task. */
function returnSeconds(environment: Environment, chain: Chain, countReturn: boolean, i: number, place: number): number {
  const isLast = i === chain.megacycles.length - 1
  return isLast && countReturn ? flowSeconds(environment, place, 0, chain.megabytes[i + 1]) : 0
}

/** Joules that the owning device spends on its own links for `megabytes` (NaN: nothing) between two locations; 0 unless it has watts. */
export function flowEnergy({ radio }: Environment, from: number, to: number, megabytes: number): number {
  if (radio === undefined || from === to || (from !== 0 && to !== 0) || Number.isNaN(megabytes)) return 0
  return radio.joules(from, to, megabytes)
}

/** Joules that the device receives the result of the last task with; 0 for any other task. */
function returnEnergy(environment: Environment, chain: Chain, countReturn: boolean, i: number, place: number): number {
  const isLast = i === chain.megacycles.length - 1
  return isLast && countReturn ? flowEnergy(environment, place, 0, chain.megabytes[i + 1]) : 0
}

/** Joules of computing task `i` at `place`, weighted 1, α, β: eq. (7). */
function computeEnergy(environment: Environment, chain: Chain, i: number, place: number): number {
  return chain.megacycles[i] * environment.joulesPerMegacycle[place]
}

/**
 * Joules that task `i` adds when it runs at `place` after `previous`: eqs. (7), (8), and what the device sends and receives for it; the
 * last task carries the return.
 *
 * @paper eq. (7): The text calls d an energy per data bit but multiplies it by the work v, so d is read as joules per megacycle.
 */
export function stepEnergy(
  environment: Environment,
  chain: Chain,
  countReturn: boolean,
  i: number,
  previous: number,
  place: number
): number {
  const arrive = flowEnergy(environment, previous, place, chain.megabytes[i])
  return computeEnergy(environment, chain, i, place) + arrive + returnEnergy(environment, chain, countReturn, i, place)
}

/**
 * T_x of eq. (5), in seconds. Infinity where a flow has no route.
 *
 * @paper eq. (5): The sum starts with the flow after task 1 and ends with the return; eq. (14) starts with e₀,₁ and has no return. We count both, e₀,₁ and the return; "countReturn": false leaves the return out.
 */
export function chainDelay(environment: Environment, chain: Chain, countReturn: boolean, placement: ChainPlacement): number {
  let seconds = 0
  for (let i = 0; i < chain.megacycles.length; i++) {
    seconds += stepDelay(environment, chain, countReturn, i, i === 0 ? 0 : placement[i - 1], placement[i])
  }
  return seconds
}

/**
 * E_x of eqs. (6)–(8), in joules.
 *
 * @paper eqs. (6), (8): As in the text; α and β are parts of the objective, 1 by default (section V-A). Sending costs no energy, unless a device is given watts (transmitWatts, receiveWatts).
 */
export function chainEnergy(environment: Environment, chain: Chain, countReturn: boolean, placement: ChainPlacement): number {
  let joules = 0
  for (let i = 0; i < chain.megacycles.length; i++) {
    joules += stepEnergy(environment, chain, countReturn, i, i === 0 ? 0 : placement[i - 1], placement[i])
  }
  return joules
}

/**
 * Q_x of eq. (9): T_x / T_ref + δ · E_x / E_ref.
 *
 * @paper eq. (9): The text adds seconds and joules and speaks of feature scaling; we divide both by their mean under local-only placement, or by 1 s and 1 J with "scaling": "none". A figure is the mean over workflows, not the sum.
 */
export function weightedCost(objective: Objective, references: References, delaySeconds: number, energyJoules: number): number {
  return delaySeconds / references.delaySeconds + (objective.energyWeight * energyJoules) / references.energyJoules
}

/**
 * Every step cost F(S_i, a) of a chain, eq. (14) with the return in the last step: [N·K·K], indexed
 * (i · K + previous) · K + place. Sums over any placement telescope to Q; Infinity marks what has no route.
 * All algorithms, the optimum and the learners read costs from here and nowhere else.
 *
 * @paper eq. (14): Energy carries α and β as in eq. (9), and the last task carries the return, so that Σ F along a placement is Q. Both are absent from the text’s F.
 */
export function costTable(environment: Environment, objective: Objective, references: References, chain: Chain): Float64Array {
  const places = environment.locations.length
  const tasks = chain.megacycles.length
  const table = new Float64Array(tasks * places * places)
  // What hangs on the place alone is worked out once for all places before it; the sums are those of `weightedCost`, term by term.
  const compute = new Float64Array(places)
  const back = new Float64Array(places)
  const energy = new Float64Array(places)
  const energyCost = (joules: number) => (objective.energyWeight * joules) / references.energyJoules
  for (let i = 0, at = 0; i < tasks; i++) {
    for (let place = 0; place < places; place++) {
      compute[place] = chain.megacycles[i] * environment.secondsPerMegacycle[place]
      back[place] = returnSeconds(environment, chain, objective.countReturn, i, place)
      energy[place] = energyCost(
        computeEnergy(environment, chain, i, place) + returnEnergy(environment, chain, objective.countReturn, i, place)
      )
    }
    for (let previous = 0; previous < places; previous++) {
      for (let place = 0; place < places; place++, at++) {
        const arrive = flowSeconds(environment, previous, place, chain.megabytes[i])
        table[at] = (compute[place] + arrive + back[place]) / references.delaySeconds + energy[place]
        if (environment.radio) table[at] += energyCost(flowEnergy(environment, previous, place, chain.megabytes[i]))
      }
    }
    advance()
  }
  return table
}

/** Σ F over a placement: equals Q. */
export function tableCost(table: Float64Array, places: number, placement: ChainPlacement): number {
  const tasks = table.length / (places * places)
  let cost = 0
  for (let i = 0, previous = 0; i < tasks; i++) {
    cost += table[(i * places + previous) * places + placement[i]]
    previous = placement[i]
  }
  return cost
}
