import { createHash } from 'node:crypto'
import type { ComparisonAnalysis, GroupLosses, ReportKind } from '@shared/contract/comparisons'
import type { GroupRow, RunRow } from '@shared/contract/records'
import { comparisonTitle, lossesTitle } from '@shared/experiment/figureText'
import { type Losses, meanLosses } from '@shared/experiment/losses'
import { meanQueueLosses, type QueueLosses } from '@shared/experiment/queue-losses'
import { cardsById, groupNames } from '@shared/run/naming'
import { publishedName, type PublishedNames } from '@shared/run/publishedNames'
import { algorithmCards } from '../algorithms'
import { type DrawnComparison, gapCurves, groupLooks, namesWithBests, type ReportedComparison } from '../comparison/comparison'
import { comparisonCsv } from '../comparison/csv'
import { type ComparisonAsked, gather, groupRowsOf, rowsInOrder } from '../comparison/gather'
import { comparisonLatex } from '../comparison/latex'
import type { Scenario } from '@shared/model/scenario'
import { type LookedRun, NotInspectableError } from '../computing/looking'
import { DamagedRecordError, type Store, stringifyReals } from '../store'
import { computed } from './computed'
import { lookedInto } from './inspections'
import { KeptResults } from './kept-results'
import type { Lab } from './lab'

interface KeptOfStore {
  /** By all that they follow from. */
  analyses: KeptResults<ComparisonAnalysis>
  /** Of single runs, by run and evaluation. */
  losses: KeptResults<Losses | QueueLosses>
}

/** Cells of figures and tasks of losses that are kept, of all comparisons and runs together. */
const MOST_CELLS = 200_000
const MOST_TASKS = 200_000

/** Policies that are read and sent to be looked into at once, in bytes. */
const BATCH_BYTES = 32e6
const GROUPS_AT_A_TIME = 2

const kept = new WeakMap<Store, KeptOfStore>()

function keptOf(store: Store): KeptOfStore {
  const known = kept.get(store) ?? {
    analyses: new KeptResults<ComparisonAnalysis>(MOST_CELLS, ({ figures }) => figures.reduce((sum, { cells }) => sum + cells.length, 1)),
    losses: new KeptResults<Losses | QueueLosses>(MOST_TASKS, ({ tasks }) => tasks.length)
  }
  kept.set(store, known)
  return known
}

/** All of a run that a comparison follows from: what people noted does not count, nor how far one is that has no evaluation yet. */
function contentOf({
  tags: _,
  note: __,
  pinned: ___,
  archived: ____,
  priority: _____,
  latest: ______,
  status: _______,
  ...row
}: RunRow): object {
  if (row.evaluation) return row
  const { id, alike, world, scenarioId, scenario, seed, totalLearnSteps } = row
  return { id, alike, world, scenarioId, scenario, seed, totalLearnSteps }
}

/** Ids that are not there. */
export function missingOf(store: Store, ids: readonly string[]): string[] {
  const known = new Set(store.runs.rows(ids).map(({ id }) => id))
  return ids.filter((id) => !known.has(id))
}

/** Everything a comparison says of runs that are there; kept until one of them changes. Rejects with DamagedRecordError, ComputationError. */
export async function analysed(lab: Lab, { ids, ...asked }: ComparisonAsked, signal?: AbortSignal): Promise<ComparisonAnalysis> {
  const { store } = lab
  const { analyses } = keptOf(store)
  const rows = rowsInOrder(store, ids)
  const key = createHash('sha256')
    .update(stringifyReals([asked, rows.map(contentOf)]))
    .digest('hex')
  const found = analyses.get(key)
  if (found) return found
  const { known, given } = await gather(store, rows, asked)
  const made = { ...known, ...(await computed(lab, { what: 'comparison', ...given }, comparisonTitle(ids.length), signal)) }
  analyses.put(key, made)
  return made
}

/** What each group's policies spend beyond the optimum, mean over its seeds; runs that cannot be placed again are left out, and said where none can. */
export async function lossesByGroup(lab: Lab, ids: readonly string[], signal?: AbortSignal): Promise<GroupLosses[]> {
  const rows = new Map(rowsInOrder(lab.store, ids).map((row) => [row.id, row]))
  const groups = groupRowsOf([...rows.values()])
  const found: GroupLosses[] = []
  let next = 0
  const work = async () => {
    for (let g = next++; g < groups.length; g = next++) found[g] = await lossesOfGroup(lab, groups[g], rows, signal)
  }
  await Promise.all(Array.from({ length: GROUPS_AT_A_TIME }, work))
  return found
}

async function lossesOfGroup(
  lab: Lab,
  { runs, counted, algorithm }: GroupRow,
  rows: ReadonlyMap<string, RunRow>,
  signal: AbortSignal | undefined
): Promise<GroupLosses> {
  const { losses: known } = keptOf(lab.store)
  const keyOf = (id: string) => `${id} ${stringifyReals([rows.get(id)?.endedAt, rows.get(id)?.evaluation])}`
  const losses = new Map(counted.flatMap((id) => [[id, known.get(keyOf(id))] as const]))
  let missing = 'None of its runs has been evaluated.'
  const left = counted.filter((id) => !losses.get(id))
  while (left.length > 0) {
    const batch = nextBatch(lab.store, left)
    missing = batch.missing ?? missing
    const [first] = batch.looked
    if (!first) continue
    const given = { spec: first.spec, runs: batch.looked.map(({ run, spec, policy }) => ({ run, seed: spec.seed, policy })) }
    const results = await computed(lab, { what: 'losses', ...given }, lossesTitle(algorithm, counted.length), signal)
    results.forEach((result, i) => {
      const { run } = batch.looked[i]
      if ('refused' in result) missing = result.refused
      else {
        losses.set(run, result)
        known.put(keyOf(run), result)
      }
    })
  }
  const all = counted.flatMap((id) => losses.get(id) ?? [])
  const queues = all.filter((each) => 'queues' in each)
  if (queues.length > 0) return { runs, queues: meanQueueLosses(queues) }
  const chains = all.filter((each) => 'hops' in each)
  return chains.length > 0 ? { runs, losses: meanLosses(chains) } : { runs, missing }
}

/** Takes runs from the front of `left` until their policies fill what is sent at once. `missing`: why one of them cannot be looked into. */
function nextBatch(store: Store, left: string[]): { looked: LookedRun[]; missing?: string } {
  const looked: LookedRun[] = []
  let missing: string | undefined
  for (let bytes = 0; left.length > 0 && bytes < BATCH_BYTES; ) {
    try {
      const found = lookedInto(store, left.shift() ?? '')
      bytes += found.policy?.byteLength ?? 0
      looked.push(found)
    } catch (error) {
      if (!(error instanceof NotInspectableError || error instanceof DamagedRecordError)) throw error
      missing = error.message
    }
  }
  return { looked, missing }
}

/** A comparison with all that its tables show. */
export async function reportedComparison(
  lab: Lab,
  asked: ComparisonAsked,
  {
    name,
    published = {},
    signal
  }: {
    name?: string /** What groups are called instead, by their name or what it begins with. */
    published?: PublishedNames
    signal?: AbortSignal
  } = {}
): Promise<ReportedComparison> {
  const analysis = await analysed(lab, asked, signal)
  const names = groupNames(analysis.groups, cardsById(algorithmCards)).map((own) => publishedName(own, published))
  return {
    name: name ?? `Comparison of ${names.slice(0, 4).join(', ')}${names.length > 4 ? ` and ${names.length - 4} more` : ''}`,
    at: Date.now(),
    analysis,
    names: namesWithBests(names, analysis.bestOf),
    looks: groupLooks(analysis.groups, analysis.bestOf),
    rows: new Map(lab.store.runs.rows(asked.ids).map((row) => [row.id, row]))
  }
}

/** The same with what its page draws. */
async function drawnComparison(lab: Lab, comparison: ReportedComparison, signal: AbortSignal | undefined): Promise<DrawnComparison> {
  const { analysis, names, looks, rows } = comparison
  const ids = analysis.groups.flatMap(({ runs }) => runs)
  return {
    ...comparison,
    curves: gapCurves(lab.store, analysis, names, looks, rows),
    losses: await lossesByGroup(lab, ids, signal),
    pictures: [],
    scenarios: scenariosOf(lab.store, comparison)
  }
}

/** Each scenario of a comparison once, called as its groups call it. */
function scenariosOf(store: Store, { analysis }: ReportedComparison): Scenario[] {
  const found = new Map<string, Scenario>()
  for (const { scenarioId, scenario, runs } of analysis.groups) {
    if (!found.has(scenarioId)) found.set(scenarioId, { ...store.runs.spec(runs[0]).scenario, name: scenario })
  }
  return [...found.values()]
}

/** A comparison as the text of one file. The page's drawing is loaded when it is asked for. */
export async function comparisonFile(
  lab: Lab,
  comparison: ReportedComparison,
  kind: ReportKind,
  { signal, pictures = [] }: { signal?: AbortSignal; pictures?: DrawnComparison['pictures'] } = {}
): Promise<string> {
  if (kind === 'csv') return comparisonCsv(comparison)
  if (kind === 'latex') return comparisonLatex(comparison)
  const drawn = await drawnComparison(lab, comparison, signal)
  return (await import('../comparison/report')).comparisonHtml({ ...drawn, pictures })
}
