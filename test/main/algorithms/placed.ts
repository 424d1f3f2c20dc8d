import { BestSoFar, type PlacingAlgorithm, type PlacingProgress, placingTask } from '../../../src/main/learn/placing'
import type { Problem } from '../../../src/main/learn/problem'
import type { ParameterValues } from '../../../src/shared/algorithms/parameters'

/** [episodes] how an algorithm without training, which takes no turns, places a problem's held-out workflows. */
export function placed(algorithm: PlacingAlgorithm, problem: Problem, parameters: ParameterValues = {}, seed = 1): Uint8Array[] {
  const task = placingTask(problem, { parameters, seed })
  const best = new BestSoFar(task)
  for (const progress of algorithm.place(task).progress as Iterable<PlacingProgress>) best.take(progress)
  return best.all(algorithm.card.id)
}
