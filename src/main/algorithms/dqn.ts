import type { LearnedAlgorithm } from '../learn/learner'
import { algorithmOne } from './dmro'
import { singleNetworkParameters } from './parameters'

export const dqn: LearnedAlgorithm = {
  card: {
    id: 'dqn',
    title: 'DQN',
    kind: 'learned',
    summary: 'One Q-network with a frozen target (V. Mnih et al. 2015).',
    reading: 'Algorithm 1 with a single unit, whose proposal is always followed; its reward is −F.',
    parameters: singleNetworkParameters
  },
  start: (backend, members, values) =>
    algorithmOne(backend, members, { ...values, units: 1, reward: 'cost' }, { target: 'max', head: 'plain' })
}
