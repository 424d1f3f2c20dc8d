import { type Footprint, footprintOf } from '@shared/run/footprint'
import type { ParameterTable, ParameterValues } from '@shared/algorithms/parameters'
import type { Backend } from '../learn/backend'
import { Ensemble, type EnsembleSnapshot } from '../learn/ensemble'
import { EnvironmentReplay } from '../learn/environment-replay'
import type { Member, RunSize, StepReport } from '../learn/learner'
import { join, partition } from '../learn/packing'
import { type MemberState, stackSnapshots } from '../learn/persistence'
import { stateLength } from '../learn/state'
import { emptyTransitions, temporalDifference, type Transitions } from '../learn/transitions'
import { type KeptMemory, UnitLearner } from '../learn/units'
import { networkOf } from './dmro'
import { type SharedKey, sharedParameters } from './parameters'

/** A replay batch of every unit and the gradient of its error. */
export interface ReplayBatch {
  transitions: Transitions
  gradient(ensemble: Ensemble): ReturnType<typeof temporalDifference>
}

/** A run's memory of every environment, and where its units learn now. */
export interface Pools {
  replay: EnvironmentReplay
  /** [units] the environment each unit learns in. */
  worlds: Int32Array
}

/** How an outer model reads eq. (18) and Algorithm 2, where it does not leave both to a parameter. */
export interface OuterReading {
  /** "max" is eq. (18); "double" lets the online network choose what the frozen one values. */
  target: 'max' | 'double'
  /** Whether a unit learns in another environment than the one it has just placed workflows in (Algorithm 2, line 10), or the same. */
  drawn: 'twice' | 'once'
}

/** What the outer models share: Q-networks ψ that learn over an environment set, to start inner models from. ψ is a policy: named, kept, started from. */
export abstract class OuterModel extends UnitLearner<Pools> {
  /**
   * For every unit an environment to place workflows in, and one to learn in.
   *
   * @paper Algorithm 2, line 4: each unit draws its own environment and stores a round of workflows of it. Pools are kept apart by environment.
   * @paper Algorithm 2, line 10: with "drawn" = "twice", the default, a second draw chooses the environment to learn in among those that
   * have workflows; "once" learns where workflows were just placed.
   */
  protected chooseEnvironments({ drawn }: OuterReading): void {
    const round = this.number('round')
    for (const { problem, streams, memory } of this.runs) {
      const { replay, worlds } = memory
      const draw = () => (problem.worlds === 1 ? 0 : streams.environment.below(problem.worlds))
      for (let unit = 0; unit < this.units; unit++) {
        worlds[unit] = draw()
        replay.add(worlds[unit], round, streams.environment)
        if (drawn === 'once') continue
        do worlds[unit] = draw()
        while (!replay.has(worlds[unit]))
      }
    }
  }

  /**
   * A replay batch of every unit, from its environment; [runs] of `loss` gets each run's mean squared error once the gradient is asked for.
   *
   * @paper Algorithm 2, lines 11–13: transitions of the environment chosen for the batch, their F and reward −F computed there.
   */
  protected draw({ target }: OuterReading, loss = new Float64Array(this.runs.length)): ReplayBatch {
    const batch = this.number('batch')
    const each = batch * this.units
    const transitions = emptyTransitions(this.runs.length * each, stateLength(this.shape))
    for (let unit = 0; unit < this.runs.length * this.units; unit++) {
      const { memory, streams } = this.runOf(unit, this.units)
      memory.replay.sample(memory.worlds[unit % this.units], transitions, unit * batch, batch, streams.replay)
    }
    const discounts = this.runs.map(({ parameters }) => Number(parameters.discount))
    const runAt = (row: number) => Math.floor(row / each)
    return {
      transitions,
      gradient: (ensemble) => {
        const frozen = ensemble.values(transitions.next, 'target')
        const choosing = target === 'double' ? ensemble.values(transitions.next, 'online') : frozen
        return temporalDifference(
          transitions,
          { places: this.shape.places, batch, frozen, choosing },
          (row) => discounts[runAt(row)],
          (row, squared) => (loss[runAt(row)] += squared / each)
        )
      }
    }
  }

  /** [runs] of a learn step's batch. */
  protected reports({ transitions }: ReplayBatch, loss: Float64Array, rates: readonly number[]): StepReport[] {
    const each = this.number('batch') * this.units
    return this.runs.map((_, m) => ({ loss: loss[m], reward: meanReward(transitions, m * each, each), learningRate: rates[m] }))
  }

  /** Learn steps made, as its last checkpoint tells: an inner loop's count, and ψ's own are fewer. */
  protected get restoredSteps(): number {
    const clock = this.restored[0]?.extra.clock as Int32Array | undefined
    return clock?.[0] ?? 0
  }

  /** @paper Algorithm 2, line 2: the pools of all environments are empty at the start. */
  constructor(backend: Backend, members: readonly Member[]) {
    const { problem, parameters } = members[0]
    const units = Number(parameters.units)
    super(backend, members, {
      shaped: networkOf(problem.shape, parameters, 'plain'),
      units,
      remember: (member, kept) => ({
        replay: new EnvironmentReplay(
          member.problem,
          Number(parameters.memoryWorkflows),
          kept && { episodes: kept.episodes, next: kept.extra.next as Int32Array }
        ),
        worlds: kept ? Int32Array.from(kept.extra.worlds as Int32Array) : new Int32Array(units)
      })
    })
  }

  protected kept(m: number): KeptMemory {
    const { replay, worlds } = this.runs[m].memory
    const { episodes, next } = replay.state
    return { episodes, next: 0, extra: { clock: Int32Array.of(this.steps), next, worlds } }
  }
}

/** Reptile and first-order MAML are not of the paper; they learn from the batches of one environment, by Double Q-learning. */
const INNER: OuterReading = { target: 'double', drawn: 'once' }

/**
 * An outer model with an inner loop: ψ is copied to a fast ensemble that learns `innerSteps` steps of plain gradient descent in one
 * environment, before ψ follows by the rule of the algorithm.
 */
export abstract class InnerLoops extends OuterModel {
  #steps = this.restoredSteps
  /** What the inner loop has made of ψ in each unit's environment. */
  protected fast = this.restoredFast()

  /** One learn step of the inner loop; ψ moves at its end. */
  learn(): StepReport[] {
    const innerSteps = this.number('innerSteps')
    const innerRates = this.runs.map(({ parameters }) => Number(parameters.innerRate))
    const rates = this.outerRates()
    if (this.#steps % innerSteps === 0) {
      this.chooseEnvironments(INNER)
      this.fast.dispose()
      this.fast = this.copyOfPsi()
    }
    const loss = new Float64Array(this.runs.length)
    const batch = this.draw(INNER, loss)
    this.fast.learn(batch.transitions.states, batch.gradient(this.fast), 'sgd', this.perUnit(innerRates))
    this.#steps++
    if (this.#steps % innerSteps === 0) this.update(rates)
    return this.reports(batch, loss, rates)
  }

  /** Moves ψ by what the inner loop has found. `rates` are those of `outerRates`. */
  protected abstract update(rates: readonly number[]): void

  /** [runs] how far ψ moves, at the coming learn step. */
  protected abstract outerRates(): number[]

  /** One more replay batch of the same environments. */
  protected drawAgain(): ReplayBatch {
    return this.draw(INNER)
  }

  override get steps(): number {
    return this.#steps
  }

  /** ψ as an ensemble that has not learned yet. */
  private copyOfPsi(): Ensemble {
    const { shape, units } = this.ensemble
    const start = Ensemble.freshSnapshot(shape, units, this.runs[0].streams.init, this.ensemble.snapshot().online)
    return new Ensemble(this.backend, shape, units, start)
  }

  private restoredFast(): Ensemble {
    const held = this.restored.flatMap((state) => (state?.extra.fastOnline ? [fastOf(state, this.units)] : []))
    if (held.length < this.runs.length) return this.copyOfPsi()
    return new Ensemble(this.backend, this.ensemble.shape, this.ensemble.units, stackSnapshots(held))
  }

  protected override kept(m: number): KeptMemory {
    const held = this.unitsOf(m, this.fast)
    const parts = Object.fromEntries(FAST.map((part) => [fastKey(part), join(held[part])]))
    const { extra, ...rest } = super.kept(m)
    return { ...rest, extra: { ...extra, ...parts, fastSteps: Int32Array.of(held.steps) } }
  }

  override dispose(): void {
    this.fast.dispose()
    super.dispose()
  }
}

const FAST = ['online', 'target', 'first', 'second'] as const
const fastKey = (part: (typeof FAST)[number]) => `fast${part[0].toUpperCase()}${part.slice(1)}`

function fastOf({ extra }: MemberState, units: number): EnsembleSnapshot {
  const parts = Object.fromEntries(FAST.map((part) => [part, partition(extra[fastKey(part)] as Float32Array, units)]))
  return { steps: (extra.fastSteps as Int32Array)[0], ...parts } as EnsembleSnapshot
}

/** Mean reward of some rows, in learner's units. */
function meanReward({ rewards }: Transitions, from: number, count: number): number {
  let sum = 0
  for (let row = from; row < from + count; row++) sum += rewards[row]
  return sum / count
}

/** A pool for each environment, filled no faster than workflows are drawn. */
export function outerFootprint(parameters: ParameterValues, size: RunSize): Footprint {
  const [pool, steps, round, units] = ['memoryWorkflows', 'learnSteps', 'round', 'units'].map((key) => Number(parameters[key]))
  return footprintOf({ ...parameters, memoryWorkflows: Math.min(pool * size.environments, steps * round * units) }, size)
}

/** What outer models with an optimiser of their own have before the size of their pools. */
export const RATED = [
  'units',
  'hidden',
  'learnSteps',
  'discount',
  'optimiser',
  'learningRate',
  'learningRateDecay',
  'finalLearningRate',
  'batch'
] as const satisfies readonly SharedKey[]

/** The table of an outer model: `own` shared parameters, and what all of them have; `changes` are other defaults. */
export function outerParameters(own: readonly SharedKey[], changes: Parameters<typeof sharedParameters>[1] = {}): ParameterTable {
  const isTail = (key: SharedKey) => key === 'targetCopy'
  return [
    ...sharedParameters(
      own.filter((key) => !isTail(key)),
      { learnSteps: 3000, learningRateDecay: 'cosine', ...changes }
    ),
    {
      key: 'memoryWorkflows',
      common: true,
      label: 'Memory pool of an environment',
      unit: 'workflows',
      type: 'integer',
      default: 500,
      min: 10,
      max: 100_000,
      sentence: 'Workflows kept for replay of each environment of the set, the oldest overwritten first.'
    },
    ...sharedParameters(['round', ...own.filter(isTail), 'training', 'jitter', 'conditioned', 'evaluateEvery', 'checkpointEvery'], {
      evaluateEvery: 100,
      ...changes
    })
  ]
}
