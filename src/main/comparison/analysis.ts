import type { ComparisonAnalysis } from '@shared/contract/comparisons'
import type { GroupRow } from '@shared/contract/records'
import { type ComparedRun, figureRows, type GroupOfRuns, improvements, leastPs } from '@shared/experiment/comparison'
import { documentLines } from '@shared/run/differences'
import { evaluatedOn, evaluatedText } from '@shared/run/evaluated'
import type { RunSpec } from '@shared/run/spec'
import { groupRuns } from '@shared/run/grouping'
import { isTrained } from '@shared/run/steps'
import { performanceProfile, stepsToWithin } from '@shared/statistics/profiles'
import { writeScenario } from '@shared/formats'
import { chainDelay, chainEnergy } from '@shared/model/cost'
import { viterbi } from '@shared/model/optimum'
import { compileScenario, environmentOf, scenarioCostTable } from '@shared/model/scenario'
import { compileProblem } from '../learn/problem'
import type { Store } from '../store'

/** Gaps at which profiles are read: 0.01 % to 100 %, eight a decade. */
const THRESHOLDS = Array.from({ length: 33 }, (_, i) => 1e-4 * 10 ** (i / 8))

/** Weights of energy along the front. */
const FRONT_WEIGHTS = [0, 0.02, 0.05, 0.1, 0.15, 0.2, 0.3, 0.4, 0.6, 0.8, 1, 1.5, 2.5, 5, 10, 50]

/** Steps to a level are read from every point of the curve. */
const EVERY_POINT = 0

function comparedRun(store: Store, id: string): ComparedRun | undefined {
  const row = store.runs.row(id)
  const evaluation = store.evaluation(id)
  if (!row || !evaluation) return undefined
  const { seed, seconds } = row
  if (!isTrained(row)) return { seed, seconds, evaluation }
  const { steps, values } = store.curves.read(id, 'gap', EVERY_POINT)
  const points = new Float64Array(2 * steps.length)
  steps.forEach((step, i) => {
    points[2 * i] = step
    points[2 * i + 1] = values[i]
  })
  return { seed, seconds, evaluation, stepsTo5: stepsToWithin(points, 0.05), stepsTo1: stepsToWithin(points, 0.01) }
}

/** The groups of runs that differ only in their seed, in the order their first run was asked for in. */
export function comparedGroupsOf(store: Store, ids: readonly string[]): GroupRow[] {
  const order = new Map(ids.map((id, at) => [id, at]))
  const rows = store.runs.rows(ids).sort((a, b) => (order.get(a.id) ?? 0) - (order.get(b.id) ?? 0))
  return groupRuns(rows).map((group) => ({ ...group }))
}

/** Everything a comparison says of runs that are there. Throws DamagedRecordError. */
export function analyse(store: Store, ids: readonly string[], against?: string): ComparisonAnalysis {
  const groups = comparedGroupsOf(store, ids)
  const chosen = groups.findIndex(({ runs }) => against !== undefined && runs.includes(against))
  const reference = Math.max(0, chosen)
  const specs = groups.map(({ runs }) => store.runs.spec(runs[0]))
  const worlds = groups.map(({ runs }) => store.runs.row(runs[0])?.world ?? '')
  const compared = groups.map(
    ({ counted, isDeterministic, algorithm }, g): GroupOfRuns => ({
      isRuler: algorithm === 'optimum',
      isDeterministic,
      world: worlds[g],
      heldOut: JSON.stringify([worlds[g], specs[g].heldOut, specs[g].split]),
      runs: counted.flatMap((id) => comparedRun(store, id) ?? [])
    })
  )
  const evaluated = specs.map(({ scenario, heldOut, split }) => evaluatedOn(scenario.workload, heldOut, split))
  const documents = specs.map(({ scenario }) => writeScenario(scenario) as { topology: unknown; workload: unknown; objective: unknown })
  return {
    groups,
    evaluatedOn: evaluated,
    reference,
    figures: figureRows(compared, reference),
    improvement: improvements(compared, reference),
    leastP: leastPs(compared, reference),
    isOneWorld: new Set(worlds).size <= 1,
    profile: {
      thresholds: THRESHOLDS,
      shares: compared.map(({ runs }) =>
        performanceProfile(
          runs.flatMap(({ evaluation }) => evaluation.gaps),
          THRESHOLDS
        ).map((share) => share || 0)
      )
    },
    front: new Set(compared.map(({ heldOut }) => heldOut)).size === 1 ? frontOf(specs[0]) : [],
    topology: documentLines(documents.map(({ topology }) => topology)),
    workload: documentLines(documents.map(({ workload }) => workload)),
    objective: documentLines(
      documents.map(({ objective }, g) => ({ objective, 'evaluated on': evaluatedText(evaluated[g]), split: specs[g].split }))
    )
  }
}

/** What the optimum comes to, mean per workflow held out, as the weight of energy grows. */
function frontOf(spec: RunSpec): ComparisonAnalysis['front'] {
  const chains = compileProblem(spec, { training: 'fixed', jitter: 0 }).heldOut.map(({ chain }) => chain)
  const points = FRONT_WEIGHTS.map((energyWeight) => {
    const compiled = compileScenario({ ...spec.scenario, objective: { ...spec.scenario.objective, energyWeight } })
    let delaySeconds = 0
    let energyJoules = 0
    for (const chain of chains) {
      const environment = environmentOf(compiled.environments, chain)
      const { placement } = viterbi(scenarioCostTable(compiled, chain), environment.locations.length)
      delaySeconds += chainDelay(environment, chain, spec.scenario.objective.countReturn, placement) / chains.length
      energyJoules += chainEnergy(environment, chain, spec.scenario.objective.countReturn, placement) / chains.length
    }
    return { energyWeight, delaySeconds, energyJoules }
  })
  return points.sort((a, b) => a.delaySeconds - b.delaySeconds)
}
