import { footprintOf } from '@shared/run/footprint'
import { EXPLORING_METRICS, type Metric } from '@shared/run/metrics'
import { algorithmOne, asSingles, networkOf } from '../../../../src/main/algorithms/dmro'
import { singleNetworkParameters } from '../../../../src/main/algorithms/parameters'
import type { LearnedAlgorithm, Learner } from '../../../../src/main/learn/learner'

/** What it reports beside what others do: its line in the register of metrics. */
export const REST: Metric = {
  key: 'rest',
  label: 'Rest',
  unit: 'rounds',
  sentence: 'Rounds that it rests after a learn step.',
  better: 'neither',
  repeatable: true
}

/** A learner that reports its rest. */
function resting(learner: Learner, rounds: number): Learner {
  return {
    get steps() {
      return learner.steps
    },
    totalSteps: learner.totalSteps,
    learn: () => learner.learn().map((report) => ({ ...report, [REST.key]: rounds })),
    decide: (episodes) => learner.decide(episodes),
    checkpoint: (member) => learner.checkpoint(member),
    policy: (member) => learner.policy(member),
    dispose: () => learner.dispose()
  }
}

/** An algorithm as somebody might add it tomorrow: all that the lab knows of it stands in this file. */
export const patient: LearnedAlgorithm = {
  card: {
    id: 'patient-dqn',
    title: 'Patient DQN',
    kind: 'learned',
    look: { light: '#123abc', dark: '#fedcba', dash: [9, 1], marker: 'hexagon', width: 3 },
    networks: { values: 'state-values', head: 'plain' },
    metrics: [...EXPLORING_METRICS, REST.key],
    summary: 'A DQN that learns only after some patience.',
    reading: 'Planted by a test.',
    parameters: [
      ...singleNetworkParameters,
      {
        key: 'patience',
        label: 'Patience',
        unit: 'rounds',
        paces: true,
        type: 'integer',
        default: 3,
        min: 1,
        max: 9,
        sentence: 'Rounds before it learns.'
      }
    ]
  },
  network: (shape, parameters) => networkOf(shape, parameters, 'plain'),
  footprint: (parameters, size) => ({ ...footprintOf(parameters, size), memoryBytes: 7e9 + Number(parameters.patience) }),
  start: (backend, members) =>
    resting(algorithmOne(backend, asSingles(members), { target: 'max', head: 'plain' }), Number(members[0].parameters.patience))
}
