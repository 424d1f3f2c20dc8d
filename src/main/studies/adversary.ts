import { defaultsOf } from '@shared/algorithms/parameters'
import { type RandomStream, randomStream } from '@shared/model/random'
import type { Scenario } from '@shared/model/scenario'
import type { Workflow } from '@shared/model/workflow'
import { isGenerated } from '@shared/model/workload'
import { compileAnyProblem } from '../learn/problems'
import { type PlacingAlgorithm, placeAll, placingTask } from '../learn/placing'
import { problemOptionsOf } from '../learn/problem'

/** What is searched for: an instance near a scenario where one algorithm costs most beside another. */
export interface AdversaryTask {
  /** Its workload is listed: an instance is its workflows, its speeds and its bandwidths. */
  scenario: Scenario
  loser: PlacingAlgorithm
  winner: PlacingAlgorithm
  /** Instances tried. */
  tries: number
  /** Every size, speed and bandwidth stays within this factor of what it is in the scenario, either way. */
  range: number
  seed: number
}

/** An instance, and the loser's mean Q over the winner's there. */
export interface AdversaryFound {
  scenario: Scenario
  ratio: number
  loserCost: number
  winnerCost: number
}

/** The temperature at first and at last, of the logarithm of the ratio. */
const FROM = 0.1
const TO = 0.001
/** How far one number moves in one try, as a logarithm. */
const STEP = 0.5

/** How one number of a scenario is read and written. */
interface Dial {
  read(scenario: Scenario): number
  write(scenario: Scenario, value: number): void
}

/** Every size of the workload, every speed and every bandwidth of the topology. */
function dialsOf({ topology, workload }: Scenario): Dial[] {
  const flows = listed(workload).flatMap(({ tasks, flows }, w) => [
    ...tasks.map((_, t) => dial((of) => listed(of.workload)[w].tasks[t], 'megacycles')),
    ...flows.map((_, f) => dial((of) => listed(of.workload)[w].flows[f], 'megabytes'))
  ])
  return [
    ...flows,
    ...topology.nodes.map((_, n) => dial((of) => of.topology.nodes[n], 'computeMHz')),
    ...topology.links.map((_, l) => dial((of) => of.topology.links[l], 'bandwidthMBps'))
  ]
}

/** A number under `key` of a part of the scenario. */
function dial<K extends string>(part: (scenario: Scenario) => Record<K, number>, key: K): Dial {
  return {
    read: (scenario) => part(scenario)[key],
    write: (scenario, value) => {
      part(scenario)[key] = value
    }
  }
}

function listed(workload: Scenario['workload']): readonly Workflow[] {
  if (isGenerated(workload)) throw new RangeError('the workload is drawn by a generator; an adversary needs listed workflows')
  return workload.workflows
}

/** The mean Q of an algorithm's placements of every episode. */
async function costOf(scenario: Scenario, algorithm: PlacingAlgorithm, seed: number): Promise<number> {
  const parameters = defaultsOf(algorithm.card.parameters)
  const problem = compileAnyProblem({ scenario, heldOut: 1, split: 0 }, problemOptionsOf(parameters))
  const placements = await placeAll(algorithm, placingTask(problem, { parameters, seed }))
  const total = problem.heldOut.reduce((sum, { model }, x) => sum + model.total(placements[x]), 0)
  return total / problem.heldOut.length
}

/**
 * Anneals over sizes, speeds and bandwidths towards the instance where `loser` costs most beside `winner`: the idea of PISA (J. Coleman and
 * B. Krishnamachari 2024). `onBest` hears of every better one. Throws RangeError where the workload is drawn, or an algorithm cannot place
 * in such a world.
 */
export async function adversary(task: AdversaryTask, onBest?: (found: AdversaryFound, tried: number) => void): Promise<AdversaryFound> {
  const { scenario, loser, winner, tries, range, seed } = task
  const dials = dialsOf(scenario)
  const origin = dials.map((dial) => dial.read(scenario))
  const random: RandomStream = randomStream(seed, 'action')
  const judge = async (of: Scenario): Promise<AdversaryFound> => {
    const [loserCost, winnerCost] = [await costOf(of, loser, seed), await costOf(of, winner, seed)]
    return { scenario: of, ratio: loserCost / winnerCost, loserCost, winnerCost }
  }
  let current = await judge(structuredClone(scenario))
  let best = current
  onBest?.(best, 0)
  for (let x = 1; x <= tries; x++) {
    const temperature = FROM * (TO / FROM) ** (x / tries)
    const next = structuredClone(current.scenario)
    const d = random.below(dials.length)
    const moved = dials[d].read(next) * Math.exp(random.between(-STEP, STEP))
    dials[d].write(next, Math.min(origin[d] * range, Math.max(origin[d] / range, moved)))
    const tried = await judge(next)
    const gain = Math.log(tried.ratio) - Math.log(current.ratio)
    if (!(gain >= 0 || random.uniform() < Math.exp(gain / temperature))) continue
    current = tried
    if (current.ratio > best.ratio) {
      best = current
      onBest?.(best, x)
    }
  }
  return best
}
