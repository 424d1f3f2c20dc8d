import { writeExperiment } from '@shared/formats'
import type { RunSpec } from '@shared/experiment/experiment'
import type { Lab } from './lab'

/** Queues runs of the same specification once more, as one experiment. The caller has checked that they are there. */
export function runAgain(lab: Lab, ids: readonly string[]): { experimentId: number; name: string; runs: string[] } | undefined {
  const rows = lab.store.runs.rows(ids)
  if (!lab.supervisor || rows.length === 0) return undefined
  const specs = rows.map((row) => lab.store.runs.spec(row.id))
  const names = new Set(rows.map((row) => row.experiment.replace(/( · again)+$/, '')))
  const name = `${names.size === 1 ? [...names][0] : `${rows.length} runs`} · again`
  const note = `Runs again: ${rows.map((row) => row.id).join(', ')}.`.slice(0, 500)
  const added = lab.supervisor.enqueue(specs, { name, note, document: documentOf(name, specs) })
  return { experimentId: added.experimentId, name, runs: added.runs }
}

/** As an experiment's file would hold them, where one product of scenarios, schemes and seeds says it all. */
function documentOf(name: string, specs: readonly RunSpec[]): unknown {
  if (specs.length !== 1) return undefined
  const [{ scenario, algorithm, parameters, seed, heldOut, split }] = specs
  return writeExperiment({ name, scenarios: [scenario], algorithms: [{ id: algorithm, parameters }], seeds: [seed], heldOut, split })
}
