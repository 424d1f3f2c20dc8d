import type { References } from './objective'
import type { Measured, Reference, ReferenceKind, World, WorldEpisode, WorkflowSchedule } from './world'
import { optimalityGap } from './world'

/** What a reference says of the cost it stands beside. */
export type ReferenceRange = Pick<Reference, 'kind' | 'lower' | 'upper'>

/** A cost beside its reference. */
export interface Cost extends Measured {
  /** Q above the reference: Q / Q* − 1 where it is the optimum. */
  optimalityGap: number
  reference: ReferenceRange
}

/** A workflow that is placed on its own carries its own gap; one of a batch that of the batch, which is placed as a whole. */
export interface WorkflowAssessment extends WorkflowSchedule, Cost {
  /** Index of the episode it is placed in. */
  episode: number
}

/** What a placement of a whole workload costs: sums in `total`; T_x, E_x, Q_x and the times of each workflow. */
export interface Assessment {
  references: References
  total: Cost
  workflows: WorkflowAssessment[]
  /** How the references were found, each way once. */
  how: string[]
}

/** The weakest of some kinds: a sum of references is as sure as the least sure of them. */
export function weakestKind(kinds: readonly ReferenceKind[]): ReferenceKind {
  if (kinds.includes('bound')) return 'bound'
  return kinds.includes('best-known') ? 'best-known' : 'optimum'
}

/** The sum of references. */
function sumOf(references: readonly ReferenceRange[]): ReferenceRange {
  return {
    kind: weakestKind(references.map(({ kind }) => kind)),
    lower: references.reduce((sum, { lower }) => sum + lower, 0),
    upper: references.reduce((sum, { upper }) => sum + upper, 0)
  }
}

/**
 * A reference in the sums of `schedule`, whose last bits may differ from those of step costs, so that the reference's own placement has a
 * gap of exactly 0. One that `cost` undercuts is no longer the best that is known.
 */
function standing(episode: WorldEpisode, cost: number): Reference {
  const reference = episode.reference()
  const upper = reference.placement ? costOf(episode.schedule(reference.placement)) : reference.upper
  const known = { ...reference, upper, ...(reference.kind === 'optimum' && { lower: upper }) }
  return cost < upper && known.kind !== 'optimum' ? { ...known, upper: cost, how: 'the placement itself' } : known
}

const costOf = (schedule: readonly Measured[]) => schedule.reduce((sum, { cost }) => sum + cost, 0)

/** Assesses one placement an episode, in the order of `world.episodes`; of the workload's own workflows. */
export function assess(world: Pick<World, 'episodes' | 'references'>, placements: readonly ArrayLike<number>[]): Assessment {
  const references: Reference[] = []
  const total = { delaySeconds: 0, energyJoules: 0, cost: 0 }
  const workflows = world.episodes.flatMap((episode: WorldEpisode, e): WorkflowAssessment[] => {
    const schedule = episode.schedule(placements[e])
    const cost = costOf(schedule)
    const known = standing(episode, cost)
    references.push(known)
    const { kind, lower, upper } = known
    return schedule.map((workflow) => {
      total.delaySeconds += workflow.delaySeconds
      total.energyJoules += workflow.energyJoules
      total.cost += workflow.cost
      return { ...workflow, episode: e, optimalityGap: optimalityGap(cost, known), reference: { kind, lower, upper } }
    })
  })
  const reference = sumOf(references)
  return {
    references: world.references,
    total: { ...total, optimalityGap: optimalityGap(total.cost, reference), reference },
    workflows,
    how: [...new Set(references.map(({ how }) => how))]
  }
}

/** The placement that reaches an episode's reference. Throws RangeError where none is known. */
export function referencePlacement(episode: Pick<WorldEpisode, 'reference'>): Uint8Array {
  const { kind, lower, placement } = episode.reference()
  if (placement) return placement
  if (kind !== 'bound') throw new RangeError('no placement is known that its flows allow')
  throw new RangeError(
    `no placement is known that reaches its reference, the lower bound Q ≥ ${Number(lower.toPrecision(4))}; local-search, annealing, beam and pilot find good ones`
  )
}

/** The reference's own placements of the workload's workflows, assessed. Throws RangeError where an episode has none. */
export function assessReference(world: Pick<World, 'episodes' | 'references'>): Assessment {
  return assess(
    world,
    world.episodes.map((episode) => {
      return referencePlacement(episode)
    })
  )
}
