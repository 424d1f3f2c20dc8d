import type { ParameterValues } from '@shared/algorithms/parameters'
import { advance } from '@shared/model/advance'
import { tableCost } from '@shared/model/cost'
import type { RandomStream } from '@shared/model/random'
import type { Backend } from './backend'
import { normalWeights } from './network'
import type { Episode } from './episode'
import type { Member } from './learner'
import { addCrossEntropy, softmax } from './logits'
import type { AdamOptions } from './optimiser'
import { outputsOf, type ShapedValues } from './policy'
import type { MemberState } from './persistence'
import { Ring } from './ring'
import { restLength, type StateShape } from './state'
import { type KeptMemory, UnitLearner } from './units'
import { outputsOfWholes, type WholeKind, writeScores, writeWhole } from './whole'

/** A workflow and the placement that networks are to propose for it. */
export interface Decided {
  episode: Episode
  /** [tasks] */
  placement: Uint8Array
}

/** The memory pool of a run that proposes whole placements. */
export interface Pool {
  decided: Ring<Decided>
}

/** Learning begins once the memory pool is full to this share (authors' program: 512 of 1,024). */
const START = 0.5

/** Networks for whole workflows: inputs the sizes of all tasks and flows, outputs for all tasks at once. */
export function wholeNetwork(shape: StateShape, parameters: ParameterValues, kind: WholeKind): ShapedValues {
  const outputs = outputsOf(kind, shape)
  if (outputs === undefined) throw new RangeError(`networks of kind "${kind}" are for three places, not ${shape.places}`)
  const network = {
    inputs: restLength(shape),
    hidden: Number(parameters.hidden),
    second: Number(parameters.secondHidden),
    outputs,
    head: 'plain'
  } as const
  return { kind, network }
}

/**
 * What DDLO, DDTO and DROO share: networks propose placements of whole workflows, one of these is chosen by its true Q and stored, and the
 * networks learn to propose what is stored. What is left to them is what is proposed and chosen.
 */
export abstract class ProposingLearner<Memory extends Pool> extends UnitLearner<Memory> {
  readonly #kind: WholeKind

  constructor(
    backend: Backend,
    members: readonly Member[],
    {
      shaped,
      units,
      adam,
      remember
    }: {
      shaped: ShapedValues
      units: number
      adam: AdamOptions
      remember(decided: Ring<Decided>, kept: MemberState | undefined, member: Member): Memory
    }
  ) {
    const { parameters } = members[0]
    const slots = Math.max(Number(parameters.round), Number(parameters.memoryWorkflows))
    super(backend, members, {
      shaped,
      units,
      adam,
      initial: (random) => normalWeights(shaped.network, random),
      remember: (member, kept) =>
        remember(kept ? Ring.from(slots, restoreDecided(kept), kept.next) : new Ring<Decided>(slots), kept, member)
    })
    this.#kind = shaped.kind as WholeKind
  }

  /** Whether there is enough to learn from. All runs side by side have as much. */
  protected get hasEnough(): boolean {
    const { size, capacity } = this.runs[0].memory.decided
    return size >= START * capacity
  }

  /**
   * Draws a round of workflows for every run and stores what `choose` makes of [units] what its units prefer, [N·K] each. [runs] mean −F a
   * task of what was chosen.
   */
  protected placeRound(choose: (m: number, episode: Episode, scores: readonly Float64Array[]) => Uint8Array): number[] {
    const round = this.number('round')
    const { shape, units } = this
    const episodes = this.runs.map(({ problem, streams }) => Array.from({ length: round }, () => problem.draw(streams.environment)))
    const outputs = outputsOfWholes(this.ensemble, shape, episodes)
    const width = outputs.length / (this.ensemble.units * round)
    const scores = Array.from({ length: units }, () => new Float64Array(shape.tasks * shape.places))
    return this.runs.map(({ memory, parameters, streams }, m) => {
      let reward = 0
      episodes[m].forEach((episode, x) => {
        advance()
        for (let j = 0; j < units; j++) {
          const at = ((m * units + j) * round + x) * width
          if (parameters.proposals === 'drawn') addNoise(this.#kind, outputs.subarray(at, at + width), streams.action)
          writeScores(this.#kind, shape, outputs, at, scores[j])
        }
        const placement = choose(m, episode, scores)
        memory.decided.push({ episode, placement })
        reward -= tableCost(episode.costs, shape.places, placement) / episode.tasks
      })
      return reward / round
    })
  }

  /** Every unit learns a batch of its own, drawn with replacement from its run's memory pool. [runs] mean cross-entropy of a task. */
  protected imitate(rates: readonly number[]): number[] {
    const batch = this.number('batchWorkflows')
    const each = batch * this.units
    const rows = batch * this.ensemble.units
    const length = restLength(this.shape)
    const inputs = new Float32Array(rows * length)
    const drawn = Array.from({ length: rows }, (_, row) => {
      const { memory, streams } = this.runOf(row, each)
      const decided = memory.decided.at(streams.replay.below(memory.decided.size))
      writeWhole(decided.episode, inputs, row * length)
      return decided
    })
    const loss = new Float64Array(this.runs.length)
    const gradientOf = (outputs: Float32Array) => {
      const gradient = new Float32Array(outputs.length)
      const width = outputs.length / rows
      drawn.forEach((decided, row) => {
        loss[Math.floor(row / each)] += this.#towards(decided, outputs, gradient, row * width, 1 / (batch * this.shape.tasks))
      })
      return gradient
    }
    this.ensemble.learn(inputs, gradientOf, 'adam', this.perUnit(rates))
    return Array.from(loss, (sum) => sum / each)
  }

  /** Adds the gradient of the cross-entropy towards a stored placement, a task's weighted by `weight`; returns its mean over tasks. */
  #towards({ episode, placement }: Decided, outputs: Float32Array, gradient: Float32Array, at: number, weight: number): number {
    const K = this.shape.places
    const isOfQuestions = this.#kind === 'placement-questions'
    let loss = 0
    for (let i = 0; i < episode.tasks; i++) {
      if (isOfQuestions) {
        loss += addAnswer(outputs, at + 2 * i, placement[i] > 0, gradient, weight)
        // Which of the others is asked of tasks that leave alone.
        if (placement[i] > 0) loss += addAnswer(outputs, at + 2 * i + 1, placement[i] > 1, gradient, weight)
        continue
      }
      const row = at + i * K
      const probabilities = new Float64Array(K)
      const label = new Float32Array(K)
      label[placement[i]] = 1
      // A place the device has no route to, row 0 of the moves, is never proposed.
      softmax(outputs, { at: row, allowed: episode.moves, from: 0 }, probabilities)
      loss += addCrossEntropy(probabilities, label, 0, weight, gradient, row)
    }
    return loss / episode.tasks
  }

  protected keptPool(m: number): KeptMemory {
    const { items, next } = this.runs[m].memory.decided.state
    return {
      episodes: items.map(({ episode }) => episode),
      next,
      extra: { placements: Uint8Array.from(items.flatMap(({ placement }) => [...placement])) }
    }
  }
}

/** Noise with which the greatest output, or the answer, is one drawn by its probability: Gumbel's for logits, logistic for questions. */
function addNoise(kind: WholeKind, outputs: Float32Array, random: RandomStream): void {
  for (let c = 0; c < outputs.length; c++) {
    const u = Math.min(Math.max(random.uniform(), LEAST), 1 - LEAST)
    outputs[c] += kind === 'placement-logits' ? -Math.log(-Math.log(u)) : Math.log(u / (1 - u))
  }
}

/** Keeps the noise finite. */
const LEAST = 1e-12

/** Adds the gradient of the sigmoid cross-entropy of one question, σ(z) − y; returns that cross-entropy. */
export function addAnswer(outputs: Float32Array, at: number, isYes: boolean, gradient: Float32Array, weight: number): number {
  const z = outputs[at]
  gradient[at] += weight * (1 / (1 + Math.exp(-z)) - (isYes ? 1 : 0))
  // log(1 + e^z) − y z, without overflow.
  return Math.max(z, 0) + Math.log1p(Math.exp(-Math.abs(z))) - (isYes ? z : 0)
}

function restoreDecided({ episodes, extra }: MemberState): Decided[] {
  let at = 0
  return episodes.map((episode) => {
    const from = at
    at += episode.tasks
    return { episode, placement: extra.placements.slice(from, at) as Uint8Array }
  })
}
