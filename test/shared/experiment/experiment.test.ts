import type { AlgorithmCard } from '@shared/algorithms/card'
import { algorithmFaults, combinations, type Experiment, runsOf } from '@shared/experiment/experiment'
import { defaultsOf, faultOf, type Parameter, parseValues } from '@shared/algorithms/parameters'
import { readExperiment } from '@shared/formats'
import { PRESETS, presetOf } from '@shared/presets'
import { describe, expect, it } from 'vitest'
import { algorithmCards } from '../../../src/main/algorithms'

const text = { label: 'x', sentence: 'x' }
const steps: Parameter = { ...text, key: 'steps', type: 'integer', default: 10, min: 1, max: 100, unit: 'learn steps' }
const rate: Parameter = { ...text, key: 'rate', type: 'number', default: 0.1, min: 0, max: 1 }
const reward: Parameter = {
  ...text,
  key: 'reward',
  type: 'choice',
  default: 'cost',
  choices: [
    { value: 'cost', label: 'c' },
    { value: 'min-max', label: 'm' }
  ]
}
const noisy: Parameter = { ...text, key: 'noisy', type: 'switch', default: false }
const learner: AlgorithmCard = {
  id: 'learner',
  title: 'Learner',
  kind: 'learned',
  summary: '',
  reading: '',
  parameters: [steps, rate, reward, noisy]
}
const rule: AlgorithmCard = { id: 'rule', title: 'Rule', kind: 'heuristic', summary: '', reading: '', parameters: [] }
const catalogue = [learner, rule]

const named = (name: string) => ({ name, workload: { name, workflows: [] } }) as unknown as Experiment['scenarios'][number]
const experiment = (algorithms: Experiment['algorithms']): Experiment => ({
  name: 'x',
  scenarios: [named('a'), named('b')],
  algorithms,
  seeds: [1, 2, 3],
  heldOut: 200,
  split: 0
})

describe('a parameter', () => {
  it.each([
    [steps, 1, undefined],
    [steps, 100, undefined],
    [steps, 0, 'steps must be between 1 and 100 learn steps, not 0'],
    [steps, 101, 'steps must be between 1 and 100 learn steps, not 101'],
    [steps, 2.5, 'steps must be a whole number between 1 and 100 learn steps, not 2.5'],
    [steps, '5', 'steps must be a number between 1 and 100 learn steps, not "5"'],
    [rate, 0.5, undefined],
    [rate, Number.NaN, 'rate must be a number between 0 and 1, not NaN'],
    [rate, Infinity, 'rate must be a number between 0 and 1, not Infinity'],
    [rate, true, 'rate must be a number between 0 and 1, not true'],
    [reward, 'min-max', undefined],
    [reward, 'joy', 'reward must be one of "cost", "min-max", not "joy"'],
    [reward, 1, 'reward must be one of "cost", "min-max", not 1'],
    [noisy, true, undefined],
    [noisy, 'true', 'noisy must be true or false, not "true"']
  ] as [Parameter, unknown, string | undefined][])('%o given %j: %s', (parameter, value, fault) => {
    expect(faultOf(parameter, value)).toBe(fault)
  })

  it('typed as text becomes what its kind asks for, and is refused or stays text where it cannot', () => {
    expect([
      parseValues(steps, '12'),
      parseValues(steps, '5,10'),
      parseValues(steps, '1..3'),
      parseValues(rate, '1e-3'),
      parseValues(rate, '0.5,1'),
      parseValues(rate, '0.9; 1'),
      parseValues(reward, 'cost,min-max'),
      parseValues(noisy, 'true,false')
    ]).toEqual([[12], [5, 10], [1, 2, 3], [0.001], [0.5, 1], [0.9, 1], ['cost', 'min-max'], [true, false]])
    for (const [parameter, typed] of [
      [steps, ''],
      [steps, 'ten'],
      [steps, '0x10'],
      [{ ...steps, max: 1e6 }, '1,500'],
      [rate, '0,5'],
      [rate, ' ']
    ] as const)
      expect(parseValues(parameter, typed), typed).toEqual({ fault: expect.stringMatching(/\.$/) })
    expect(parseValues(noisy, 'yes')).toEqual(['yes'])
  })
})

describe('the catalogue', () => {
  it.each(algorithmCards.map((card) => [card.id, card] as const))(
    'states %s with parameters whose defaults are valid and whose keys differ',
    (_, card) => {
      const values = defaultsOf(card.parameters)
      for (const parameter of card.parameters) {
        expect(faultOf(parameter, values[parameter.key])).toBeUndefined()
        expect(parameter.sentence).toMatch(/\.$/)
        expect(parameter.label).not.toBe('')
      }
      expect(new Set(card.parameters.map((parameter) => parameter.key)).size).toBe(card.parameters.length)
      expect(card.summary).not.toBe('')
    }
  )

  it('holds the algorithms of the comparison and three ways to learn ψ, each once', () => {
    expect(algorithmCards.map((card) => card.id).sort()).toEqual(
      [
        'actor-critic',
        'annealing',
        'beam',
        'cpop',
        'ddlo',
        'ddto',
        'droo',
        'genetic',
        'heft',
        'imitation',
        'max-min',
        'memetic',
        'min-min',
        'particle-swarm',
        'peft',
        'ppo',
        'sufferage',
        'cloud-only',
        'dmro',
        'dmro-plus',
        'eft',
        'eft-tail',
        'pilot',
        'double-dqn',
        'dqn',
        'dueling-dqn',
        'fomaml',
        'meta',
        'reptile',
        'edge-only',
        'greedy',
        'local-only',
        'local-search',
        'look-ahead',
        'optimum',
        'random'
      ].sort()
    )
  })
})

describe('an experiment', () => {
  it('fills in defaults and sweeps every list against every other', () => {
    expect(combinations({ id: 'learner', parameters: { steps: [1, 2], noisy: [true, false], rate: 0.5 } }, learner)).toEqual([
      { steps: 1, rate: 0.5, reward: 'cost', noisy: true },
      { steps: 1, rate: 0.5, reward: 'cost', noisy: false },
      { steps: 2, rate: 0.5, reward: 'cost', noisy: true },
      { steps: 2, rate: 0.5, reward: 'cost', noisy: false }
    ])
    expect(combinations({ id: 'rule', parameters: {} }, rule)).toEqual([{}])
  })

  it('is scenarios × settings × seeds runs, seed by seed, each whole in itself', () => {
    const runs = runsOf(
      experiment([
        { id: 'learner', parameters: { steps: [1, 2] } },
        { id: 'rule', parameters: {} }
      ]),
      catalogue
    )
    expect(runs).toHaveLength(2 * 3 * 3)
    expect(runs.slice(0, 6).map((run) => [run.seed, run.scenario.name, run.algorithm, run.parameters.steps])).toEqual([
      [1, 'a', 'learner', 1],
      [1, 'a', 'learner', 2],
      [1, 'a', 'rule', undefined],
      [1, 'b', 'learner', 1],
      [1, 'b', 'learner', 2],
      [1, 'b', 'rule', undefined]
    ])
    expect(runs.map((run) => run.seed)).toEqual([1, 2, 3].flatMap((seed) => new Array(6).fill(seed)))
    for (const run of runs) expect(run).toMatchObject({ heldOut: 200, split: 0 })
  })

  it('has every fault of its algorithms told at once', () => {
    const faults = algorithmFaults(
      experiment([
        { id: 'magic', parameters: {} },
        { id: 'learner', parameters: { stpes: 1, steps: [5, 0], noisy: [] } },
        { id: 'rule', parameters: { steps: 1 } }
      ]),
      catalogue
    )
    expect(faults).toEqual([
      { path: '$.algorithms[0].id', message: 'unknown algorithm "magic"; the algorithms are learner, rule' },
      { path: '$.algorithms[1].parameters.stpes', message: 'learner has no parameter "stpes"; it has steps, rate, reward, noisy' },
      { path: '$.algorithms[1].parameters.steps[1]', message: 'steps must be between 1 and 100 learn steps, not 0' },
      { path: '$.algorithms[1].parameters.noisy', message: 'a list to sweep needs at least one value' },
      { path: '$.algorithms[2].parameters.steps', message: 'rule has no parameter "steps"; it has none' }
    ])
  })
})

describe('the experiments that come with the lab', () => {
  const preset = (id: string) => {
    const read = readExperiment(presetOf(id, 'experiment'), { resolve: presetOf, catalogue: algorithmCards })
    if (!read.ok) throw new Error(JSON.stringify(read.faults))
    return read.value
  }

  it('can all be run', () => {
    for (const { id, kind } of PRESETS) if (kind === 'experiment') expect(runsOf(preset(id), algorithmCards).length).toBeGreaterThan(0)
  })

  it('hold in "quick" the paper’s algorithms and simple ones, twice, on one edge and one cloud', () => {
    const runs = runsOf(preset('quick'), algorithmCards)
    expect(runs).toHaveLength(26)
    const learned = ['dmro-plus', 'dmro', 'dqn', 'double-dqn', 'dueling-dqn']
    const simple = ['look-ahead', 'local-search', 'greedy', 'random', 'local-only', 'edge-only', 'cloud-only', 'optimum']
    expect(new Set(runs.map((run) => run.algorithm))).toEqual(new Set([...learned, ...simple]))
    expect(new Set(runs.map((run) => run.scenario.name))).toEqual(new Set(['one-edge-one-cloud']))
    expect(new Set(runs.map((run) => run.seed))).toEqual(new Set([1, 2]))
  })

  it('hold in "rivals" the learned algorithms over five seeds, DMRO with both rewards', () => {
    const runs = runsOf(preset('rivals'), algorithmCards)
    expect(new Set(runs.map((run) => run.seed)).size).toBe(5)
    expect(new Set(runs.filter((run) => run.algorithm === 'dmro').map((run) => run.parameters.reward))).toEqual(
      new Set(['min-max', 'cost'])
    )
    const learned = algorithmCards.filter(({ kind, needsEnvironments, id }) => kind === 'learned' && !needsEnvironments && id !== 'dmro')
    for (const algorithm of [...learned.map(({ id }) => id), 'memetic', 'annealing'])
      expect(runs.filter((run) => run.algorithm === algorithm)).toHaveLength(5)
  })
})
