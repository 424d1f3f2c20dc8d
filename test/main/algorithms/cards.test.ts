import { describe, expect, it } from 'vitest'
import { ALGORITHMS, algorithmCards } from '../../../src/main/algorithms'
import { isLearned } from '../../../src/main/learn/learner'
import { defaultsOf, faultOf } from '../../../src/shared/algorithms/parameters'

describe('the catalogue', () => {
  it('holds the algorithms of the comparison, each once', () => {
    const ids = algorithmCards.map(({ id }) => id)
    const expected = [
      'dmro',
      'dmro-plus',
      'dqn',
      'double-dqn',
      'dueling-dqn',
      'ddlo',
      'ddto',
      'droo',
      'imitation',
      'actor-critic',
      'ppo',
      'local-only',
      'edge-only',
      'cloud-only',
      'random',
      'greedy',
      'look-ahead',
      'eft',
      'eft-tail',
      'heft',
      'cpop',
      'peft',
      'min-min',
      'max-min',
      'sufferage',
      'pilot',
      'local-search',
      'annealing',
      'genetic',
      'memetic',
      'particle-swarm',
      'beam',
      'optimum',
      'meta',
      'reptile',
      'fomaml'
    ]
    expect([...ids].sort()).toEqual(expected.sort())
    expect(new Set(algorithmCards.map(({ title }) => title)).size).toBe(ids.length)
  })

  it('draws no two alike, colours aside', () => {
    const looks = algorithmCards.flatMap(({ look }) => look ?? [])
    expect(looks.length).toBe(algorithmCards.length)
    const lines = looks.map(({ dash = [], marker, hollow = false }) => JSON.stringify([dash, marker, hollow]))
    expect(lines.filter((line, at) => lines.indexOf(line) !== at)).toEqual([])
  })

  it('calls learned what can be trained and nothing else', () => {
    for (const algorithm of ALGORITHMS) expect('start' in algorithm).toBe(isLearned(algorithm))
  })
})

describe.each(algorithmCards)('the card of $id', ({ id, kind, summary, reading, parameters }) => {
  it('has an id fit for files and commands, and says what it does in whole sentences', () => {
    expect(id).toMatch(/^[a-z]+(-[a-z]+)*$/)
    for (const sentence of [summary, reading, ...parameters.map((parameter) => parameter.sentence)])
      expect(sentence).toMatch(/^\p{Lu}.*[^.\s]\.$/u)
  })

  it('declares each parameter once, with a label of its own', () => {
    expect(new Set(parameters.map(({ key }) => key)).size).toBe(parameters.length)
    expect(new Set(parameters.map(({ label }) => label)).size).toBe(parameters.length)
    for (const { key, label } of parameters) {
      expect(key).toMatch(/^[a-z][A-Za-z]*$/)
      expect(label).toMatch(/^\p{Lu}/u)
    }
  })

  it('has defaults that it would accept', () => {
    const defaults = defaultsOf(parameters)
    expect(parameters.flatMap((parameter) => faultOf(parameter, defaults[parameter.key]) ?? [])).toEqual([])
    for (const parameter of parameters) {
      if (parameter.type === 'integer') expect([parameter.min, parameter.max, parameter.default].every(Number.isInteger)).toBe(true)
    }
  })

  it('gives the paper’s symbol where the paper has one', () => {
    const symbols: Record<string, string> = { units: 's', learningRate: 'θ', discount: 'μ', epsilonEnd: 'ε', reward: 'R' }
    for (const { key, symbol } of parameters) {
      if (symbols[key]) expect([key, symbol]).toEqual([key, symbols[key]])
    }
  })

  it('says in the sentence of a parameter where alone it has an effect', () => {
    for (const { only, sentence } of parameters) {
      if (!only) continue
      const other = parameters.find(({ key }) => key === only.key)
      if (other?.type !== 'choice') throw new Error(`${only.key} is not a choice of this algorithm`)
      expect(sentence).toContain(other.choices.find(({ value }) => value === only.value)?.label)
    }
  })

  it('has what every training needs, and only then', () => {
    const keys = parameters.map(({ key }) => key)
    const needed = ['hidden', 'learnSteps', 'training', 'jitter', 'evaluateEvery', 'checkpointEvery']
    expect(needed.filter((key) => keys.includes(key))).toEqual(kind === 'learned' ? needed : [])
  })
})
