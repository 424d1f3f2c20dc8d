import { DETECTION_THRESHOLD, EnvironmentWatch, greatestChange, type Schedule, stretchesOf } from '@shared/experiment/changes'
import type { ParameterValues } from '@shared/algorithms/parameters'
import { excessOf, isMeasured, type Recovery, type RecoveryPoint, recoveryOf, STARTS, type Start } from '@shared/experiment/recovery'
import type { Environment } from '@shared/model/environment'
import type { References } from '@shared/model/objective'
import { randomStream } from '@shared/model/random'
import { compileScenario, type Scenario } from '@shared/model/scenario'
import type { Backend } from './backend'
import { Evaluator } from './evaluation'
import type { LearnedAlgorithm } from './learner'
import { DelayObserver, type PlacedChain } from './observing'
import { assertFits, readPolicy } from './policy'
import { compileProblem, type Problem, problemOptionsOf } from './problem'
import { Recovering } from './recovering'

export interface OuterOptions {
  algorithm: LearnedAlgorithm
  parameters: ParameterValues
  scenario: Scenario
  schedule: Schedule
  /** The policy whose weights, the meta-parameters, the inner model restarts from. */
  psi: Uint8Array
  seed: number
  /** Held-out workflows of each world. */
  heldOut: number
  split: number
  /** Relative change of a coefficient that calls for a restart. */
  threshold?: number
  /**
   * The outer model sees measured delays alone, with this relative noise σ, and a sequential test decides; left out: an oracle that
   * compares exact coefficients.
   */
  noise?: number
}

/** What one start came to in a world. */
export interface StartRecord extends Recovery {
  points: RecoveryPoint[]
  /** Where it stood when the world ended. */
  finalGap: number
}

/** A world of the schedule, and how the inner model met it. */
export interface WorldRecord {
  /** The first workflow that met it. */
  at: number
  /** The workflow at which the outer model saw it, and by how much the most changed coefficient had; absent where it did not. */
  detectedAt?: number
  relativeChange?: number
  /** Workflows at which the sequential test raised an alarm although nothing had changed. */
  falseAlarms: number[]
  /** What the run that learned on from ψ cost beyond the optimum from the change until it was seen, in Q; 0 for an oracle. */
  unseenExcessCost: number
  /** Mean Q* of its held-out workflows. */
  optimumCost: number
  /** Every task on the device: the same placements in every world, so that costs depend only on the world. */
  localOnly: { cost: number; delaySeconds: number; energyJoules: number }
  /** Learn steps made in it. */
  learnSteps: number
  /** From ψ at each detection; the same run that keeps its weights; the same run restarted from random weights. */
  starts: Record<Start, StartRecord>
}

/** How the outer model comes to know that the world has changed. */
interface Eye {
  /** What it knows after a restart. */
  probe(problem: Problem): void
  /** Asked at every workflow; whether the inner model is to start again. */
  look(problem: Problem, inner: Recovering): boolean
}

function oracle(threshold: number): Eye {
  const watch = new EnvironmentWatch(threshold)
  return {
    probe: ({ compiled }) => void watch.look(compiled.environments),
    look: ({ compiled }) => watch.look(compiled.environments) !== undefined
  }
}

/** Places `round` workflows at a time by the inner model as it is, and sees them come in one by one. */
function observer(noise: number, seed: number, round: number): Eye {
  const random = randomStream(seed, 'observation')
  const test = new DelayObserver(noise, random)
  let coming: PlacedChain[] = []
  return {
    probe: ({ compiled }) => {
      test.probe(compiled.environments)
      coming = []
    },
    look: (problem, inner) => {
      if (coming.length === 0) {
        const episodes = Array.from({ length: round }, () => problem.draw(random))
        const placements = inner.decide('psi', episodes)
        coming = episodes.map(({ chain }, i) => ({ chain, placement: placements[i] }))
      }
      const next = coming.shift()
      return next !== undefined && test.see(problem.compiled, next)
    }
  }
}

/**
 * The outer loop, live: workflows come one by one, and where the outer model takes the world for changed the inner model starts again
 * from ψ. Beside it the same run that keeps its old weights and the same run that restarts from random ones learn on the same
 * workflows. T_ref and E_ref stay those of the first world, so that costs before and after a change are in one unit. Reports each
 * world as it ends. Throws PolicyMisfitError.
 */
export function* runOuterLoop(backend: Backend, options: OuterOptions): Generator<WorldRecord, void> {
  const { algorithm, parameters, scenario, schedule, psi, seed, threshold = DETECTION_THRESHOLD, noise } = options
  const stretches = stretchesOf(scenario.topology, schedule)
  const { references } = compileScenario(scenario)
  const { card } = readPolicy(psi)
  const round = Number(parameters.round)
  // It is not known when the world changes next, so the learning rate falls as in a run of the usual length.
  const learnSteps = Math.max(Number(parameters.learnSteps), Math.ceil(schedule.workflows / round))
  const eye = noise === undefined ? oracle(threshold) : observer(noise, seed, round)
  let recovering: Recovering | undefined
  let known: ReadonlyMap<string, Environment> | undefined
  try {
    for (let k = 0, starts = 0; k < stretches.length; k++) {
      const { from, topology } = stretches[k]
      const until = stretches[k + 1]?.from ?? schedule.workflows
      const problem = problemOf(options, { ...scenario, topology }, references)
      const record = new WorldKeeper(from, problem)
      for (let workflow = from, waiting = 0; workflow < until; workflow++) {
        const isAlarm = recovering !== undefined && eye.look(problem, recovering)
        if (isAlarm || !recovering) {
          const change = known && greatestChange(known, problem.compiled.environments)
          const old: Uint8Array = recovering?.policyOf('old') ?? psi
          recovering?.dispose()
          assertFits(card, problem)
          const policies = { psi, old, random: undefined }
          recovering = new Recovering(
            backend,
            algorithm,
            { ...parameters, learnSteps },
            problem,
            STARTS.map((start) => ({ start, seed: seed + starts, shape: card.shape, policy: policies[start] }))
          )
          starts++
          record.begin(recovering, round, change === undefined ? undefined : { at: workflow, change, isFalse: change <= threshold })
          known = problem.compiled.environments
          eye.probe(problem)
        } else if (workflow === from) {
          recovering.judgeBy(problem)
          record.begin(recovering, round)
        }
        // The inner model learns once a round of workflows has been placed.
        if (++waiting < round) continue
        waiting = 0
        recovering.learn()
        record.step(recovering)
      }
      if (recovering) yield record.end(recovering, round)
    }
  } finally {
    recovering?.dispose()
  }
}

function problemOf({ parameters, heldOut, split }: OuterOptions, scenario: Scenario, references: References): Problem {
  return compileProblem({ scenario, heldOut, split }, { ...problemOptionsOf(parameters), references })
}

/** What made the inner model start again. */
interface Alarm {
  at: number
  /** Of the most changed coefficient. */
  change: number
  /** Nothing had changed. */
  isFalse: boolean
}

const noPoints = (): Record<Start, RecoveryPoint[]> => ({ psi: [], old: [], random: [] })

/** Collects what is measured in one world; learn steps are counted from its beginning, or from where its change was seen. */
class WorldKeeper {
  readonly #at: number
  readonly #localOnly: WorldRecord['localOnly']
  readonly #falseAlarms: number[] = []
  #points = noPoints()
  #first = 0
  #seen: Pick<WorldRecord, 'detectedAt' | 'relativeChange'> = {}
  #unseenExcessCost = 0

  constructor(at: number, problem: Problem) {
    this.#at = at
    const local = problem.heldOut.map(({ tasks }) => new Uint8Array(tasks))
    const { meanCost, meanDelaySeconds, meanEnergyJoules } = new Evaluator(problem).evaluate(local, 0)
    this.#localOnly = { cost: meanCost, delaySeconds: meanDelaySeconds, energyJoules: meanEnergyJoules }
  }

  begin(recovering: Recovering, round: number, alarm?: Alarm): void {
    if (alarm?.isFalse) this.#falseAlarms.push(alarm.at)
    else if (alarm) {
      // Until now the change was not seen: what it cost so far is reported, and recovery counts from here.
      if (this.#points.psi.length > 0) this.#unseenExcessCost = excessOf(this.#points.psi, recovering.optimumCost, round)
      this.#seen = { detectedAt: alarm.at, relativeChange: alarm.change }
    }
    this.#points = noPoints()
    this.#first = recovering.steps
    this.#measure(recovering)
  }

  step(recovering: Recovering): void {
    if (isMeasured(recovering.steps - this.#first)) this.#measure(recovering)
  }

  end(recovering: Recovering, round: number): WorldRecord {
    const learnSteps = recovering.steps - this.#first
    if (!isMeasured(learnSteps)) this.#measure(recovering)
    const { optimumCost } = recovering
    const recordOf = (points: RecoveryPoint[]): StartRecord => ({
      ...recoveryOf(points, optimumCost, round),
      points,
      finalGap: points[points.length - 1].gap
    })
    const starts = Object.fromEntries(STARTS.map((start) => [start, recordOf(this.#points[start])])) as Record<Start, StartRecord>
    return {
      at: this.#at,
      ...this.#seen,
      falseAlarms: this.#falseAlarms,
      unseenExcessCost: this.#unseenExcessCost,
      optimumCost,
      localOnly: this.#localOnly,
      learnSteps,
      starts
    }
  }

  #measure(recovering: Recovering): void {
    for (const { start, gap, cost } of recovering.measure()) this.#points[start].push({ step: recovering.steps - this.#first, gap, cost })
  }
}
