import type { ComparisonAnalysis } from '@shared/contract/comparisons'
import type { GroupRow, RunRow } from '@shared/contract/records'
import { clockOf } from '@shared/curves/clock'
import type { Figures } from '@shared/experiment/compared'
import { type Basis, commonPoint, FIGURE_CURVES, figuresAt, type ReadAt, trainingOf } from '@shared/experiment/training'
import { evaluatedOn } from '@shared/run/evaluated'
import { groupRuns } from '@shared/run/grouping'
import { cardsById } from '@shared/run/naming'
import { isTrained } from '@shared/run/steps'
import { stepsToWithin } from '@shared/statistics/profiles'
import { algorithmCards } from '../algorithms'
import type { ComparedWorld, GatheredComparison, GatheredGroup } from '../computing/comparison'
import type { Store } from '../store'
import { labelledRows } from './labels'

/** What is to be compared, and by what. */
export interface ComparisonAsked {
  ids: readonly string[]
  /** A run of the group that others are compared against; the first group's where absent. */
  against?: string
  /** Where figures are read; at the end of each run where absent. */
  basis?: Basis
  /** Whether seeds of single networks are taken together as well. */
  bestOf?: boolean
}

/** What was read of a comparison: what is known at once, and what is left to be computed. */
export interface GatheredParts {
  known: Pick<ComparisonAnalysis, 'groups' | 'evaluatedOn' | 'training' | 'reference' | 'read' | 'isOneWorld' | 'documents'>
  given: GatheredComparison
}

/** Milliseconds of reading after which others get a turn. */
const SLICE_MS = 8

/** Gives the program's other work a turn, if there was none for a while. */
class Turns {
  #since = performance.now()

  async take(): Promise<void> {
    if (performance.now() - this.#since < SLICE_MS) return
    await new Promise<void>((resolve) => setImmediate(resolve))
    this.#since = performance.now()
  }
}

/** The runs of `ids` that are there and have a scenario, in that order, under labels that tell their worlds apart. */
export function rowsInOrder(store: Store, ids: readonly string[]): RunRow[] {
  const order = new Map(ids.map((id, at) => [id, at]))
  const own = store.runs.rows(ids).filter((row) => !row.foreign)
  return labelledRows(store, own).sort((a, b) => (order.get(a.id) ?? 0) - (order.get(b.id) ?? 0))
}

/** Groups of runs that differ only in their seed, in the order of their first. */
export function groupRowsOf(rows: readonly RunRow[]): GroupRow[] {
  return groupRuns(rows).map((group) => ({ ...group }))
}

/** Reads all that a comparison of these runs needs, a slice at a time. Rejects with DamagedRecordError, UnknownRunError. */
export async function gather(store: Store, rows: readonly RunRow[], asked: Omit<ComparisonAsked, 'ids'>): Promise<GatheredParts> {
  const cards = cardsById(algorithmCards)
  const turns = new Turns()
  const byId = new Map(rows.map((row) => [row.id, row]))
  const groups = groupRowsOf(rows)
  const members = (group: GroupRow) => group.counted.flatMap((id) => byId.get(id) ?? [])
  const read = commonPoint(groups.flatMap(members), asked.basis ?? 'trained')
  const worlds = new Map<string, ComparedWorld>()
  const documents: number[] = []
  const gathered: GatheredGroup[] = []
  const training: ComparisonAnalysis['training'] = []
  for (const group of groups) {
    const [first] = group.runs
    const { scenario, heldOut, split } = store.runs.spec(first)
    const { world = '', totalLearnSteps = 0 } = byId.get(first) ?? {}
    const document = JSON.stringify([group.scenarioId, heldOut, split])
    if (!worlds.has(document)) worlds.set(document, { scenario, heldOut, split })
    documents.push([...worlds.keys()].indexOf(document))
    const own = trainingOf(cards.get(group.algorithm), group.parameters, totalLearnSteps)
    training.push(own)
    const runs: GatheredGroup['runs'][number][] = []
    for (const row of members(group)) {
      const run = finishedRun(store, row, read)
      if (run) runs.push(run)
      await turns.take()
    }
    gathered.push({
      isRuler: group.algorithm === 'optimum',
      isDeterministic: group.isDeterministic,
      world,
      heldOut: JSON.stringify([world, heldOut, split]),
      training: own,
      runs
    })
  }
  const distinct = [...worlds.values()]
  const on = distinct.map(({ scenario, heldOut, split }) => evaluatedOn(scenario.workload, heldOut, split))
  const chosen = groups.findIndex(({ runs }) => asked.against !== undefined && runs.includes(asked.against))
  const reference = Math.max(0, chosen)
  return {
    known: {
      groups,
      evaluatedOn: documents.map((at) => on[at]),
      training,
      reference,
      read,
      isOneWorld: new Set(gathered.map(({ world }) => world)).size <= 1,
      documents
    },
    given: { groups: gathered, reference, isEarly: read.basis !== 'trained', bestOf: asked.bestOf === true, worlds: distinct }
  }
}

/** Undefined where the values of its workflows are not there. */
function finishedRun(store: Store, row: RunRow, read: ReadAt): GatheredGroup['runs'][number] | undefined {
  const { id, seed, seconds, evaluation } = row
  const values = evaluation && store.evaluations.floats(id)
  if (!evaluation || !values) return undefined
  if (!isTrained(row)) return { seed, seconds, evaluation, ...values }
  const { steps, values: gaps } = store.curves.read(id, 'gap')
  return {
    seed,
    seconds,
    evaluation,
    ...values,
    stepsTo5: stepsToWithin(steps, gaps, 0.05),
    stepsTo1: stepsToWithin(steps, gaps, 0.01),
    ...(read.basis !== 'trained' && { early: earlyFigures(store, row, read) })
  }
}

function earlyFigures(store: Store, { id, learnSteps, seconds }: RunRow, read: Exclude<ReadAt, { basis: 'trained' }>): Figures {
  const curve = (metric: string) => store.curves.read(id, metric)
  const { gapMean, cost, delay, energy } = FIGURE_CURVES
  const curves = { gapMean: curve(gapMean), cost: curve(cost), delay: curve(delay), energy: curve(energy) }
  return figuresAt(curves, clockOf(curve('speed'), learnSteps, seconds), read)
}
