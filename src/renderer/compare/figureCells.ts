import type { ComparisonAnalysis } from '@shared/contract/comparisons'
import { differenceText, halfText, infiniteNote, meanText, pText } from '@shared/experiment/figureText'
import { bestOfText, readAtText } from '@shared/experiment/trainingText'
import type { LineStyle } from '@shared/algorithms/looks'
import { fixed, NONE } from '@shared/format'
import { text } from '../ui/text'
import { groupLetter } from './groups'

/** Under this a difference is marked as no chance. */
const LEVEL = 0.05

/** A group, or seeds of one taken together, as the tables of figures head it. */
export interface FigureGroup {
  letter: string
  name: string
  look: LineStyle
  isReference: boolean
  /** `n 5`, with a star where runs repeat others. */
  seeds: string
  /** What the star is. */
  repeats?: string
  /** Against the reference, over workflows and over seeds. */
  chance: string
  delta: string
}

/** One figure of one group in words. */
export interface FigureWords {
  mean: string
  half: string
  isBest: boolean
  isReference: boolean
  difference: string
  p: string
  isSure: boolean
  test?: string
  effect?: string
  workflowP: string
  isSureHere: boolean
}

export interface FigureLine {
  key: ComparisonAnalysis['figures'][number]['key']
  head: string
  /** Letters of the best. */
  best: string
  cells: FigureWords[]
}

/** [groups, bestOf] heads of an analysis. */
export function figureGroups(analysis: ComparisonAnalysis, names: readonly string[], looks: readonly LineStyle[]): FigureGroup[] {
  const { groups, bestOf, reference, improvement, figures } = analysis
  const deltas = figures.find(({ key }) => key === 'gapMean')?.cells ?? []
  const all = [...groups, ...bestOf.map(({ n }) => ({ seeds: n, repeats: [] }))]
  return all.map(({ seeds, repeats }, g) => {
    const chance = improvement[g]
    return {
      letter: groupLetter(g),
      name: names[g],
      look: looks[g],
      isReference: g === reference,
      seeds: text.compare.seedsOf(seeds, repeats.length > 0),
      repeats: repeats.length > 0 ? text.compare.repeats(repeats.length) : undefined,
      chance: chance === undefined ? NONE : fixed(chance * 100, 1),
      delta: fixed(deltas[g]?.cliffsDelta, 2)
    }
  })
}

/** Every figure of an analysis, in words. */
export function figureLines({ figures, reference }: ComparisonAnalysis): FigureLine[] {
  return figures.map(({ key, cells, best }) => ({
    key,
    head: text.compare.figureHeads[key],
    best: best.length === 0 ? NONE : best.map(groupLetter).join(' '),
    cells: cells.map((cell, g) => ({
      mean: meanText(key, cell.mean),
      half: halfText(key, cell),
      isBest: best.includes(g),
      isReference: g === reference,
      difference: differenceText(key, cell.difference),
      p: pText(cell.p),
      isSure: cell.p !== undefined && cell.p < LEVEL,
      test: cell.test && text.compare.tests[cell.test],
      effect:
        cell.cliffsDelta === undefined || cell.improvement === undefined
          ? undefined
          : text.compare.effect(fixed(cell.improvement, 2), fixed(cell.cliffsDelta, 2)),
      workflowP: cell.workflowP === undefined ? '' : pText(cell.workflowP),
      isSureHere: cell.workflowP !== undefined && cell.workflowP < LEVEL
    }))
  }))
}

/** Whether something is known of chances over workflows, and of effects over seeds. */
export function hasChances({ improvement, figures }: ComparisonAnalysis): { chance: boolean; delta: boolean } {
  return {
    chance: improvement.some((chance) => chance !== undefined),
    delta: figures.some(({ key, cells }) => key === 'gapMean' && cells.some(({ cliffsDelta }) => cliffsDelta !== undefined))
  }
}

/** What must be said under the figures, a paragraph each. */
export function figureNotes(analysis: ComparisonAnalysis): string[] {
  const least = analysis.leastP.flatMap((p) => p ?? [])
  const notes = [
    readAtText(analysis.read),
    bestOfText(analysis.bestOf),
    analysis.groups.some(({ repeats }) => repeats.length > 0) ? `* ${text.compare.repeated}` : undefined,
    analysis.isOneWorld ? undefined : text.compare.worlds,
    [
      text.compare.testNote(groupLetter(analysis.reference), least.length > 0 ? pText(Math.max(...least)) : undefined),
      infiniteNote(analysis.figures)
    ]
      .filter(Boolean)
      .join(' ')
  ]
  return notes.flatMap((note) => note ?? [])
}
