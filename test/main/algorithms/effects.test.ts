import { beforeAll, describe, expect, it } from 'vitest'
import { ALGORITHMS } from '../../../src/main/algorithms'
import { type Backend, loadBackend } from '../../../src/main/learn/backend'
import { type Algorithm, isLearned } from '../../../src/main/learn/learner'
import { place } from '../../../src/main/training/placing'
import { train } from '../../../src/main/training/training'
import type { MemberProgress, Trainee, TrainingEnd } from '../../../src/main/training/training-member'
import type { RunSpec } from '../../../src/shared/run/spec'
import { type Parameter, type ParameterValue, type ParameterValues, parametersOfRun } from '../../../src/shared/algorithms/parameters'
import { PAPER_GENERATOR } from '../../../src/shared/model/workload'
import { GENERATED, ONE_EDGE_ONE_CLOUD, scenario, TRAPS } from '../learn/worlds'

/** Every declared parameter has an effect: a run that differs in it alone records something else. */

let backend: Backend
beforeAll(async () => {
  backend = await loadBackend()
})

const environments: RunSpec['environments'] = {
  name: 'around',
  topologies: [],
  family: { around: ONE_EDGE_ONE_CLOUD, members: 3, seed: 3, bandwidth: 0.4, serverSpeed: 0.4, deviceSpeed: 0.2, energy: 0 }
}

/** As small as shows the effect of each; what is not named stands at its default. */
const SMALL: ParameterValues = {
  // Of two proposals the worst is the other: the rewards of the text and −F then are the same.
  units: 3,
  hidden: 4,
  learnSteps: 20,
  learningRate: 0.1,
  batch: 4,
  batchWorkflows: 2,
  memory: 100,
  memoryWorkflows: 10,
  demonstrations: 10,
  secondHidden: 4,
  repeats: 2,
  epochs: 4,
  entropy: 0.01,
  round: 2,
  targetCopy: 8,
  evaluateEvery: 10,
  checkpointEvery: 8,
  innerSteps: 2,
  horizon: 1,
  evaluations: 3,
  states: 4,
  samples: 16,
  beam: 1,
  polish: 5,
  tailBeam: 1,
  candidates: 4,
  trialPolish: 10
}
/** Curves that say a parameter back, whether anybody read it or not; and the one of the clock. */
const ECHOES = new Set(['learningRate', 'epsilon', 'speed'])

/** Graphs that share machines, for parameters that have an effect there alone. */
const GRAPHS: RunSpec['scenario'] = {
  ...scenario(ONE_EDGE_ONE_CLOUD, {
    ...GENERATED,
    generator: {
      ...PAPER_GENERATOR,
      users: 1,
      workflowsPerUser: 2,
      tasks: 8,
      graph: { fat: [0.5, 0.7], density: [0.4, 0.8], flows: 'split' }
    }
  }),
  execution: 'shared'
}

/** The same as a stream, for parameters that have an effect on streams alone. */
const STREAM: RunSpec['scenario'] = {
  ...GRAPHS,
  workload: {
    ...GENERATED,
    generator: {
      ...PAPER_GENERATOR,
      users: 1,
      workflowsPerUser: 2,
      tasks: 5,
      graph: { fat: [0.5, 0.7], density: [0.4, 0.8], flows: 'split' },
      together: 2,
      gapSeconds: 5
    }
  }
}
type On = 'chains' | 'graphs' | 'streams'
const WORLDS: Partial<Record<On, RunSpec['scenario']>> = { graphs: GRAPHS, streams: STREAM }

function smallOf({ card }: Algorithm, changes: ParameterValues = {}): ParameterValues {
  const own = Object.entries({ ...SMALL, ...changes }).filter(([key]) => card.parameters.some((parameter) => parameter.key === key))
  const defaults = Object.fromEntries(card.parameters.map((parameter) => [parameter.key, parameter.default]))
  return { ...defaults, ...Object.fromEntries(own) }
}

/** All that a run leaves behind, but for times and echoes, as text. */
async function recorded(algorithm: Algorithm, parameters: ParameterValues, on: On = 'chains'): Promise<string> {
  const { card } = algorithm
  const spec: RunSpec = {
    scenario: WORLDS[on] ?? scenario(ONE_EDGE_ONE_CLOUD, isLearned(algorithm) ? GENERATED : TRAPS),
    algorithm: card.id,
    parameters,
    seed: 1,
    heldOut: 5,
    split: 0,
    ...(card.needsEnvironments && { environments })
  }
  const curves = new Map<string, number[]>()
  const checkpoints: number[] = []
  let end: TrainingEnd | undefined
  // How points are parcelled goes by the clock: kept one by one.
  const report = async ({ learnSteps, points, checkpoint }: MemberProgress) => {
    for (const { metric, steps, values } of points) {
      if (!ECHOES.has(metric)) curves.set(metric, [...(curves.get(metric) ?? []), ...[...steps].flatMap((step, at) => [step, values[at]])])
    }
    if (checkpoint) checkpoints.push(learnSteps)
  }
  const fail = (error: unknown) => {
    throw error
  }
  const trainee: Trainee = { spec, hooks: { wanted: () => 'go', report, end: (each) => (end = each), fail } }
  await (isLearned(algorithm) ? train(backend, algorithm, [trainee]) : place(algorithm, trainee))
  const { evaluation, policy, outcome } = end as TrainingEnd
  const { decisionMs: _, ...measured } = evaluation as NonNullable<TrainingEnd['evaluation']> & { decisionMs?: number }
  return JSON.stringify([
    outcome,
    measured,
    policy && Buffer.from(policy).toString('base64'),
    [...curves].sort(([a], [b]) => (a < b ? -1 : 1)),
    checkpoints
  ])
}

/** A value that a parameter may have beside the one it has. */
function otherThan(parameter: Parameter, value: ParameterValue): ParameterValue {
  if (parameter.type === 'switch') return !value
  if (parameter.type === 'choice') return parameter.choices.find((choice) => choice.value !== value)?.value ?? value
  const double = Math.min(parameter.max, Number(value) * 2)
  if (double !== value) return double
  return value === 0 ? Math.min(parameter.max, 0.5) : (Number(value) + parameter.min) / 2
}

describe.each(ALGORITHMS.filter(({ card }) => card.parameters.length > 0))('$card.id', (algorithm) => {
  it('reads every parameter it declares', async () => {
    const known = new Map<string, string>()
    const idle: string[] = []
    for (const parameter of algorithm.card.parameters) {
      const { key, only, graphs = false, streams = false } = parameter
      const on = streams ? 'streams' : graphs ? 'graphs' : 'chains'
      const base = smallOf(algorithm, only && { [only.key]: only.value })
      const name = JSON.stringify([base, on])
      const usual = known.get(name) ?? (await recorded(algorithm, base, on))
      known.set(name, usual)
      if ((await recorded(algorithm, { ...base, [key]: otherThan(parameter, base[key]) }, on)) === usual) idle.push(key)
    }
    expect(idle).toEqual([])
  })
})

describe('a parameter with a condition', () => {
  it('has no effect without it', async () => {
    for (const algorithm of ALGORITHMS) {
      for (const parameter of algorithm.card.parameters.filter(({ only }) => only)) {
        const only = parameter.only as NonNullable<Parameter['only']>
        const other = algorithm.card.parameters.find(({ key }) => key === only.key) as Parameter
        const base = smallOf(algorithm, { [only.key]: otherThan(other, only.value) })
        expect(await recorded(algorithm, { ...base, [parameter.key]: otherThan(parameter, base[parameter.key]) })).toBe(
          await recorded(algorithm, base)
        )
      }
    }
  })
})

describe('a run from before there was a parameter', () => {
  const later = ALGORITHMS.flatMap((algorithm) =>
    algorithm.card.parameters
      .filter(({ before }) => before !== undefined)
      .map((parameter) => ({ algorithm, parameter, id: algorithm.card.id, key: parameter.key }))
  )

  it.each(later)('does again what it did: $id without $key', async ({ algorithm, parameter: { key, before } }) => {
    const { [key]: _, ...old } = smallOf(algorithm)
    expect(await recorded(algorithm, old)).toBe(await recorded(algorithm, { ...old, [key]: before as ParameterValue }))
    expect(await recorded(algorithm, old)).not.toBe(await recorded(algorithm, smallOf(algorithm)))
  })
})

describe('a run that names a removed parameter', () => {
  it('does what it does without, and is known as the same', async () => {
    for (const algorithm of ALGORITHMS.filter(({ card }) => card.removed)) {
      const base = smallOf(algorithm)
      const old = Object.fromEntries((algorithm.card.removed ?? []).map((gone) => [gone.key, gone.default]))
      expect(await recorded(algorithm, { ...base, ...old })).toBe(await recorded(algorithm, base))
      expect(parametersOfRun(algorithm.card, { ...base, ...old })).toEqual(parametersOfRun(algorithm.card, base))
    }
  })
})
