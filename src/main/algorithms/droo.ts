import { LEARNED_METRICS } from '@shared/run/metrics'
import type { Backend } from '../learn/backend'
import type { Episode } from '../learn/episode'
import type { LearnedAlgorithm, Member, StepReport } from '../learn/learner'
import { type Pool, ProposingLearner, wholeNetwork } from '../learn/proposing'
import type { KeptMemory } from '../learn/units'
import { candidatesOf, leastOf } from '../learn/whole'
import { SHORT_MEMORY, WHOLE_CHAINS } from './ddlo'
import { drawnParameter, proposingParameters } from './parameters'

/** The number of candidates follows the best of so many workflows. */
const WINDOW = 32
const WEIGHT_DECAY = 1e-4

interface Memory extends Pool {
  /** How many candidates are compared now. */
  candidates: number
  /** Workflows placed, and the greatest index (0-based) that was best since the number of candidates was last set. */
  frames: number
  greatest: number
}

/**
 * DROO: one network, of whose output several candidates are made and compared by their true Q; the best is used, stored and learned. How
 * many follows from which were best of late (L. Huang et al. 2020).
 */
class Droo extends ProposingLearner<Memory> {
  /** One learn step: a round of workflows is placed and stored, then the network learns once. Before there is enough, further rounds come first. */
  learn(): StepReport[] {
    const rates = this.rates()
    let reward: number[]
    do {
      reward = this.placeRound((m, episode, [scores]) => this.#best(this.runs[m].memory, episode, scores))
    } while (!this.hasEnough)
    const loss = this.imitate(rates)
    return this.runs.map((_, m) => ({ loss: loss[m], reward: reward[m], learningRate: rates[m] }))
  }

  /** The best of the candidates; counts which it was. */
  #best(memory: Memory, episode: Episode, scores: Float64Array): Uint8Array {
    const { places, tasks } = this.shape
    const candidates = candidatesOf(episode, places, scores, memory.candidates)
    const best = leastOf(episode, places, candidates)
    memory.greatest = Math.max(memory.greatest, best)
    if (++memory.frames % WINDOW === 0) {
      memory.candidates = Math.min(tasks, memory.greatest + 2)
      memory.greatest = 0
    }
    return candidates[best]
  }

  constructor(backend: Backend, members: readonly Member[]) {
    const { problem, parameters } = members[0]
    super(backend, members, {
      shaped: wholeNetwork(problem.shape, parameters, 'placement-logits'),
      units: 1,
      adam: { beta1: SHORT_MEMORY, weightDecay: WEIGHT_DECAY },
      remember: (decided, kept) => {
        const [candidates, frames, greatest] = kept?.extra.frames ?? [problem.shape.tasks, 0, 0]
        return { decided, candidates, frames, greatest }
      }
    })
  }

  protected override candidates(m: number): number {
    return this.runs[m].memory.candidates
  }

  protected kept(m: number): KeptMemory {
    const { candidates, frames, greatest } = this.runs[m].memory
    const pool = this.keptPool(m)
    return { ...pool, extra: { ...pool.extra, frames: Int32Array.of(candidates, frames, greatest) } }
  }
}

export const droo: LearnedAlgorithm = {
  card: {
    id: 'droo',
    title: 'DROO',
    kind: 'learned',
    look: { light: '#11666b', dark: '#4fb3ba', dash: [12, 3, 3, 3], marker: 'diamond' },
    networks: { values: 'placement-logits', head: 'plain' },
    metrics: LEARNED_METRICS,
    chainsOnly: WHOLE_CHAINS,
    summary: 'One network whose least certain tasks are turned over; the best of these placements by its true Q is used and learned.',
    reading:
      'L. Huang et al. 2020, verified at the authors’ program: 120 and 80 hidden units, a memory of 1,024 from half of which on it learns, batches of 128, Adam 0.01 with β₁ 0.09 and decay 10⁻⁴, order-preserving candidates, of which every 32 workflows as many are kept as the last best one needs and one more, N at first. Our reading for K places: a softmax over each task’s K outputs; a candidate turns a task to its second choice with all less certain ones of the same two choices, which for two places are the thresholds of the original; and in training candidates are made around a drawn placement instead of the most probable one (measured: 1 to 1.5 % gap instead of 1 to 14 % on one-edge-one-cloud). “Proposals” has the other reading.',
    parameters: proposingParameters([drawnParameter])
  },
  network: (shape, parameters) => wholeNetwork(shape, parameters, 'placement-logits'),
  start: (backend, members) => new Droo(backend, members)
}
