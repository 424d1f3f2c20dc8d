import type { ParameterTable } from '@shared/algorithms/parameters'
import { footprintOf } from '@shared/run/footprint'
import { LEARNED_METRICS } from '@shared/run/metrics'
import { actorCriticNetwork, gradientOfRows, practise, type RowLoss, statesOfAll } from '../learn/acting'
import type { Backend } from '../learn/backend'
import { BatchActing, checkBatchActing } from '../learn/batches/acting'
import type { LearnedAlgorithm, Member, StepReport } from '../learn/learner'
import { addEntropy, addLogProbability, entropyOf } from '../learn/logits'
import { type KeptMemory, UnitLearner } from '../learn/units'
import { entropyParameter, sharedParameters, valueWeightParameter } from './parameters'

/** −A log π(a) − w_H H + w_V (V − return)². */
const actorCriticLoss: RowLoss = ({ row, action, probabilities, value, share }, { advantages, returns }, parameters, gradient, at) => {
  const [entropy, valueWeight] = [Number(parameters.entropy), Number(parameters.valueWeight)]
  const error = value - returns[row]
  addLogProbability(probabilities, action, -share * advantages[row], gradient, at)
  addEntropy(probabilities, -share * entropy, gradient, at)
  gradient[at + probabilities.length] = 2 * share * valueWeight * error
  const objective = advantages[row] * Math.log(probabilities[action]) + entropy * entropyOf(probabilities)
  return share * (valueWeight * error * error - objective)
}

/**
 * Advantage actor–critic: one network with a shared trunk gives the probabilities of places and V. Workflows are placed by chance, and each
 * move is made more probable by how much better its workflow ended than V had told (V. Mnih et al. 2016, with the return of the whole workflow).
 */
class ActorCritic extends UnitLearner<undefined> {
  /** One learn step: a round of workflows is placed by chance, then learned from once. */
  learn(): StepReport[] {
    const { shape, runs } = this
    const rates = this.rates()
    const round = this.number('round')
    const episodes = runs.map(({ problem, streams }) => Array.from({ length: round }, () => problem.draw(streams.environment)))
    const practices = practise(
      this.ensemble,
      shape,
      episodes,
      runs.map(({ streams }) => streams.action),
      runs.map(({ parameters }) => ({ discount: Number(parameters.discount), lambda: 1 }))
    )
    const loss = new Float64Array(runs.length)
    const own = runs.map(({ parameters }) => parameters)
    this.ensemble.learn(statesOfAll(practices), gradientOfRows(practices, own, actorCriticLoss, loss), 'adam', this.perUnit(rates))
    return runs.map((_, m) => ({ loss: loss[m], reward: practices[m].reward, learningRate: rates[m] }))
  }

  constructor(backend: Backend, members: readonly Member[]) {
    const { problem, parameters } = members[0]
    super(backend, members, { shaped: actorCriticNetwork(problem.shape, parameters), units: 1, remember: () => undefined })
  }

  /** Nothing is remembered: every round is learned from once. */
  protected kept(): KeptMemory {
    return { episodes: [], next: 0, extra: {} }
  }
}

const parameters: ParameterTable = [
  ...sharedParameters(['hidden', 'learnSteps', 'discount', 'learningRate', 'learningRateDecay', 'finalLearningRate', 'round'], {
    learnSteps: 4000,
    learningRate: 0.01,
    learningRateDecay: 'cosine',
    round: 32
  }),
  entropyParameter,
  valueWeightParameter,
  ...sharedParameters(['training', 'jitter', 'conditioned', 'evaluateEvery', 'checkpointEvery'])
]

export const actorCritic: LearnedAlgorithm = {
  card: {
    id: 'actor-critic',
    title: 'Actor–critic',
    kind: 'learned',
    look: { light: '#9b3f1d', dark: '#e08a63', dash: [5, 3], marker: 'square' },
    networks: { values: 'actor-critic', head: 'plain' },
    graphDefaults: { evaluateEvery: 300 },
    metrics: LEARNED_METRICS,
    summary:
      'One network gives the probabilities of places and the value of the state; moves that end better than told become more probable.',
    reading:
      'After the actor–critic of the related work, whose text was not to be had; all of it is our reading (V. Mnih et al. 2016): the state of eq. (13), a shared trunk of 64 and 64, the return of the whole workflow, entropy weight 1, Adam 0.01 with cosine decay; with the usual 0.01 and 0.001 every task stays on the device (58 % gap on one-edge-one-cloud). Deciding, the most probable place is taken.',
    parameters
  },
  network: actorCriticNetwork,
  footprint: (own, size) => footprintOf({ ...own, batch: Number(own.round) * size.tasks }, size),
  start: (backend, members) => new ActorCritic(backend, members),
  batches: {
    checkInitial: checkBatchActing,
    start: (backend, members) =>
      new BatchActing(backend, members, {
        lossOf: actorCriticLoss,
        epochs: 1,
        repeats: 1,
        lambdaOf: () => 1,
        normOf: () => Infinity
      })
  }
}
