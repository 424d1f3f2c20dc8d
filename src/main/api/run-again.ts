import { count } from '@shared/format'
import type { RunSpec } from '@shared/run/spec'
import { withInitialWeights } from './initial-weights'
import type { Lab } from './lab'

/**
 * Queues runs of the same specification again, as one experiment; `fromTheirWeights`: each from the policy its
 * forerunner has learned. The caller has checked that they are there. Throws BadDocumentError where one has no policy.
 */
export async function runAgain(
  lab: Lab,
  ids: readonly string[],
  fromTheirWeights: boolean,
  signal?: AbortSignal
): Promise<{ experimentId: number; name: string; runs: string[] } | undefined> {
  const rows = lab.store.runs.rows(ids)
  if (!lab.supervisor || rows.length === 0) return undefined
  const same = rows.map((row) => lab.store.runs.spec(row.id))
  const specs = fromTheirWeights
    ? await withInitialWeights(
        lab,
        same.map((spec, i) => startingFrom(spec, rows[i].id)),
        signal
      )
    : same
  const names = new Set(rows.map((row) => row.experiment.replace(/( · (again|continued))+$/, '')))
  const name = `${names.size === 1 ? [...names][0] : count(rows.length, 'run', 'runs')} · ${fromTheirWeights ? 'continued' : 'again'}`
  const which = rows.map((row) => row.id).join(', ')
  const note = (fromTheirWeights ? `Starts from the weights of ${which}.` : `Runs again: ${which}.`).slice(0, 500)
  const sources = rows.map(({ id }) => lab.store.sources.of(id))
  const added = lab.supervisor.enqueue(specs, { name, note }, sources)
  return { experimentId: added.experimentId, name, runs: added.runs }
}

function startingFrom(spec: RunSpec, id: string): RunSpec {
  return { ...spec, initialWeights: { name: id } }
}
