import { factsOf, type Scenario } from '../model/scenario'
import { devicesOf } from '../model/topology'
import { isGenerated } from '../model/workload'
import type { RunSpec } from './spec'
import type { ParameterValues } from '../algorithms/parameters'

/** The sizes of a world that a run's memory follows from. */
export interface WorldSize {
  /** K. */
  places: number
  /** N of the longest workflow. */
  tasks: number
  /** Workflows kept for the evaluation. */
  heldOut: number
  devices: number
  /** Environments it is compiled for: 1, and as many as a set has. */
  worlds: number
}

/** What a run takes, in bytes: replay filled, every curve point kept. */
export interface Footprint {
  /** Of its worker process at its fullest. */
  memoryBytes: number
  /** Added to the data folder once the run is done: curves and policy. */
  diskBytes: number
}

/**
 * A worker process that places by rule, and one with the tensor library loaded that has learned in a small world. As all that follows,
 * fitted to the greatest resident size of real workers (Linux, native backend); within 30 % of it for worlds of 3 to 256 places, up to 10 networks of 1,024 hidden
 * units and workflows of 1,000 tasks.
 */
const RULE_BYTES = 60e6
const LEARNED_BYTES = 300e6
/** Objects and ids of one workflow in memory, beside its numbers. */
const WORKFLOW_OVERHEAD = 3000
/** What the collector leaves lying about of such objects: this many times as much, up to a bound. */
const GARBAGE = { times: 4, most: 160e6 }
/** The routes from one node to another: some lines and the objects around them. */
const ROUTES_BYTES = 400
/** Workflows drawn that are not collected yet, and inputs of earlier proposals: times as much, up to a bound. */
const DRAWN = 60
const EARLIER = { times: 2, most: 256e6 }
/** Copies of all weights: online, target and moments at all times; gradients and what the optimiser makes of them while it learns. */
const HELD_COPIES = 8
const LEARNING_COPIES = 18
/**
 * What the C library keeps of tensors that are freed, in copies of the weights, up to a bound. Tensors beyond `largest` go back to the
 * system at once; what checkpoints make of their weights, network by network, does not.
 */
const RETAINED = { copies: 100, most: 700e6, largest: 32e6 }
const FLOAT = 4
/** A point of a curve in the database, its index included (measured: 9 to 13). */
const POINT_BYTES = 13
/** A run without any curve: its row, its log, its evaluation. */
const ROW_BYTES = 6000
/** Points that step curves keep at most, and how many such curves there are. */
const STEP_POINTS = 1000
const STEP_CURVES = 5
const EVALUATION_CURVES = 4
/** Points of a search's curves at most, whatever its budget. */
const SEARCH_POINTS = 700

/** The sizes of a scenario as a run meets it. */
export function sizeOf(scenario: Scenario, { heldOut, environments }: Pick<RunSpec, 'heldOut' | 'environments'>): WorldSize {
  const { locations: places, tasks } = factsOf(scenario)
  return {
    places,
    tasks,
    heldOut: isGenerated(scenario.workload) ? heldOut : scenario.workload.workflows.length,
    devices: devicesOf(scenario.topology).length,
    worlds: 1 + (environments ? environments.topologies.length + (environments.family?.members ?? 0) : 0)
  }
}

/** Of one workflow in memory: every step cost (float64), its features and the objects around them. */
export function workflowBytes({ tasks, places }: Pick<WorldSize, 'tasks' | 'places'>): number {
  return tasks * places * places * 8 + (2 * tasks + 1) * 12 + WORKFLOW_OVERHEAD
}

/** What a run of these parameters takes. Algorithms that learn nothing have no learn steps; those that search have curves. */
export function footprintOf(parameters: ParameterValues, world: WorldSize): Footprint {
  const { places, tasks, heldOut, devices, worlds } = world
  const number = (key: string) => (typeof parameters[key] === 'number' ? parameters[key] : 0)
  const each = workflowBytes(world)
  const learnSteps = number('learnSteps')
  const servers = places - 1
  const routes = worlds * ROUTES_BYTES * (servers * (servers + devices) + devices * places)
  const drawn = DRAWN * (each - WORKFLOW_OVERHEAD)
  if (learnSteps === 0) {
    const points = Math.min(number('evaluations'), SEARCH_POINTS) * EVALUATION_CURVES
    return {
      memoryBytes: Math.round(RULE_BYTES + routes + drawn + heldOut * each),
      diskBytes: ROW_BYTES + heldOut * 16 + points * POINT_BYTES
    }
  }

  const units = number('units') || 1
  const hidden = number('hidden')
  const afterValues = number('batchWorkflows') > 0
  // A single network learns beside a double of itself.
  const networks = Math.max(2, units)
  // At most as many kinds of device as there are devices; coefficients tell the environment instead.
  const context = parameters.conditioned === true ? places + (places * (places - 1)) / 2 + 1 : devices > 1 ? devices : 0
  const inputs = 2 * tasks + 1 + context + (afterValues ? 0 : places)
  const weights = inputs * hidden + hidden + hidden * hidden + hidden + hidden * places + places
  const states = Math.max(1, tasks - 1)

  const workflows = Math.max(number('round'), number('memoryWorkflows') || number('memory') / (tasks * units))
  // What an algorithm without after-values keeps of a workflow beside it: proposals and rewards of every unit.
  const kept = Math.min(workflows, number('round') * learnSteps)
  const pool = kept * (each + (afterValues ? 0 : tasks * units * 9 + 800))
  const garbage = Math.min(GARBAGE.most, GARBAGE.times * (kept + heldOut) * WORKFLOW_OVERHEAD)

  /** States of so many rows in a forward pass, twice as inputs, and all that its layers give; `backward` with gradients. */
  const pass = (rows: number, backward: boolean) =>
    rows * (backward ? 3 * inputs + 12 * hidden + 4 * places : 2 * inputs + 6 * hidden + 3 * places) * FLOAT
  const evaluation = pass(networks * heldOut * (afterValues ? states : 1), false)
  const proposed = afterValues ? 0 : networks * number('round') * tasks * places
  const proposals = pass(proposed, false)
  const earlier = Math.min(EARLIER.most, EARLIER.times * proposed * inputs * FLOAT)
  const learning = pass(networks * (number('batchWorkflows') * states || number('batch')), true)
  const allWeights = networks * weights * FLOAT
  const hasCheckpoints = number('checkpointEvery') > 0 && learnSteps > number('checkpointEvery')
  const retained = allWeights <= RETAINED.largest || hasCheckpoints ? Math.min(RETAINED.copies * allWeights, RETAINED.most) : 0

  const evaluations = Math.floor(learnSteps / Math.max(1, number('evaluateEvery'))) + 2
  const points = Math.min(learnSteps, STEP_POINTS) * STEP_CURVES + evaluations * (EVALUATION_CURVES + (units > 1 ? units : 0))
  return {
    memoryBytes: Math.round(
      LEARNED_BYTES +
        routes +
        drawn +
        heldOut * each +
        pool +
        garbage +
        earlier +
        HELD_COPIES * allWeights +
        Math.max(evaluation, proposals, learning + LEARNING_COPIES * allWeights) +
        retained
    ),
    diskBytes: Math.round(ROW_BYTES + heldOut * 16 + points * POINT_BYTES + units * weights * FLOAT)
  }
}
