import { DETECTION_THRESHOLD, EnvironmentWatch, type Schedule, stretchesOf } from '@shared/experiment/changes'
import type { ParameterValues } from '@shared/experiment/parameters'
import { isMeasured, type Recovery, type RecoveryPoint, recoveryOf, STARTS, type Start } from '@shared/experiment/recovery'
import type { Scenario } from '@shared/model/scenario'
import type { Backend } from './backend'
import type { LearnedAlgorithm } from './learner'
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
  /** Mean Q* of its held-out workflows. */
  optimumCost: number
  /** Learn steps made in it. */
  learnSteps: number
  /** From ψ at each detection; the same run that keeps its weights; the same run restarted from random weights. */
  starts: Record<Start, StartRecord>
}

/**
 * The outer loop, live: workflows come one by one; at each, the compiled coefficients of the world are looked at, and where they
 * have changed the inner model starts again from ψ. Beside it the same run that keeps its old weights and the same run that
 * restarts from random ones learn on the same workflows. Reports each world as it ends. Throws PolicyMisfitError.
 */
export function* runOuterLoop(backend: Backend, options: OuterOptions): Generator<WorldRecord, void> {
  const { algorithm, parameters, scenario, schedule, psi, seed, threshold = DETECTION_THRESHOLD } = options
  const stretches = stretchesOf(scenario.topology, schedule)
  const { card } = readPolicy(psi)
  const round = Number(parameters.round)
  // Nobody knows when the world changes next, so the learning rate falls as it would in a run of the usual length.
  const learnSteps = Math.max(Number(parameters.learnSteps), Math.ceil(schedule.workflows / round))
  const watch = new EnvironmentWatch(threshold)
  let recovering: Recovering | undefined
  try {
    for (let k = 0; k < stretches.length; k++) {
      const { from, topology } = stretches[k]
      const until = stretches[k + 1]?.from ?? schedule.workflows
      const problem = problemOf(options, { ...scenario, topology })
      const record = new WorldKeeper(from)
      for (let workflow = from, waiting = 0; workflow < until; workflow++) {
        const change = watch.look(problem.compiled.environments)
        if (change !== undefined || !recovering) {
          const old: Uint8Array = recovering?.policyOf('old') ?? psi
          recovering?.dispose()
          assertFits(card, problem)
          const policies = { psi, old, random: undefined }
          recovering = new Recovering(
            backend,
            algorithm,
            { ...parameters, learnSteps },
            problem,
            STARTS.map((start) => ({ start, shape: card.shape, policy: policies[start] })),
            seed + k
          )
          record.begin(recovering, change === undefined ? undefined : { detectedAt: workflow, relativeChange: change })
        } else if (workflow === from) {
          recovering.judgeBy(problem)
          record.begin(recovering)
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

function problemOf({ parameters, heldOut, split }: OuterOptions, scenario: Scenario): Problem {
  return compileProblem({ scenario, heldOut, split }, problemOptionsOf(parameters))
}

/** Collects what is measured in one world; learn steps are counted from its beginning. */
class WorldKeeper {
  readonly #at: number
  readonly #points: Record<Start, RecoveryPoint[]> = { psi: [], old: [], random: [] }
  #first = 0
  #seen: Pick<WorldRecord, 'detectedAt' | 'relativeChange'> = {}

  constructor(at: number) {
    this.#at = at
  }

  begin(recovering: Recovering, seen: Pick<WorldRecord, 'detectedAt' | 'relativeChange'> = {}): void {
    this.#first = recovering.steps
    this.#seen = seen
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
    return { at: this.#at, ...this.#seen, optimumCost, learnSteps, starts }
  }

  #measure(recovering: Recovering): void {
    for (const { start, gap, cost } of recovering.measure()) this.#points[start].push({ step: recovering.steps - this.#first, gap, cost })
  }
}
