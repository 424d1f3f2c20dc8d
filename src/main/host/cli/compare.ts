import { gapNote } from '../../comparison/comparison'
import { writeFileSync } from 'node:fs'
import { differenceText, figureHead, halfText, meanText, pText } from '@shared/experiment/figureText'
import type { ReportKind } from '@shared/contract/comparisons'
import type { PublishedNames } from '@shared/run/publishedNames'
import { foreignSentence, ONLY_FOREIGN } from '@shared/algorithms/foreign'
import { BASES, type Basis } from '@shared/experiment/training'
import { bestOfText, readAtText, trainingNotes } from '@shared/experiment/trainingText'
import { comparisonFile, lossesByGroup, reportedComparison } from '../../api/comparison-results'
import { type Command, textOf, UsageError } from './command'
import { comparisonTable, groupJson, runJson } from './comparison'
import { note, print, printJson, table } from './output'
import { resolveIds } from './runs'
import { withHistory } from './session'

const FILES: readonly { option: string; kind: ReportKind }[] = [
  { option: 'report', kind: 'html' },
  { option: 'latex', kind: 'latex' },
  { option: 'csv', kind: 'csv' }
]

export const compareCommand: Command = {
  usage: 'compare RUN RUN… [--against RUN] [--by steps|seconds] [--best-of] [--report FILE.html] [--latex FILE.tex] [--csv FILE.csv]',
  summary: 'runs side by side: seeds aggregated with 95 % intervals, differences tested',
  details: [
    '--against RUN   the group of this run is the reference the others are tested against; default: the first',
    '--by steps|seconds   figures at equal learn steps or equal seconds of training: where the first run has made all of its; default: the end of each',
    '--best-of       also seeds of single networks taken together, the best placement of each workflow: as many seeds as another group has networks',
    '--name NAME     title of the documents',
    '--call OLD=NEW  what an algorithm or group is called in the documents; may be given again',
    '--report FILE   the whole comparison as one page that works offline',
    '--latex FILE    a table for a paper (booktabs)',
    '--csv FILE      every figure of every group, with all digits'
  ].join('\n'),
  options: {
    against: { type: 'string' },
    by: { type: 'string' },
    'best-of': { type: 'boolean' },
    name: { type: 'string' },
    call: { type: 'string', multiple: true },
    report: { type: 'string' },
    latex: { type: 'string' },
    csv: { type: 'string' }
  },
  async run(invocation) {
    if (invocation.arguments.length === 0) throw new UsageError('which runs? Give their ids; see "lab runs list"')
    return withHistory(invocation, async (session) => {
      const ids = [...new Set(resolveIds(session, invocation.arguments))]
      const named = textOf(invocation.options, 'against')
      const against = named === undefined ? undefined : resolveIds(session, [named])[0]
      if (against !== undefined && !ids.includes(against)) throw new UsageError(`--against ${named} must be one of the compared runs`)
      const rows = session.lab.store.runs.rows(ids)
      if (rows.every((row) => row.foreign)) throw new UsageError(ONLY_FOREIGN)
      for (const { id, foreign } of rows)
        if (foreign) note(foreignSentence(id, foreign.source, 'it is in no figure below; its curves are compared in the window'))
      const asked = { ids, against, basis: basisOf(textOf(invocation.options, 'by')), bestOf: invocation.options['best-of'] === true }
      const comparison = await reportedComparison(session.lab, asked, {
        name: textOf(invocation.options, 'name'),
        published: publishedOf(invocation.options.call)
      })
      for (const { option, kind } of FILES) {
        const to = textOf(invocation.options, option)
        if (to === undefined) continue
        writeFileSync(to, await comparisonFile(session.lab, comparison, kind))
        note(`Written: ${to}`)
      }
      const { groups, training, read, bestOf, reference, figures, improvement, leastP, isOneWorld } = comparison.analysis
      if (invocation.json) {
        await printJson({
          runs: rows.map(runJson),
          groups: groups.map(groupJson),
          training: training.map((each) => each ?? null),
          read,
          bestOf,
          reference,
          figures,
          improvement,
          leastP,
          isOneWorld,
          losses: await lossesByGroup(session.lab, ids)
        })
        return 0
      }
      await print(
        comparisonTable(
          groups,
          rows.filter((row) => !row.foreign)
        )
      )
      if (groups.length > 1) await print(`\n${differenceTable(comparison)}`)
      const weaker = gapNote(comparison)
      if (weaker) note(weaker)
      for (const said of [...trainingNotes(training, comparison.names), readAtText(read), bestOfText(bestOf)]) if (said) note(said)
      if (!isOneWorld) note('The groups belong to different worlds or objectives, so no differences are computed.')
      return 0
    })
  }
}

/** Throws UsageError. */
function publishedOf(calls: unknown): PublishedNames {
  return Object.fromEntries(
    (Array.isArray(calls) ? calls : []).map((call: string) => {
      const at = call.indexOf('=')
      if (at < 1 || at === call.length - 1) throw new UsageError(`--call ${call}: say it as OLD=NEW, as in --call dmro-plus=DMRO+`)
      return [call.slice(0, at), call.slice(at + 1)]
    })
  )
}

/** Throws UsageError. */
function basisOf(typed: string | undefined): Basis | undefined {
  const found = BASES.find((basis) => basis === typed)
  if (typed !== undefined && !found) throw new UsageError(`--by ${typed}: figures are read by ${BASES.join(', ')}`)
  return found
}

/** Figures as lines, groups as columns: mean ± half, and how it differs from the reference. */
function differenceTable({ analysis, names }: Awaited<ReturnType<typeof reportedComparison>>): string {
  const { figures, reference } = analysis
  return table(
    [
      { head: `figure, against ${names[reference]}` },
      ...names.flatMap((name, g) =>
        g === reference
          ? []
          : [
              { head: name, align: 'right' as const },
              { head: 'difference', align: 'right' as const },
              { head: 'p' },
              { head: 'p, these policies' }
            ]
      )
    ],
    figures.map(({ key, cells }) => [
      figureHead(key),
      ...cells.flatMap((cell, g) =>
        g === reference
          ? []
          : [
              `${meanText(key, cell.mean)} ${halfText(key, cell)}`,
              differenceText(key, cell.difference),
              pText(cell.p),
              cell.workflowP === undefined ? '' : pText(cell.workflowP)
            ]
      )
    ])
  )
}
