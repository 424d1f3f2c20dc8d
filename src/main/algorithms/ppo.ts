import type { ParameterTable } from '@shared/algorithms/parameters'
import { footprintOf } from '@shared/run/footprint'
import { LEARNED_METRICS } from '@shared/run/metrics'
import {
  actorCriticNetwork,
  gradientOfRows,
  packPractice,
  type Practice,
  practise,
  type RowLoss,
  statesOfAll,
  unpackPractice
} from '../learn/acting'
import type { Backend } from '../learn/backend'
import { BatchActing, checkBatchActing } from '../learn/batches/acting'
import type { LearnedAlgorithm, Member, StepReport } from '../learn/learner'
import { addEntropy, addLogProbability, clipNorm, clippedObjective, entropyOf } from '../learn/logits'
import { type KeptMemory, UnitLearner } from '../learn/units'
import { entropyParameter, sharedParameters, valueWeightParameter } from './parameters'

/** PPO's clipped objective in place of A log π(a). */
const ppoLoss: RowLoss = ({ row, action, probabilities, value, share }, { logs, advantages, returns }, parameters, gradient, at) => {
  const [entropy, valueWeight, clip] = [Number(parameters.entropy), Number(parameters.valueWeight), Number(parameters.clip)]
  const error = value - returns[row]
  const ratio = Math.exp(Math.log(probabilities[action]) - logs[row])
  const { objective, slope } = clippedObjective(ratio, advantages[row], clip)
  addLogProbability(probabilities, action, -share * slope, gradient, at)
  addEntropy(probabilities, -share * entropy, gradient, at)
  gradient[at + probabilities.length] = 2 * share * valueWeight * error
  return share * (valueWeight * error * error - objective - entropy * entropyOf(probabilities))
}

/** What a run practised last, learned from for several epochs; none at the very start. */
interface Memory {
  practice?: Practice
}

/** Proximal policy optimisation with generalised advantages (J. Schulman et al. 2017, 2016). A learn step is one epoch over all that was practised. */
class Ppo extends UnitLearner<Memory> {
  /** One learn step: every few of them a round of workflows is placed by chance, several times each; then all of it is learned from once. */
  learn(): StepReport[] {
    const { runs } = this
    const rates = this.rates()
    if (this.steps % this.number('epochs') === 0) this.#practise()
    const practices = runs.map(({ memory }) => memory.practice as Practice)
    const loss = new Float64Array(runs.length)
    const own = runs.map(({ parameters }) => parameters)
    const gradients = this.ensemble.gradientOf(statesOfAll(practices), gradientOfRows(practices, own, ppoLoss, loss))
    gradients.forEach((gradient, m) => {
      clipNorm(gradient, Number(runs[m].parameters.gradientNorm))
    })
    this.ensemble.follow(gradients, 'adam', this.perUnit(rates))
    return runs.map((_, m) => ({ loss: loss[m], reward: practices[m].reward, learningRate: rates[m] }))
  }

  #practise(): void {
    const { runs } = this
    const [round, repeats] = [this.number('round'), this.number('repeats')]
    const episodes = runs.map(({ problem, streams }) =>
      Array.from({ length: round }, () => problem.draw(streams.environment)).flatMap((episode) => Array(repeats).fill(episode))
    )
    const practices = practise(
      this.ensemble,
      this.shape,
      episodes,
      runs.map(({ streams }) => streams.action),
      runs.map(({ parameters }) => ({ discount: Number(parameters.discount), lambda: Number(parameters.lambda) }))
    )
    practices.forEach((practice, m) => {
      runs[m].memory.practice = practice
    })
  }

  constructor(backend: Backend, members: readonly Member[]) {
    const { problem, parameters } = members[0]
    super(backend, members, {
      shaped: actorCriticNetwork(problem.shape, parameters),
      units: 1,
      remember: (_, kept) => ({ practice: kept && unpackPractice(kept.extra) })
    })
  }

  protected kept(m: number): KeptMemory {
    return { episodes: [], next: 0, extra: packPractice(this.runs[m].memory.practice) }
  }
}

const parameters: ParameterTable = [
  ...sharedParameters(['hidden', 'learnSteps', 'discount', 'learningRate', 'learningRateDecay', 'finalLearningRate', 'round'], {
    learnSteps: 4000,
    learningRate: 0.005,
    learningRateDecay: 'cosine',
    round: 10
  }),
  {
    key: 'repeats',
    paces: true,
    label: 'Episodes per workflow',
    type: 'integer',
    default: 10,
    min: 1,
    max: 1000,
    sentence: 'How often each drawn workflow is placed by chance before it is learned from.'
  },
  {
    key: 'epochs',
    common: true,
    paces: true,
    label: 'Epochs',
    unit: 'learn steps',
    type: 'integer',
    default: 4,
    min: 1,
    max: 1000,
    sentence: 'Learn steps from the same placements, after which new workflows are placed.'
  },
  {
    key: 'clip',
    stacks: true,
    common: true,
    label: 'Clip',
    type: 'number',
    default: 0.2,
    min: 0.001,
    max: 10,
    sentence: 'How far a probability may move from what it was while the same placements are learned from, as a share of it.'
  },
  {
    key: 'lambda',
    stacks: true,
    label: 'Trace of advantages',
    symbol: 'λ',
    type: 'number',
    default: 0.95,
    min: 0,
    max: 1,
    sentence: 'Weight of later errors in an advantage: 1 is the return of the workflow, 0 the next step alone.'
  },
  entropyParameter,
  valueWeightParameter,
  {
    key: 'gradientNorm',
    stacks: true,
    label: 'Gradient norm',
    type: 'number',
    default: 1,
    min: 1e-6,
    max: 1e6,
    sentence: 'The most that the norm of a gradient may be; a longer one is scaled down to it.'
  },
  ...sharedParameters(['training', 'jitter', 'conditioned', 'evaluateEvery', 'checkpointEvery'])
]

export const ppo: LearnedAlgorithm = {
  card: {
    id: 'ppo',
    title: 'PPO',
    kind: 'learned',
    look: { light: '#b3246b', dark: '#e87fb3', dash: [8, 2, 2, 2], marker: 'hexagon' },
    networks: { values: 'actor-critic', head: 'plain' },
    graphDefaults: { round: 5, learnSteps: 3000, evaluateEvery: 300 },
    metrics: LEARNED_METRICS,
    summary: 'Actor–critic that learns from the same placements for several epochs, within bounds on how far probabilities move.',
    reading:
      'J. Schulman et al. 2017 with numbers of DRLTO, verified at its authors’ program: clip 0.2, λ 0.95, value weight 0.5, gradient norm 1, 10 episodes of each workflow, 4 epochs. Their entropy weight 0.01 and Adam 0.0005 leave every task on the device here (58 % gap on one-edge-one-cloud), so ours are 1 and 0.005 with cosine decay. Their LSTM encoder and decoder are left out: it sees the state of eq. (13), as every algorithm here. Our reading: a shared trunk of 64 and 64, every epoch one batch, rewards of about −1 for a task on the device.',
    parameters
  },
  network: actorCriticNetwork,
  footprint: (own, size) => footprintOf({ ...own, batch: Number(own.round) * Number(own.repeats) * size.tasks }, size),
  start: (backend, members) => new Ppo(backend, members),
  batches: {
    checkInitial: checkBatchActing,
    start: (backend, members) =>
      new BatchActing(backend, members, {
        lossOf: ppoLoss,
        epochs: Number(members[0].parameters.epochs),
        repeats: Number(members[0].parameters.repeats),
        lambdaOf: ({ lambda }) => Number(lambda),
        normOf: ({ gradientNorm }) => Number(gradientNorm)
      })
  }
}
