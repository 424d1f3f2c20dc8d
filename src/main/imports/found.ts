import { count } from '@shared/format'
import type { ForeignFiles } from './files'
import { BadForeignError, type ForeignRun, MOST_POINTS, MOST_RUNS } from './foreign-run'
import { mlflowFolders, mlflowRun } from './mlflow'
import { eventFolders, tensorBoardRun } from './tensorboard'

/** Runs of other trackers, read one after the other, and what of the whole was left out, a sentence each. */
export interface FoundRuns {
  runs: Iterable<ForeignRun>
  count: number
  notes: readonly string[]
}

/** The runs of TensorBoard and MLflow in a folder, a zip file or one event file. Throws BadForeignError, also while the runs are read. */
export function foreignRuns(files: ForeignFiles): FoundRuns {
  const { runs, experiments, deleted } = mlflowFolders(files)
  const isInRun = (folder: string) => runs.some((run) => run.folder === '' || folder === run.folder || folder.startsWith(`${run.folder}/`))
  // Event files among the artefacts of a run of MLflow are that run's.
  const events = [...eventFolders(files.paths)].filter(([folder]) => !isInRun(folder))
  const all = runs.length + events.length
  if (all === 0)
    throw new BadForeignError(
      files.name,
      'holds neither event files of TensorBoard (events.out.tfevents.…) nor runs of MLflow (folders with a meta.yaml)'
    )
  if (all > MOST_RUNS)
    throw new BadForeignError(files.name, `holds ${count(all, 'run', 'runs')}; ${MOST_RUNS.toLocaleString('en')} are taken at once`)
  return {
    count: all,
    notes: deleted > 0 ? [`${count(deleted, 'run was', 'runs were')} left out that MLflow keeps as deleted.`] : [],
    runs: read()
  }
  function* read(): Generator<ForeignRun> {
    const budget = { points: MOST_POINTS }
    for (const run of runs) yield mlflowRun(files, run, experiments, budget)
    for (const [folder, paths] of events) yield tensorBoardRun(files, folder, paths, budget)
  }
}
