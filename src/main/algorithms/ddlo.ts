import type { ParameterValues } from '@shared/algorithms/parameters'
import { LEARNED_METRICS } from '@shared/run/metrics'
import type { Backend } from '../learn/backend'
import type { LearnedAlgorithm, Learner, Member, StepReport } from '../learn/learner'
import { type Pool, ProposingLearner, wholeNetwork } from '../learn/proposing'
import type { StateShape } from '../learn/state'
import type { KeptMemory } from '../learn/units'
import { leastOf, placeByScores, type WholeKind } from '../learn/whole'
import { drawnParameter, proposingParameters, sharedParameters } from './parameters'

/** β₁ of Adam in the authors' program. */
export const SHORT_MEMORY = 0.09

/**
 * DDLO: s networks propose a placement each, the one of least Q is used and stored in one memory pool, and each network learns batches of its
 * own from there (L. Huang et al. 2018).
 */
class Ddlo extends ProposingLearner<Pool> {
  /** One learn step: a round of workflows is placed and stored, then every network learns once. Before there is enough, further rounds come first. */
  learn(): StepReport[] {
    const rates = this.rates()
    let reward: number[]
    do {
      reward = this.placeRound((_, episode, scores) => {
        const proposals = scores.map((own) => placeByScores(episode, this.shape.places, own))
        return proposals[leastOf(episode, this.shape.places, proposals)]
      })
    } while (!this.hasEnough)
    const loss = this.imitate(rates)
    return this.runs.map((_, m) => ({ loss: loss[m], reward: reward[m], learningRate: rates[m] }))
  }

  constructor(backend: Backend, members: readonly Member[], kind: (shape: StateShape) => WholeKind) {
    const { problem, parameters } = members[0]
    super(backend, members, {
      shaped: wholeNetwork(problem.shape, parameters, kind(problem.shape)),
      units: Number(parameters.units),
      adam: { beta1: SHORT_MEMORY },
      remember: (decided) => ({ decided })
    })
  }

  protected kept(m: number): KeptMemory {
    return this.keptPool(m)
  }
}

/** DDLO, or a variant whose networks answer otherwise, for runs of one shape. */
export function proposers(backend: Backend, members: readonly Member[], kind: (shape: StateShape) => WholeKind): Learner {
  return new Ddlo(backend, members, kind)
}

/** Why what sees a whole workflow at once places chains alone. */
export const WHOLE_CHAINS = 'it decides a whole workflow from its list of sizes, and a graph has no such list'

/** How many networks propose, and how while they train. */
export const proposerParameters = proposingParameters([
  ...sharedParameters(['units'], { units: 3 }).map((each) => ({
    ...each,
    sentence: 'How many networks propose; of their placements the one with the least true Q is used and stored.'
  })),
  drawnParameter
])

const networkOf = (shape: StateShape, parameters: ParameterValues) => wholeNetwork(shape, parameters, 'placement-logits')

export const ddlo: LearnedAlgorithm = {
  card: {
    id: 'ddlo',
    title: 'DDLO',
    kind: 'learned',
    look: { light: '#1f6f3d', dark: '#58b87d', dash: [9, 3], marker: 'triangle-down' },
    networks: { values: 'placement-logits', head: 'plain' },
    metrics: LEARNED_METRICS,
    chainsOnly: WHOLE_CHAINS,
    summary: 'Several networks propose whole placements; the best by its true Q is stored, and all of them learn what is stored.',
    reading:
      'L. Huang et al. 2018, verified at the authors’ program: three networks of 120 and 80 hidden units, a memory of 1,024 from half of which on they learn, batches of 128, Adam 0.01 with β₁ 0.09. Our reading of what that leaves open: K places by a softmax over each task’s K outputs instead of one sigmoid, sizes scaled as everywhere here; and proposals are drawn in training, since the most probable ones of all networks soon agree on a poor placement (measured: 17 to 49 % gap instead of 1 to 3 % on one-edge-one-cloud). “Proposals” has the other reading.',
    parameters: proposerParameters
  },
  network: networkOf,
  start: (backend, members) => proposers(backend, members, () => 'placement-logits')
}
