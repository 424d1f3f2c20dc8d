import { FIGURES } from '@shared/experiment/compared'
import { weakestKind } from '@shared/model/assessment'
import { referenceKindOf } from '@shared/run/evaluation'
import { type CsvColumn, csvOf } from '@shared/formats/csv'
import type { ReportedComparison } from './comparison'

export const COMPARISON_COLUMNS: readonly CsvColumn[] = [
  ['group', 'Name of the group: what sets it apart from the others.'],
  ['algorithm', 'Id of its algorithm.'],
  ['scenario', 'Name of its scenario.'],
  ['parameters', 'Every parameter as name=value, separated by spaces.'],
  ['runs', 'Ids of its runs, separated by spaces.'],
  ['n', 'Seeds that the mean and the interval rest on; a seed run again counts once.'],
  ['repeats', 'Ids of runs that repeat another to the bit.'],
  ['approximate', 'Ids of runs that are approximate: resumed on another backend or machine.'],
  ['figure', 'Key of the figure.'],
  ['unit', 'Its unit; gaps and shares are fractions (0.01 is 1 %).'],
  ['gap_to', 'What its gaps are to: `optimum`, `best-known` or `bound`, the weakest of its workflows; empty before it is evaluated.'],
  ['mean', 'Mean over seeds.'],
  ['low_95', 'Lower end of the 95 % interval, Student’s t over seeds.'],
  ['high_95', 'Upper end.'],
  ['against', 'Name of the group it is compared against; empty for that group itself.'],
  ['difference', 'Its mean minus the other’s.'],
  ['difference_low_95', 'Lower end of the 95 % interval of the difference.'],
  ['difference_high_95', 'Upper end.'],
  ['p_holm', 'p of the test over seeds, corrected by Holm over every test of the table.'],
  ['test', 'Which test that is.'],
  ['p_workflows_holm', 'p of Wilcoxon’s signed ranks over workflows, for these trained policies, corrected alike.'],
  ['improvement_over_seeds', 'Probability that one of its seeds does better than one of the other’s.'],
  ['cliffs_delta', 'Cliff’s δ over seeds.'],
  ['learn_steps', 'Learn steps of a run of the group, or of its seeds together; empty for what does not learn.'],
  ['networks', 'Networks that decide together.'],
  [
    'read_by',
    'Where figures are read: `trained`, the end of each run; `steps`, all at one learn step; `seconds`, all at one second of training.'
  ],
  ['read_at', 'Which learn step or second that is; empty at the end of each run.']
]

/** A line of the table: a group, or seeds of one taken together. */
function linesOf({ analysis: { groups, training, bestOf } }: ReportedComparison) {
  const own = groups.map((group, g) => ({ group, training: training[g] }))
  const together = bestOf.map(({ group, size }) => {
    const each = training[group]
    return { group: groups[group], training: each && { learnSteps: size * each.learnSteps, networks: size * each.networks } }
  })
  return [...own, ...together]
}

/** One line per group and figure, every number with all its digits. Gaps and shares are fractions (0.01 is 1 %), `Infinity` by name. */
export function comparisonCsv(comparison: ReportedComparison): string {
  const { analysis, names, rows: runs } = comparison
  const { figures, reference, read } = analysis
  const rows = linesOf(comparison).flatMap(({ group, training }, g) => {
    const kinds = group.runs.flatMap((id) => runs.get(id)?.evaluation ?? []).map(referenceKindOf)
    return figures.map(({ key, cells }) => {
      const { mean, interval, n, difference, differenceInterval, p, test, workflowP, improvement, cliffsDelta } = cells[g]
      const unit = FIGURES.find((figure) => figure.key === key)?.unit ?? ''
      const parameters = Object.entries(group.parameters).map(([name, value]) => `${name}=${value}`)
      return [
        names[g],
        group.algorithm,
        group.scenario,
        parameters.join(' '),
        group.runs.join(' '),
        n,
        group.repeats.join(' '),
        group.runs.filter((id) => runs.get(id)?.approximate !== undefined).join(' '),
        key,
        unit === '%' ? 'fraction' : unit,
        kinds.length > 0 ? weakestKind(kinds) : undefined,
        mean,
        interval?.[0],
        interval?.[1],
        g === reference ? undefined : names[reference],
        difference,
        differenceInterval?.[0],
        differenceInterval?.[1],
        p,
        test,
        workflowP,
        improvement,
        cliffsDelta,
        training?.learnSteps,
        training?.networks,
        read.basis,
        read.basis === 'trained' ? undefined : read.at
      ]
    })
  })
  return csvOf([COMPARISON_COLUMNS.map(([name]) => name), ...rows])
}
