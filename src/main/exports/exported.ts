import type { RunExport } from '@shared/run/exports'
import { stringifyReals, type Store } from '../store'
import { methodsParagraph, runsBibtex } from './methods'
import { mlflowFiles } from './mlflow'
import { runsCsv, runsLatex, runsSagaCsv, runsTsv } from './table'
import { type ExportedFile, tensorBoardFile } from './tensorboard'
import { type TrackedRun, trackedRun } from './tracked'

const TEXTS: Readonly<
  Record<Exclude<RunExport, 'tensorboard' | 'mlflow'>, { name: string; write(store: Store, runs: readonly TrackedRun[]): string }>
> = {
  csv: { name: 'runs.csv', write: (_, runs) => runsCsv(runs) },
  tsv: { name: 'runs.tsv', write: (_, runs) => runsTsv(runs) },
  latex: { name: 'runs.tex', write: (_, runs) => runsLatex(runs) },
  saga: { name: 'saga.csv', write: (_, runs) => runsSagaCsv(runs) },
  methods: { name: 'methods.txt', write: methodsParagraph },
  bibtex: { name: 'references.bib', write: runsBibtex }
}

/**
 * Runs as files of another tool. `root` is how MLflow's own files name the folder they are in. Throws UnknownRunError,
 * DamagedRecordError.
 */
export function exportedFiles(store: Store, ids: readonly string[], form: RunExport, root: string): ExportedFile[] {
  const runs = ids.map((id) => trackedRun(store, id))
  if (form === 'tensorboard') return runs.map(tensorBoardFile)
  if (form === 'mlflow') return mlflowFiles(runs, root, (run) => artefactsOf(store, run))
  const { name, write } = TEXTS[form]
  return [{ path: name, content: write(store, runs) }]
}

/** What a run was trained on and what it learned, as files of ours. */
function artefactsOf(store: Store, { row }: TrackedRun): ExportedFile[] {
  // Of what another tracker recorded there is no more than its curves and parameters.
  if (row.foreign) return []
  const policy = store.policies.get(row.id)
  return [
    { path: 'spec.json', content: stringifyReals(store.runs.spec(row.id)) },
    { path: 'evaluation.json', content: stringifyReals(store.evaluation(row.id) ?? null) },
    ...(policy ? [{ path: 'policy.bin', content: policy }] : [])
  ]
}
