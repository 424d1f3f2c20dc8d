import { judge, type Judgement } from './definitions/judge'
import { type SeedEstimate, estimate, finals, runsOfRule } from './definitions/measures'
import { weakestKind } from '@shared/model/assessment'
import type { ReferenceKind } from '@shared/model/world'
import { referenceKindOf } from '@shared/run/evaluation'
import { hasCurves } from '@shared/run/steps'
import type { SeriesRule, Study, StudyRun, Variant } from '@shared/studies/study'
import { isGenerated } from '@shared/model/workload'
import { worldOf } from '@shared/studies/worlds'
import { algorithmCards } from '../algorithms'
import type { Store } from '../store'
import { type FoundStage, isDone } from './found'

/** One point of a figure: a line's runs in one scenario, and what they came to at their last learn step. */
export interface StudyPoint {
  series: string
  label: string
  scenario: string
  energyWeight: number
  learnSteps: number
  gap: SeedEstimate
  cost: SeedEstimate
  /** Of a workflow. */
  decisionMs: SeedEstimate
  /** What the gaps are to: the least sure kind. */
  reference: ReferenceKind
  runs: string[]
}

export interface StudyResult extends Judgement {
  points: StudyPoint[]
}

/** The curves that any chart or claim of a study looks at. */
const CLAIMED_CURVES = ['gap', 'cost', 'loss', 'reward'] as const

/** The runs of a study that have ended, with their evaluations and curves. Throws DamagedRecordError. */
export function collectRuns(store: Store, stages: readonly FoundStage[]): StudyRun[] {
  return stages.flatMap(({ key, runs }) =>
    runs.flatMap(({ planned, row }): StudyRun[] => {
      if (!isDone(row)) return []
      const { spec, start } = planned
      const recorded = new Set(hasCurves(row) ? store.curves.summaries(row.id).map(({ metric }) => metric) : [])
      const curves = CLAIMED_CURVES.filter((metric) => recorded.has(metric)).map((metric) => [metric, store.curves.read(row.id, metric)])
      return [
        {
          id: row.id,
          stage: key,
          experiment: planned.experiment,
          scenario: spec.scenario.name,
          world: worldOf(spec.scenario.name),
          energyWeight: spec.scenario.objective.energyWeight,
          tasks: row.facts?.tasks ?? 0,
          together: isGenerated(spec.scenario.workload) ? (spec.scenario.workload.generator.together ?? 1) : 1,
          algorithm: spec.algorithm,
          parameters: spec.parameters,
          seed: spec.seed,
          seconds: row.seconds,
          ...(start !== undefined && { start }),
          evaluation: store.evaluation(row.id),
          curves: Object.fromEntries(curves)
        }
      ]
    })
  )
}

/** What came of a study so far. */
export function resultOf(study: Study, runs: readonly StudyRun[], variant: Variant): StudyResult {
  return { ...judge(study, runs, variant, algorithmCards), points: pointsOf(study, runs) }
}

/** The lines of all charts, each once: those of a later chart may be of other runs. */
function linesOf({ charts }: Study): readonly SeriesRule[] {
  const found = new Map<string, SeriesRule>()
  for (const rule of charts.flatMap(({ series }) => series)) {
    const { key: _, label: __, look: ___, ...runs } = rule
    const same = JSON.stringify(runs)
    if (!found.has(same)) found.set(same, rule)
  }
  return [...found.values()]
}

function pointsOf(study: Study, runs: readonly StudyRun[]): StudyPoint[] {
  return linesOf(study).flatMap((rule) => {
    const own = runsOfRule(runs, rule)
    const scenarios = [...new Set(own.map((run) => run.scenario))]
    return scenarios.flatMap((scenario): StudyPoint[] => {
      const there = own.filter((run) => run.scenario === scenario)
      const gaps = finals(there, 'gapMean')
      if (gaps.length === 0) return []
      return [
        {
          series: rule.key,
          label: rule.label,
          scenario,
          energyWeight: there[0].energyWeight,
          learnSteps: Number(there[0].parameters.learnSteps ?? 0),
          gap: estimate(gaps),
          cost: estimate(finals(there, 'meanCost')),
          decisionMs: estimate(finals(there, 'decisionMs')),
          reference: weakestKind(there.flatMap(({ evaluation }) => (evaluation ? referenceKindOf(evaluation) : []))),
          runs: there.map((run) => run.id)
        }
      ]
    })
  })
}
