import { writeFileSync } from 'node:fs'
import { join } from 'node:path'

/** An experiment file of every kind of learner, long enough to be killed in; runs of two seeds and rates train side by side. */
export function experimentFile(home: string, learnSteps: number): string {
  const parameters = { learnSteps, evaluateEvery: 40, checkpointEvery: 50 }
  const file = join(home, 'experiment.json')
  const document = {
    format: 'dmro-experiment/1',
    name: 'killed',
    scenarios: ['one-edge-one-cloud'],
    algorithms: [
      { id: 'dmro', parameters: { ...parameters, units: 2 } },
      { id: 'dqn', parameters: { ...parameters, learningRate: [0.01, 0.003] } },
      { id: 'double-dqn', parameters },
      { id: 'dueling-dqn', parameters },
      { id: 'dmro-plus', parameters: { ...parameters, units: 2 } }
    ],
    seeds: [5, 6],
    heldOut: 20
  }
  writeFileSync(file, JSON.stringify(document))
  return file
}
