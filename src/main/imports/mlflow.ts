import { count } from '@shared/format'
import type { ForeignFiles } from './files'
import { readFlatYaml } from './flat-yaml'
import {
  BadForeignError,
  type ForeignRun,
  namesListed,
  MOST_CURVES,
  MOST_NAME,
  MOST_PARAMETERS,
  MOST_POINTS,
  parameterText
} from './foreign-run'
import { GrowingCurve, wallPaceOf } from './growing-curve'

/** MLflow's file store: folders of experiments, in them folders of runs with a file a parameter, a metric and a tag. */

const META = 'meta.yaml'
type Meta = ReadonlyMap<string, string>

export interface MlflowFolder {
  /** '' at the top. */
  folder: string
  meta: Meta
  files: readonly string[]
}

/** Runs below what was given, with the names of their experiments; what is in the trash, and models, are left out. Throws BadForeignError. */
export function mlflowFolders(files: ForeignFiles): { runs: MlflowFolder[]; experiments: ReadonlyMap<string, string>; deleted: number } {
  const runs: MlflowFolder[] = []
  const experiments = new Map<string, string>()
  const under = filesByFolder(files.paths)
  let deleted = 0
  for (const path of files.paths) {
    if (path !== META && !path.endsWith(`/${META}`)) continue
    const folder = path.slice(0, -META.length - 1)
    if (/(^|\/)(artifacts|models)(\/|$)/.test(folder)) continue
    const meta = readFlatYaml(files.text(path), path)
    const isRun = meta.has('run_id') || meta.has('run_uuid')
    if (!isRun && meta.has('experiment_id')) experiments.set(meta.get('experiment_id') ?? '', meta.get('name') ?? '')
    if (!isRun) continue
    if (meta.get('lifecycle_stage') === 'deleted' || /(^|\/)\.trash(\/|$)/.test(folder)) deleted++
    else runs.push({ folder, meta, files: under(folder) })
  }
  return { runs, experiments, deleted }
}

/** The paths below a folder: they are sorted, so those of one folder stand together. */
function filesByFolder(paths: readonly string[]): (folder: string) => readonly string[] {
  return (folder) => {
    if (folder === '') return paths
    const prefix = `${folder}/`
    let [low, high] = [0, paths.length]
    while (low < high) {
      const middle = (low + high) >> 1
      if (paths[middle] < prefix) low = middle + 1
      else high = middle
    }
    let end = low
    while (end < paths.length && paths[end].startsWith(prefix)) end++
    return paths.slice(low, end)
  }
}

/** MLflow's states by number, as files have them, and by name. Of one that still runs what there is so far is taken. */
const STATUS: Readonly<Record<string, ForeignRun['status']>> = { '4': 'failed', FAILED: 'failed', '5': 'cancelled', KILLED: 'cancelled' }
const UNENDED = new Set(['1', 'RUNNING', '2', 'SCHEDULED'])

/** One run. `budget`: points that may still be read. Throws BadForeignError. */
export function mlflowRun(
  files: ForeignFiles,
  { folder, meta, files: paths }: MlflowFolder,
  experiments: ReadonlyMap<string, string>,
  budget: { points: number }
): ForeignRun {
  const at = folder === '' ? '' : `${folder}/`
  const own = (kind: string) =>
    paths.filter((path) => path.startsWith(`${at}${kind}/`)).map((path) => [path.slice(at.length + kind.length + 1), path])
  const id = meta.get('run_id') ?? meta.get('run_uuid') ?? ''
  if (!/^[\w-]{1,256}$/.test(id)) throw new BadForeignError(`${at}${META}`, 'has a run_id that MLflow does not write')
  const notes: string[] = []
  const troubles: string[] = []
  const [, titled] = own('tags').find(([name]) => name === 'mlflow.runName') ?? []
  const given = own('params')
  if (given.length > MOST_PARAMETERS)
    notes.push(`Of ${count(given.length, 'parameter', 'parameters')} the first ${MOST_PARAMETERS.toLocaleString('en')} are here.`)
  const parameters = Object.fromEntries(
    given
      .filter(([name]) => name !== '__proto__' && name.length <= MOST_NAME)
      .slice(0, MOST_PARAMETERS)
      .map(([name, path]) => [name, parameterText(files.text(path))])
  )
  const metrics = own('metrics')
  if (metrics.length > MOST_CURVES) throw new BadForeignError(`${at}metrics`, `holds more than ${MOST_CURVES.toLocaleString('en')} metrics`)
  const ended = metrics.map(([name, path]) => {
    if (name.length > MOST_NAME) throw new BadForeignError(path, `has a name of ${name.length} letters; it may have ${MOST_NAME}`)
    return metricCurve(files.text(path), path, budget, troubles).ended(name)
  })
  const unsorted = ended.filter(({ wasSorted }) => !wasSorted).map(({ metric }) => metric)
  if (unsorted.length > 0) notes.push(`Steps go back in ${namesListed(unsorted)}: points were put in the order of their steps.`)
  if (own('artifacts').length > 0) notes.push(`${count(own('artifacts').length, 'artefact was', 'artefacts were')} left where they are.`)
  const status = meta.get('status') ?? ''
  if (UNENDED.has(status)) troubles.push('It had not ended when it was imported; import it again to have the rest.')
  const times = ended.flatMap((curve) => (curve.times.length > 0 ? [curve.times[0], curve.times[curve.times.length - 1]] : []))
  const startedAt = momentOf(meta.get('start_time')) ?? (times.length > 0 ? Math.min(...times) : 0)
  const pace = wallPaceOf(ended)
  const experiment = meta.get('experiment_id') ?? ''
  return {
    source: 'mlflow',
    key: id,
    name: meta.get('run_name') || (titled && files.text(titled).trim()) || id.slice(0, 8),
    experiment: experiments.get(experiment) || (experiment === '' ? files.name : `experiment ${experiment}`),
    place: folder,
    parameters,
    curves: ended.map(({ metric, steps, values }) => ({ metric, steps, values })),
    ...(!metrics.some(([name]) => name === 'speed') && pace && { pace }),
    status: STATUS[status] ?? 'completed',
    startedAt,
    endedAt: momentOf(meta.get('end_time')) ?? Math.max(startedAt, ...(times.length > 0 ? [Math.max(...times)] : [])),
    troubles,
    notes
  }
}

function momentOf(text: string | undefined): number | undefined {
  const moment = Number(text)
  return text !== undefined && /^\d{1,16}$/.test(text) && moment > 0 && moment < 8.64e15 ? moment : undefined
}

const PYTHONS: Readonly<Record<string, number>> = {
  nan: Number.NaN,
  inf: Infinity,
  infinity: Infinity,
  '-inf': -Infinity,
  '-infinity': -Infinity
}
const NUMBER = /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i

/** A number as Python writes one; undefined where it is none. */
function pythonNumber(text: string): number | undefined {
  return NUMBER.test(text) ? Number(text) : PYTHONS[text.toLowerCase()]
}

/** Lines of `time value step`; older ones have no step. A last line without an end was still being written. Throws BadForeignError. */
function metricCurve(text: string, file: string, budget: { points: number }, troubles: string[]): GrowingCurve {
  const curve = new GrowingCurve()
  let line = 1
  for (let at = 0; at < text.length; line++) {
    const end = text.indexOf('\n', at)
    if (end < 0) {
      troubles.push(`${file} ends within line ${line}: it was still being written, or was cut off. What comes before is here.`)
      break
    }
    const words = text.slice(at, end).trim()
    at = end + 1
    if (words === '') continue
    const [time, value, step = '0'] = words.length < 400 ? words.split(' ') : []
    const point = [pythonNumber(time ?? ''), pythonNumber(value ?? ''), pythonNumber(step)] as const
    if (
      point[0] === undefined ||
      point[1] === undefined ||
      point[2] === undefined ||
      !Number.isFinite(point[2]) ||
      !Number.isFinite(point[0])
    )
      throw new BadForeignError(file, `line ${line} is not "time value step"`)
    if (--budget.points < 0)
      throw new BadForeignError(file, `is beyond ${MOST_POINTS.toLocaleString('en')} points, the most that one import takes`)
    curve.push(point[2], point[1], point[0])
  }
  return curve
}
