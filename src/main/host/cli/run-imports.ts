import type { ForeignLook, ForeignLooks } from '@shared/contract/foreign'
import { count } from '@shared/format'
import { sourceTitle } from '@shared/algorithms/foreign'
import { importForeign } from '../../api/foreign'
import { BadBundleError } from '../../archive/errors'
import { type ForeignFiles, filesAt, trackedFilesIn } from '../../imports/files'
import { BadForeignError } from '../../imports/foreign-run'
import { lookThrough, type Renaming } from '../../imports/keep'
import { isZip, withFile } from './bundles'
import { InputError, type Invocation, UsageError } from './command'
import { note, print, printJson, table } from './output'
import { type Session, withHistory, withLab } from './session'

/** Names of metrics here by their names there, as `--rename THERE=HERE` gives them. Throws UsageError. */
function renamingOf(given: unknown): Renaming {
  return Object.fromEntries(
    (Array.isArray(given) ? given : []).map((each: string) => {
      const at = each.lastIndexOf('=')
      if (at < 1 || at === each.length - 1) throw new UsageError(`--rename ${each}: say it as THERE=HERE, as in --rename train/loss=loss`)
      return [each.slice(0, at), each.slice(at + 1)]
    })
  )
}

/** Reads the runs of TensorBoard and MLflow in folders, zip files or event files into the history, or with `--look` only lists them. */
export async function importRuns(invocation: Invocation, paths: readonly string[]): Promise<number> {
  const rename = renamingOf(invocation.options.rename)
  const isLook = invocation.options.look === true
  const work = async (session: Session): Promise<number> => {
    const done: object[] = []
    for (const path of paths) done.push(await taken(session, path, { rename, isLook, isSilent: invocation.json }))
    if (invocation.json) await printJson(done.length === 1 ? done[0] : { imports: done })
    return 0
  }
  return isLook ? withHistory(invocation, work) : withLab(invocation, work)
}

interface Taking {
  rename: Renaming
  isLook: boolean
  isSilent: boolean
}

async function taken({ lab }: Session, path: string, { rename, isLook, isSilent }: Taking): Promise<object> {
  try {
    const read = async (files: ForeignFiles): Promise<ForeignLooks> => {
      if (isLook) {
        const looks = await lookThrough(lab.store, files)
        if (!isSilent) await print(lookTable(looks.runs))
        return looks
      }
      const outcome = importForeign(lab, files, rename)
      const told = isSilent ? [] : outcome.ids
      for (const [i, id] of told.entries())
        note(`${SAID[outcome.runs[i].here]}: ${nameOf(outcome.runs[i])} as ${id} (${extent(outcome.runs[i])})`)
      return outcome
    }
    const looks = isZip(path) ? await withFile(path, (source, name) => read(trackedFilesIn(source, name))) : await read(filesAt(path))
    if (isSilent) return looks
    for (const run of looks.runs) for (const sentence of run.notes) note(`${nameOf(run)}: ${sentence}`)
    for (const sentence of looks.notes) note(sentence)
    return looks
  } catch (error) {
    if (error instanceof BadForeignError || error instanceof BadBundleError) throw new InputError(path, error.faults)
    throw error
  }
}

const SAID: Readonly<Record<ForeignLook['here'], string>> = { no: 'Imported', same: 'Already here', older: 'Brought up to date' }
const nameOf = ({ source, name }: ForeignLook) => `${sourceTitle(source)} run "${name}"`
const extent = ({ metrics, points }: ForeignLook) => `${count(metrics.length, 'curve', 'curves')}, ${count(points, 'point', 'points')}`

function lookTable(runs: readonly ForeignLook[]): string {
  const right = (head: string) => ({ head, align: 'right' as const })
  return table(
    [{ head: 'run' }, { head: 'of' }, { head: 'experiment' }, right('points'), right('parameters'), { head: 'here' }, { head: 'curves' }],
    runs.map(({ source, name, experiment, metrics, points, parameters, here }) => [
      name,
      sourceTitle(source),
      experiment,
      String(points),
      String(parameters),
      here === 'no' ? '' : here === 'same' ? 'yes' : 'an older state',
      metrics.join(', ')
    ])
  )
}
