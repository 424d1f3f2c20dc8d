import { interquartileMean, mean, quantile } from '../statistics/descriptive'
import { type ComparedRun, exactOf, type ComparedWorkflows } from './compared'
import type { GroupOfRuns } from './comparison'
import type { GroupTraining } from './training'

/**
 * Seeds of a group taken together, as DMRO takes its s networks: each workflow is placed by every one of them, and the placement with the
 * least true Q is used. What as many independently trained networks would give.
 */
export interface BestOfSeeds {
  /** Index of the group whose seeds they are. */
  group: number
  /** Seeds taken together. */
  size: number
  /** n: how often, each time with seeds of its own. */
  n: number
  /** Seeds that are left over. */
  leftOver: number
}

/**
 * Which groups have so few networks that seeds of theirs can make up for it: of those that learn, as many seeds as bring them to the most
 * networks of any group, or all their seeds where they have fewer. None for a group of one seed, or one without fewer networks than another.
 * `training` and `seeds` [groups]; seeds are finished ones.
 */
export function bestsOfSeeds(training: readonly (GroupTraining | undefined)[], seeds: readonly number[]): BestOfSeeds[] {
  const most = Math.max(0, ...training.map((each) => each?.networks ?? 0))
  return training.flatMap((own, group) => {
    if (!own || own.networks >= most) return []
    const size = Math.min(seeds[group], Math.floor(most / own.networks))
    if (size < 2) return []
    const n = Math.floor(seeds[group] / size)
    return [{ group, size, n, leftOver: seeds[group] - n * size }]
  })
}

/**
 * The group that seeds taken together make: one run for every `size` seeds in the order of the seeds, so that its runs share none and are
 * independent. Decision and training are sums over its seeds; delay and energy are not known, since they are kept as means alone. Seeds whose
 * workflows are not known make none.
 */
export function groupOfBests(source: GroupOfRuns, { size, n }: Pick<BestOfSeeds, 'size' | 'n'>): GroupOfRuns {
  const bySeed = [...source.runs].sort((a, b) => a.seed - b.seed)
  const { world, heldOut } = source
  const runs = Array.from({ length: n }, (_, k) => bestRun(bySeed.slice(k * size, (k + 1) * size))).flatMap((run) => run ?? [])
  return { world, heldOut, source, runs: runs.length < n ? [] : runs }
}

function bestRun(runs: readonly ComparedRun[]): ComparedRun | undefined {
  const known = runs.flatMap(({ workflows }) => workflows ?? [])
  if (known.length < runs.length || known.length === 0) return undefined
  const workflows = bestOfEach(known)
  const sum = (key: 'decision' | 'training') => runs.reduce((total, { figures }) => total + (figures[key] ?? Number.NaN), 0)
  return {
    seed: runs[0].seed,
    figures: {
      gapMean: mean(workflows.gaps),
      gapIqm: interquartileMean(workflows.gaps),
      gapP95: quantile(workflows.gaps, 0.95),
      gapMax: quantile(workflows.gaps, 1),
      cost: mean(workflows.costs),
      exact: mean(exactOf(workflows)),
      decision: sum('decision'),
      training: sum('training')
    },
    workflows
  }
}

/** Of every workflow gap and Q of the one whose Q is least. A cost that is not a number counts for nothing. */
function bestOfEach(all: readonly ComparedWorkflows[]): { gaps: Float64Array; costs: Float64Array } {
  const gaps = Float64Array.from(all[0].gaps)
  const costs = Float64Array.from(all[0].costs)
  for (const other of all.slice(1)) {
    for (let x = 0; x < costs.length; x++) {
      if (!(other.costs[x] < costs[x] || Number.isNaN(costs[x]))) continue
      costs[x] = other.costs[x]
      gaps[x] = other.gaps[x]
    }
  }
  return { gaps, costs }
}
