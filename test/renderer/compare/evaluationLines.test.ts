import type { ComparisonAnalysis } from '@shared/contract/comparisons'
import { describe, expect, it } from 'vitest'
import { bestSpreads } from '../../../src/renderer/compare/bestSpreads'
import { evaluationLines } from '../../../src/renderer/compare/evaluationLines'
import { comparedGroups } from '../../../src/renderer/compare/groups'
import { evaluation, runRow } from '../rows'

const groups = comparedGroups(
  [
    runRow(1, { evaluation: evaluation(0.04) }),
    runRow(2, { seed: 2, evaluation: evaluation(0.02) }),
    runRow(3, { algorithm: 'optimum', parameters: {}, evaluation: evaluation(0) }),
    runRow(4, { algorithm: 'dmro', evaluation: evaluation(0.01) })
  ],
  new Map()
)
const names = new Map(groups.map(({ key, algorithm }) => [key, algorithm]))
const cellOf = (line: ReturnType<typeof evaluationLines>[number], key: string) => line.cells.find((cell) => cell.key === key)

describe('the table of evaluations', () => {
  const lines = evaluationLines(groups, [], names)

  it('marks the best rival: the optimum is none', () => {
    expect(lines.map((line) => cellOf(line, 'gap')?.isBest)).toEqual([false, false, true])
    expect(lines.map((line) => cellOf(line, 'gap')?.value)).toEqual(['3.00', '0', '1.00'])
    expect(lines.map((line) => line.seeds)).toEqual(['2', '1', '1'])
  })

  it('marks none where worlds differ', () => {
    const elsewhere = comparedGroups(
      [runRow(1, { evaluation: evaluation(0.04) }), runRow(5, { scenarioId: 'other', evaluation: evaluation(0.01) })],
      new Map()
    )
    expect(evaluationLines(elsewhere, [], names).flatMap(({ cells }) => cells.filter(({ isBest }) => isBest))).toEqual([])
  })

  it('has a line for seeds taken together, a rival like the others, without what is not known of them', () => {
    const analysis = {
      groups: groups.map(() => ({})),
      bestOf: [{ group: 0, size: 2, n: 1, leftOver: 0 }],
      figures: [{ key: 'gapMean', cells: [{ n: 2 }, { n: 1 }, { n: 1 }, { n: 1, mean: 0.005 }], best: [3] }]
    } as unknown as ComparisonAnalysis
    const bests = bestSpreads(analysis, groups, ['dqn', 'optimum', 'dmro'])
    const [, , dmro, together] = evaluationLines(groups, bests, names)
    expect(together).toMatchObject({ head: 'best of 2 dqn', seeds: '1 set' })
    expect(together.share).toBeUndefined()
    expect([cellOf(together, 'gap'), cellOf(together, 'delay')]).toMatchObject([
      { value: '0.500', isBest: true },
      { value: '–', isBest: false }
    ])
    expect(cellOf(dmro, 'gap')?.isBest).toBe(false)
    expect(together.look).toMatchObject({ color: groups[0].look.color, hollow: !groups[0].look.hollow })
  })
})
