import { createHash } from 'node:crypto'
import type { ExportedFile } from './tensorboard'
import type { TrackedRun } from './tracked'

/**
 * MLflow's file store: a folder an experiment, in it a folder a run with files of parameters, metrics (`time value step` a line), tags and
 * artefacts. Values are float64. Names follow from ours, so that a run exported twice is one run.
 */

const hexOf = (text: string, length: number) => createHash('sha256').update(text).digest('hex').slice(0, length)
/** MLflow's ids of experiments are decimal. */
const experimentId = (name: string) => String(BigInt(`0x${hexOf(name, 15)}`))

/** Single quotes: nothing within them has a meaning but themselves. */
const yaml = (text: string) => `'${text.replaceAll(/[\r\n]+/g, ' ').replaceAll("'", "''")}'`

const STATUS: Readonly<Record<string, number>> = { running: 1, queued: 2, completed: 3, failed: 4, diverged: 4, cancelled: 5 }

/** MLflow takes these in names and no others. */
const nameOf = (name: string) => name.replaceAll(/[^\w\-. ]/g, '_').slice(0, 250)

/** The folder of runs below `root`, an address that artefacts are named by. */
export function mlflowFiles(
  runs: readonly TrackedRun[],
  root: string,
  artefacts: (run: TrackedRun) => readonly ExportedFile[]
): ExportedFile[] {
  const experiments = new Map(
    runs.map(({ row }) => [
      row.experiment,
      Math.min(...runs.filter((other) => other.row.experiment === row.experiment).map((run) => run.at(0)))
    ])
  )
  return [
    ...[...experiments].map(([name, began]) => ({
      path: `${experimentId(name)}/meta.yaml`,
      content: lines([
        ['artifact_location', yaml(`${root}/${experimentId(name)}`)],
        ['creation_time', String(Math.round(began))],
        ['experiment_id', yaml(experimentId(name))],
        ['last_update_time', String(Math.round(began))],
        ['lifecycle_stage', 'active'],
        ['name', yaml(name)]
      ])
    })),
    ...runs.flatMap((run) => runFiles(run, root, artefacts(run)))
  ]
}

const lines = (entries: readonly (readonly [string, string])[]) => `${entries.map(([key, value]) => `${key}: ${value}`).join('\n')}\n`

function runFiles(run: TrackedRun, root: string, artefacts: readonly ExportedFile[]): ExportedFile[] {
  const { row, parameters, curves, results } = run
  const experiment = experimentId(row.experiment)
  const id = hexOf(row.id, 32)
  const at = (path: string, content: ExportedFile['content']) => ({ path: `${experiment}/${id}/${path}`, content })
  const name = `${row.algorithm}, seed ${row.seed}`
  const tags: Record<string, string> = { 'mlflow.runName': name, 'mlflow.source.name': 'DMRO Lab', dmroRun: row.id, stepUnit: run.unit }
  if (row.tags && row.tags.length > 0) tags.tags = row.tags.join(', ')
  if (row.note) tags['mlflow.note.content'] = row.note
  if (row.approximate !== undefined) tags.approximate = row.approximate
  return [
    at(
      'meta.yaml',
      lines([
        ['artifact_uri', yaml(`${root}/${experiment}/${id}/artifacts`)],
        ['end_time', row.endedAt === undefined ? 'null' : String(Math.round(row.endedAt))],
        ['entry_point_name', "''"],
        ['experiment_id', yaml(experiment)],
        ['lifecycle_stage', 'active'],
        ['run_id', yaml(id)],
        ['run_name', yaml(name)],
        ['run_uuid', yaml(id)],
        ['source_name', "''"],
        ['source_type', '4'],
        ['source_version', "''"],
        ['start_time', String(Math.round(run.at(0)))],
        ['status', String(STATUS[row.status] ?? 2)],
        ['tags', '[]'],
        ['user_id', 'dmro-lab']
      ])
    ),
    ...Object.entries(parameters).map(([key, value]) => at(`params/${nameOf(key)}`, value)),
    ...Object.entries(tags).map(([key, value]) => at(`tags/${key}`, value)),
    ...curves.map(({ metric, steps, values }) => at(`metrics/${nameOf(metric)}`, metricLines(run, steps, values))),
    // Of every run, since MLflow's reader passes over folders without metrics.
    at('metrics/seconds', metricLines(run, Float64Array.of(row.learnSteps), Float64Array.of(row.seconds))),
    ...Object.entries(results).map(([key, value]) =>
      at(`metrics/evaluation.${key}`, metricLines(run, Float64Array.of(row.learnSteps), Float64Array.of(value)))
    ),
    ...artefacts.map(({ path, content }) => at(`artifacts/${path}`, content))
  ]
}

/** A line a point. MLflow reads Python's numbers: "nan" and "inf". */
function metricLines(run: TrackedRun, steps: Float64Array, values: Float64Array): string {
  const parts: string[] = []
  for (let i = 0; i < steps.length; i++) {
    const value = values[i]
    const text = Object.is(value, -0)
      ? '-0.0'
      : Number.isFinite(value)
        ? String(value)
        : Number.isNaN(value)
          ? 'nan'
          : value > 0
            ? 'inf'
            : '-inf'
    parts.push(`${Math.round(run.at(steps[i]))} ${text} ${Math.round(steps[i])}\n`)
  }
  return parts.join('')
}
