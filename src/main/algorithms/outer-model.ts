import type { ParameterTable } from '@shared/experiment/parameters'
import type { Backend } from '../learn/backend'
import { bestOfUnits, rollOut } from '../learn/decision'
import { Ensemble, type EnsembleSnapshot } from '../learn/ensemble'
import { EnvironmentReplay } from '../learn/environment-replay'
import { type Learner, type Member, openStreams, type StepReport } from '../learn/learner'
import type { OptimiserName } from '../learn/optimiser'
import { type MemberState, packState, stackSnapshots, unpackState, unstackSnapshots } from '../learn/persistence'
import { join, partition } from '../learn/packing'
import { policyBytes } from '../learn/policy'
import { stateLength } from '../learn/state'
import { emptyTransitions, temporalDifference, type Transitions } from '../learn/transitions'
import { networkOf } from './dmro'
import { freshMember } from './initial'
import { rateOf, sharedParameters } from './parameters'

/** A replay batch of every unit and the gradient of its error. */
export interface Batch {
  transitions: Transitions
  gradient(ensemble: Ensemble): ReturnType<typeof temporalDifference>
}

/** What an outer update may use. */
export interface Outer {
  /** ψ of every unit, with its optimiser's memory. */
  meta: Ensemble
  /** What the inner loop made of ψ in each unit's environment. */
  fast: Ensemble
  optimiser: OptimiserName
  /** The learning rate of each unit. */
  rates: readonly number[]
  /** One more replay batch, of the same environments. */
  draw(): Batch
}

/** How meta-parameters are learned. */
export interface OuterRule {
  /** Learn steps in one environment before ψ moves; 1: every learn step moves ψ itself. */
  innerSteps(parameters: Member['parameters']): number
  /** Moves ψ after an inner loop; returns the ensemble that holds it from now on. */
  update(outer: Outer, parameters: Member['parameters']): Ensemble
}

const FAST = ['online', 'target', 'first', 'second'] as const

/**
 * The outer model: Q-networks whose weights ψ are trained over an environment set, to start inner models from. Every replay batch comes
 * from one environment of the set, drawn again for each unit (Algorithm 2, lines 4 and 10). With an inner loop, ψ is copied to a
 * fast ensemble that learns `innerSteps` steps in one environment before ψ follows by the rule. ψ is a policy: named, kept, started from.
 */
export function outerModel(backend: Backend, members: readonly Member[], rule: OuterRule): Learner {
  const { parameters } = members[0]
  const number = (key: string) => Number(parameters[key])
  const [units, batch, round, totalSteps] = [number('units'), number('batch'), number('round'), number('learnSteps')]
  const innerSteps = rule.innerSteps(parameters)
  const { shape } = members[0].problem
  const K = shape.places
  const shaped = networkOf(shape, parameters, 'plain')
  const length = stateLength(shape)
  const discounts = members.map((member) => Number(member.parameters.discount))

  const restored = members.map((member) => (member.checkpoint ? unpackState(member.checkpoint, member.problem) : undefined))
  let steps = restored[0] ? (restored[0].extra.clock as Int32Array)[0] : 0
  const runs = members.map(({ problem, seed }, m) => {
    const state = restored[m]
    const kept = state && { episodes: state.episodes, next: state.extra.next as Int32Array }
    return {
      problem,
      streams: state?.streams ?? openStreams(seed),
      replay: new EnvironmentReplay(problem, number('memoryWorkflows'), kept),
      /** [units] the environment each unit learns in now. */
      worlds: state ? Int32Array.from(state.extra.worlds as Int32Array) : new Int32Array(units)
    }
  })
  const memberOf = (unit: number) => Math.floor(unit / units)
  const all = units * members.length
  let meta = new Ensemble(
    backend,
    shaped.network,
    all,
    stackSnapshots(members.map((member, m) => restored[m]?.ensemble ?? freshMember(member, shaped, units, runs[m].streams.init)))
  )
  let fast = meta
  if (innerSteps > 1) {
    const held = restored.map((state) => (state?.extra.fastOnline ? fastOf(state, units) : undefined))
    fast = new Ensemble(backend, shaped.network, all, held.every((part) => part !== undefined) ? stackSnapshots(held) : restart())
  }

  /** ψ as an ensemble that has not learned yet. */
  function restart(): EnsembleSnapshot {
    return Ensemble.freshSnapshot(shaped.network, all, runs[0].streams.init, meta.snapshot().online)
  }

  function chooseWorlds(): void {
    for (const { problem, streams, replay, worlds } of runs) {
      for (let unit = 0; unit < units; unit++) {
        worlds[unit] = problem.worlds === 1 ? 0 : streams.environment.below(problem.worlds)
        replay.add(worlds[unit], round, streams.environment)
      }
    }
  }

  function draw(seen: (m: number, squared: number) => void): Batch {
    const transitions = emptyTransitions(all * batch, length)
    for (let unit = 0; unit < all; unit++) {
      const { replay, worlds, streams } = runs[memberOf(unit)]
      replay.sample(worlds[unit % units], transitions, unit * batch, batch, streams.replay)
    }
    const rowMember = (row: number) => memberOf(Math.floor(row / batch))
    return {
      transitions,
      gradient: (ensemble) => {
        // Double Q-learning: the online values choose the next place, the frozen ones value it.
        const values = { frozen: ensemble.values(transitions.next, 'target'), choosing: ensemble.values(transitions.next, 'online') }
        return temporalDifference(
          transitions,
          { places: K, batch, ...values },
          (row) => discounts[rowMember(row)],
          (row, squared) => seen(rowMember(row), squared / (batch * units))
        )
      }
    }
  }

  return {
    totalSteps,
    get steps() {
      return steps
    },
    learn(): StepReport[] {
      const memberRates = members.map((member) => rateOf(member.parameters, steps, totalSteps))
      const rates = memberRates.flatMap((rate) => Array<number>(units).fill(rate))
      const optimiser = parameters.optimiser as OptimiserName
      if (steps % innerSteps === 0) {
        chooseWorlds()
        if (fast !== meta) {
          fast.dispose()
          fast = new Ensemble(backend, shaped.network, all, restart())
        }
      }
      const loss = new Float64Array(members.length)
      const { transitions, gradient } = draw((m, squared) => (loss[m] += squared))
      const innerRates =
        innerSteps > 1 ? members.flatMap((member) => Array<number>(units).fill(Number(member.parameters.innerRate))) : rates
      fast.learn(transitions.states, gradient(fast), innerSteps > 1 ? 'sgd' : optimiser, innerRates)
      steps++
      if (innerSteps > 1 && steps % innerSteps === 0) {
        const moved = rule.update({ meta, fast, optimiser, rates, draw: () => draw(() => {}) }, parameters)
        if (moved !== meta) meta.dispose()
        meta = moved
      } else if (innerSteps === 1 && steps % number('targetCopy') === 0) meta.copyToTarget()
      return members.map((_, m) => ({
        loss: loss[m],
        reward: meanReward(transitions, m * units * batch, units * batch),
        learningRate: memberRates[m]
      }))
    },
    decide(episodes) {
      const schemes = rollOut(meta, shape, episodes)
      return members.map((_, m) => bestOfUnits(episodes[m], K, schemes.slice(m * units, (m + 1) * units)))
    },
    checkpoint(m) {
      const { replay, streams, worlds } = runs[m]
      const { episodes, next } = replay.state
      const held = fast === meta ? undefined : unstackSnapshots(fast.snapshot(), members.length)[m]
      const fastParts = held && Object.fromEntries(FAST.map((part) => [fastKey(part), join(held[part])]))
      return packState({
        ensemble: unstackSnapshots(meta.snapshot(), members.length)[m],
        streams,
        episodes,
        next: 0,
        extra: { clock: Int32Array.of(steps), next, worlds, ...fastParts, ...(held && { fastSteps: Int32Array.of(held.steps) }) }
      })
    },
    policy: (m) => policyBytes(shaped.kind, shaped.network, runs[m].problem, unstackSnapshots(meta.snapshot(), members.length)[m].online),
    dispose() {
      if (fast !== meta) fast.dispose()
      meta.dispose()
    }
  }
}

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

/** What the three ways of learning ψ have in common; `changes` are other defaults. */
export function outerParameters(changes: Parameters<typeof sharedParameters>[1] = {}): ParameterTable {
  return [
    ...sharedParameters(
      ['units', 'hidden', 'learnSteps', 'discount', 'optimiser', 'learningRate', 'learningRateDecay', 'finalLearningRate', 'batch'],
      {
        learnSteps: 3000,
        learningRateDecay: 'cosine',
        ...changes
      }
    ),
    {
      key: 'memoryWorkflows',
      label: 'Memory pool of an environment',
      unit: 'workflows',
      type: 'integer',
      default: 500,
      min: 10,
      max: 100_000,
      sentence: 'Workflows kept for replay of each environment of the set, the oldest overwritten first.'
    },
    ...sharedParameters(['round', 'targetCopy', 'training', 'jitter', 'conditioned', 'evaluateEvery', 'checkpointEvery'], {
      targetCopy: 100,
      evaluateEvery: 100
    })
  ]
}
