import { commonPoint, figuresAt, trainingOf } from '@shared/experiment/training'
import { bestOfText, readAtText, trainingNotes } from '@shared/experiment/trainingText'
import { clockOf } from '@shared/curves/clock'
import type { AlgorithmCard } from '@shared/algorithms/card'
import { describe, expect, it } from 'vitest'

const units = { key: 'units', label: 'units', sentence: '', type: 'integer', default: 5, min: 1, max: 64 } as const
const card = { parameters: [units] } as unknown as AlgorithmCard

describe('a group’s training', () => {
  it('is its learn steps and its networks: as its algorithm has them where it does not say, one where it has no choice', () => {
    expect(trainingOf(card, { learnSteps: 2000 }, 2000)).toEqual({ learnSteps: 2000, networks: 5 })
    expect(trainingOf(card, { learnSteps: 2000, units: 3 }, 2000)).toEqual({ learnSteps: 2000, networks: 3 })
    expect(trainingOf({ parameters: [] } as unknown as AlgorithmCard, { learnSteps: 6000 }, 6000)).toEqual({
      learnSteps: 6000,
      networks: 1
    })
    expect(trainingOf(undefined, { learnSteps: 10, units: 4 }, 10)).toEqual({ learnSteps: 10, networks: 4 })
  })

  it('is none of what searches or places by rule, whatever its steps count', () => {
    expect(trainingOf(card, { evaluations: 400 }, 400)).toBeUndefined()
    expect(trainingOf(card, {}, 200)).toBeUndefined()
  })
})

describe('where runs can all be read', () => {
  const run = (learnSteps: number, seconds: number, totalLearnSteps = learnSteps) => ({
    parameters: { learnSteps: totalLearnSteps },
    learnSteps,
    seconds,
    totalLearnSteps
  })
  const rule = { parameters: {}, learnSteps: 40, seconds: 0.1, totalLearnSteps: 40 }

  it('is where the first has made all of its learn steps, or has taken all of its seconds', () => {
    const runs = [run(6000, 8), run(2000, 12), rule]
    expect(commonPoint(runs, 'steps')).toEqual({ basis: 'steps', at: 2000 })
    expect(commonPoint(runs, 'seconds')).toEqual({ basis: 'seconds', at: 8 })
    expect(commonPoint(runs, 'trained')).toEqual({ basis: 'trained' })
  })

  it('does not come forward for a run that broke off', () => {
    const runs = [run(2000, 12), run(3, 0.1, 2000)]
    expect(commonPoint(runs, 'steps')).toEqual({ basis: 'steps', at: 2000 })
    expect(commonPoint(runs, 'seconds')).toEqual({ basis: 'seconds', at: 12 })
  })

  it('is the end of each where nothing learns', () => {
    expect(commonPoint([rule], 'steps')).toEqual({ basis: 'trained' })
  })
})

describe('figures before the end', () => {
  const steps = [0, 50, 100]
  const curve = (...values: number[]) => ({ steps, values })
  const curves = { gapMean: curve(1, 0.5, 0.1), cost: curve(2, 1.5, 1.1), delay: curve(9, 8, 7), energy: { steps: [], values: [] } }
  // 50 steps in the first second, the other 50 in four.
  const clock = clockOf({ steps: [50, 100], values: [50, 12.5] }, 100, 5)

  it('are those of the last evaluation by a learn step, with the seconds it took', () => {
    expect(figuresAt(curves, clock, { basis: 'steps', at: 99 })).toEqual({ gapMean: 0.5, cost: 1.5, delay: 8, training: 4.92 })
    expect(figuresAt(curves, clock, { basis: 'steps', at: 100 })).toMatchObject({ gapMean: 0.1, training: 5 })
  })

  it('are those of the last evaluation by a second of training', () => {
    expect(figuresAt(curves, clock, { basis: 'seconds', at: 0.9 })).toMatchObject({ gapMean: 1, training: 0.9 })
    expect(figuresAt(curves, clock, { basis: 'seconds', at: 1 })).toMatchObject({ gapMean: 0.5 })
    expect(figuresAt(curves, clock, { basis: 'seconds', at: 5 })).toMatchObject({ gapMean: 0.1 })
  })

  it('are at the end those of the end', () => {
    expect(figuresAt(curves, clock, { basis: 'steps', at: 1e6 })).toMatchObject({ gapMean: 0.1, cost: 1.1, delay: 7 })
  })
})

describe('what is said of training', () => {
  const names = ['dqn', 'dmro', 'greedy', 'double-dqn']
  const training = [{ learnSteps: 6000, networks: 1 }, { learnSteps: 2000, networks: 5 }, undefined, { learnSteps: 6000, networks: 1 }]

  it('names who differs in learn steps and in networks, the most first', () => {
    expect(trainingNotes(training, names)).toEqual([
      'Learn steps differ: 6,000 (dqn, double-dqn), 2,000 (dmro).',
      'Networks differ: 5 (dmro), 1 (dqn, double-dqn).'
    ])
  })

  it('is nothing where nothing differs', () => {
    expect(trainingNotes([training[0], undefined, training[3]], names)).toEqual([])
  })

  it('counts names where there are many', () => {
    const many = Array.from({ length: 30 }, (_, i) => `dqn ${i}`)
    const [said] = trainingNotes([...many.map(() => training[0]), training[1]], [...many, 'dmro'])
    expect(said).toBe('Learn steps differ: 6,000 (dqn 0, dqn 1 and 28 more), 2,000 (dmro).')
  })

  it('says where figures were read and what seeds taken together are, and nothing of what was not asked', () => {
    expect(readAtText({ basis: 'trained' })).toBeUndefined()
    expect(readAtText({ basis: 'steps', at: 2000 })).toMatch(/^At equal learn steps: figures at learn step 2,000, /)
    expect(readAtText({ basis: 'seconds', at: 12.5 })).toMatch(/^At equal seconds: figures after 12\.5 s of training, /)
    expect(bestOfText([])).toBeUndefined()
    expect(bestOfText([{ group: 0, size: 5, n: 2, leftOver: 1 }])).toContain('1 seed is left over')
  })
})
