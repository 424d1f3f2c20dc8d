import type { Scenario } from '@shared/model/scenario'
import type { AnyProblem } from '../learn/problems'
import { isBatchProblem } from '../learn/problems'
import { observationLength } from '../learn/rollout'

/** What a program is told of a world. */
export interface WorldTold {
  scenario: string
  /** How states are described: eq. (13) of one chain, or features/1 of graphs and shared machines. */
  states: 'chains' | 'graphs'
  /** K. */
  places: number
  /** N, tasks of the longest workflow. */
  tasks: number
  /** M, workflows placed together; an episode of states "chains" is one. */
  together: number
  /** Numbers that describe a state. */
  inputs: number
  /** Mean cost of a task that stays on its device: rewards over it are about −1 or better. */
  costScale: number
  energyWeight: number
}

export function worldTold(problem: AnyProblem, { name, objective }: Scenario): WorldTold {
  const isGraphs = isBatchProblem(problem)
  return {
    scenario: name,
    states: isGraphs ? 'graphs' : 'chains',
    places: problem.shape.places,
    tasks: isGraphs ? problem.tasks : problem.shape.tasks,
    together: isGraphs ? problem.shape.together : 1,
    inputs: observationLength(problem),
    costScale: isGraphs ? 1 / problem.tasks : problem.costScale,
    energyWeight: objective.energyWeight
  }
}
