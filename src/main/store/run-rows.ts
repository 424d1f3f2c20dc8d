import { crc32 } from 'node:zlib'
import type { EvaluationSummary, RunRow } from '@shared/contract/records'
import type { ScenarioFacts } from '@shared/model/scenario'
import type { StoredSpec } from './identities'
import { type MarkColumns, shownMarks } from './marks'
import { parseReals } from './real-json'
import { shownSources } from './run-sources'
import type { foreignRun, run } from './schema'

export type RunColumns = typeof run.$inferSelect
export type UnsealedRun = Omit<RunColumns, 'number' | 'seal'>
/** A run's row with the names it is shown under. */
export type NamedRun = RunColumns & {
  experiment: string
  scenario: string
  scenarioNote: string | null
  facts: string
  approximate: string | null
  sources: string
  marks: MarkColumns | null
  foreign: typeof foreignRun.$inferSelect | null
  isIntact: number
}
/** What identifies a run but for its seed. */
export type RunIdentity = Pick<RunRow, 'alike' | 'world' | 'isDeterministic' | 'start'>
/** What never changes of a run: its identity, and what its scenario calls its parts. */
export interface Unchanging {
  identity: RunIdentity
  topology: string
  workload: string
}

/**
 * CRC-32 of a run's columns, text as UTF-8 keeps it. Page checks do not see a bit that flipped inside a value; this does.
 */
export function sealOf(row: UnsealedRun): number {
  return crc32(
    JSON.stringify(
      [
        row.id,
        row.experimentId,
        row.scenarioId,
        row.spec,
        row.totalLearnSteps,
        row.status,
        row.message,
        row.attempt,
        row.sequence,
        row.learnSteps,
        row.seconds,
        row.queuedAt,
        row.startedAt,
        row.endedAt,
        row.latest,
        row.evaluation,
        row.machine,
        row.deletedAt
      ].map((value) => (typeof value === 'string' ? value.toWellFormed() : value))
    )
  )
}

/** A run as it is shown. One whose record is damaged stays in sight, says so, and claims no result. */
export function shownRun(row: NamedRun, { identity, topology, workload }: Unchanging): RunRow {
  if (row.seal !== sealOf(row) || row.isIntact !== 1) return damagedRun(row)
  const spec: StoredSpec = JSON.parse(row.spec)
  const evaluation = row.evaluation === null ? undefined : parseReals<EvaluationSummary>(row.evaluation)
  const sources = shownSources(row.sources, { topology, workload, experiment: row.experiment, environments: spec.environments?.name })
  return {
    ...namesOf(row),
    ...identity,
    algorithm: spec.algorithm,
    ...(row.foreign && { foreign: foreignOf(row.foreign) }),
    parameters: spec.parameters,
    seed: spec.seed,
    ...(spec.environments && { environments: spec.environments.name }),
    ...(spec.initialWeights && { initialWeights: spec.initialWeights.name }),
    ...(sources.topology.name !== '' && { topology: sources.topology.name }),
    ...(!row.foreign && { sources }),
    status: row.status,
    message: row.message ?? undefined,
    learnSteps: row.learnSteps,
    totalLearnSteps: row.totalLearnSteps,
    seconds: row.seconds,
    queuedAt: row.queuedAt,
    startedAt: row.startedAt ?? undefined,
    endedAt: row.endedAt ?? undefined,
    latest: parseReals(row.latest),
    evaluation
  }
}

function foreignOf({ source, name, place, importedAt }: typeof foreignRun.$inferSelect): RunRow['foreign'] {
  return { source, name, place, importedAt }
}

function namesOf(row: NamedRun) {
  const { id, experimentId, experiment, scenarioId, scenario } = row
  return {
    id,
    experimentId,
    experiment,
    scenarioId,
    scenario,
    scenarioNote: row.scenarioNote ?? undefined,
    facts: (JSON.parse(row.facts) as ScenarioFacts | null) ?? undefined,
    ...(row.approximate !== null && { approximate: row.approximate }),
    ...shownMarks(row.marks)
  }
}

function damagedRun(row: NamedRun): RunRow {
  const { id, experimentId, scenarioId } = row
  return {
    // Names, marks and facts may be what is damaged: none is shown as if it were right.
    ...(row.isIntact === 1 ? namesOf(row) : { id, experimentId, experiment: 'damaged', scenarioId, scenario: 'damaged' }),
    alike: `damaged ${row.id}`,
    world: row.scenarioId,
    algorithm: 'unknown',
    parameters: {},
    seed: 0,
    status: 'failed',
    message: 'The stored record of this run is damaged: its checksum does not match.',
    learnSteps: 0,
    totalLearnSteps: 0,
    seconds: 0,
    queuedAt: 0,
    latest: {}
  }
}
