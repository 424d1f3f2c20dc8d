import { advance } from '@shared/model/advance'
import { chainDelay, chainEnergy } from '@shared/model/cost'
import { viterbi } from '@shared/model/optimum'
import { compileScenario, environmentOf, scenarioCostTable } from '@shared/model/scenario'
import { performanceProfile } from '@shared/statistics/profiles'
import { type BestOfSeeds, bestsOfSeeds, groupOfBests } from '@shared/experiment/bestOfSeeds'
import { comparedRun, type Figures, type FinishedRun } from '@shared/experiment/compared'
import { type FigureRow, figureRows, type GroupOfRuns, improvements, leastPs } from '@shared/experiment/comparison'
import { figuresAnywhere, type GroupTraining } from '@shared/experiment/training'
import { writeScenario } from '@shared/formats'
import { type DocumentLine, documentLines } from '@shared/run/differences'
import { evaluatedOn, evaluatedText } from '@shared/run/evaluated'
import type { RunSpec } from '@shared/run/spec'
import { isOfBatches } from '../learn/batches/problem'
import { compileProblem } from '../learn/problem'
import { type Load, NO_LOAD, worldLoad } from './load'

/** A group as it was read: what it is, and its finished runs that count. */
export interface GatheredGroup extends Omit<GroupOfRuns, 'runs' | 'source'> {
  training?: GroupTraining
  /** `early`: its figures before its end, where these are asked for. */
  runs: readonly (FinishedRun & { early?: Figures })[]
}

/** A world that groups were trained and evaluated in. */
export type ComparedWorld = Pick<RunSpec, 'scenario' | 'heldOut' | 'split'>

export interface GatheredComparison {
  groups: readonly GatheredGroup[]
  reference: number
  /** Whether figures are those of before the end of training. */
  isEarly: boolean
  /** Whether seeds of single networks are taken together as well. */
  bestOf: boolean
  /** Distinct ones, in the order of the groups. */
  worlds: readonly ComparedWorld[]
}

/** What a comparison comes to. Lists are over the groups, then over `bestOf`; values of lines over the worlds. */
export interface ComputedComparison {
  bestOf: BestOfSeeds[]
  figures: FigureRow[]
  improvement: (number | undefined)[]
  leastP: (number | undefined)[]
  profile: { thresholds: number[]; shares: number[][] }
  front: FrontPoint[]
  topology: DocumentLine[]
  workload: DocumentLine[]
  objective: DocumentLine[]
}

interface FrontPoint {
  energyWeight: number
  delaySeconds: number
  energyJoules: number
}

/** Gaps at which profiles are read: 0.01 % to 100 %, eight a decade. */
const THRESHOLDS = Array.from({ length: 33 }, (_, i) => 1e-4 * 10 ** (i / 8))

/** Weights of energy along the front. */
const FRONT_WEIGHTS = [0, 0.02, 0.05, 0.1, 0.15, 0.2, 0.3, 0.4, 0.6, 0.8, 1, 1.5, 2.5, 5, 10, 50]

/** Of one held-out workflow's figures and tests; of the front, a share of what `worldLoad` says of each weight (measured on one core of 2024, rounded up). */
const VALUE_MS = 8e-4
const FRONT_SHARE = 0.15

export function comparisonLoad({ groups, worlds }: GatheredComparison): Load {
  const values = groups.reduce((sum, { runs }) => sum + runs.reduce((own, { gaps }) => own + gaps.length, 0), 0)
  const world = hasFront({ groups, worlds }) ? worldLoad(worlds[0].scenario, worlds[0].heldOut, true) : NO_LOAD
  return {
    milliseconds: values * VALUE_MS + FRONT_WEIGHTS.length * FRONT_SHARE * world.milliseconds,
    counts: groups.length + FRONT_WEIGHTS.length * world.counts
  }
}

/** Groups of one world and one set of workflows have one front; of graphs and shared machines it is not known. */
const hasFront = ({ groups, worlds }: Pick<GatheredComparison, 'groups' | 'worlds'>) =>
  new Set(groups.map(({ heldOut }) => heldOut)).size === 1 && !isOfBatches(worlds[0].scenario)

export function computeComparison({ groups, reference, isEarly, bestOf, worlds }: GatheredComparison): ComputedComparison {
  const ended = groups.map((group): GroupOfRuns => ({ ...group, runs: group.runs.map(comparedRun) }))
  // What is known of each workflow is known at the end alone.
  const bests =
    bestOf && !isEarly
      ? bestsOfSeeds(
          groups.map(({ training }) => training),
          ended.map(({ runs }) => runs.length)
        )
      : []
  const all = [...ended, ...bests.map((best) => groupOfBests(ended[best.group], best))]
  const compared = isEarly ? groups.map(earlyGroup) : all
  const documents = worlds.map(({ scenario }) => writeScenario(scenario) as { topology: unknown; workload: unknown; objective: unknown })
  return {
    bestOf: bests,
    figures: figureRows(compared, reference),
    improvement: improvements(compared, reference),
    leastP: leastPs(compared, reference),
    profile: { thresholds: THRESHOLDS, shares: all.map(profileOf) },
    front: hasFront({ groups, worlds }) ? frontOf(worlds[0]) : [],
    topology: documentLines(documents.map(({ topology }) => topology)),
    workload: documentLines(documents.map(({ workload }) => workload)),
    objective: documentLines(
      documents.map(({ objective }, w) => {
        const { scenario, heldOut, split } = worlds[w]
        return { objective, 'evaluated on': evaluatedText(evaluatedOn(scenario.workload, heldOut, split)), split }
      })
    )
  }
}

/** A group before the end of its training; one that does not learn as it is. */
function earlyGroup({ runs, ...group }: GatheredGroup): GroupOfRuns {
  return { ...group, runs: runs.map((run) => ({ seed: run.seed, figures: run.early ?? figuresAnywhere(comparedRun(run).figures) })) }
}

/** Shares of runs × workflows within each threshold. */
function profileOf({ runs }: GroupOfRuns): number[] {
  const gaps = runs.flatMap(({ workflows }) => Array.from(workflows?.gaps ?? []))
  return performanceProfile(gaps, THRESHOLDS).map((share) => share || 0)
}

/** What the optimum comes to, mean per workflow held out, as the weight of energy grows. */
function frontOf(spec: ComparedWorld): FrontPoint[] {
  const chains = compileProblem(spec, { training: 'fixed', jitter: 0 }).heldOut.map(({ chain }) => chain)
  const points = FRONT_WEIGHTS.map((energyWeight) => {
    const compiled = compileScenario({ ...spec.scenario, objective: { ...spec.scenario.objective, energyWeight } })
    let delaySeconds = 0
    let energyJoules = 0
    for (const chain of chains) {
      advance()
      const environment = environmentOf(compiled.environments, chain)
      const { placement } = viterbi(scenarioCostTable(compiled, chain), environment.locations.length)
      delaySeconds += chainDelay(environment, chain, spec.scenario.objective.countReturn, placement) / chains.length
      energyJoules += chainEnergy(environment, chain, spec.scenario.objective.countReturn, placement) / chains.length
    }
    return { energyWeight, delaySeconds, energyJoules }
  })
  return points.sort((a, b) => a.delaySeconds - b.delaySeconds)
}
