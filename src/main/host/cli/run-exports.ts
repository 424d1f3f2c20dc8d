import { mkdirSync, writeFileSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import { count } from '@shared/format'
import { isFolder, RUN_EXPORTS, type RunExport } from '@shared/run/exports'
import { exportedFiles } from '../../exports/exported'
import { type Invocation, textOf, UsageError } from './command'
import { note, printJson } from './output'
import type { Session } from './session'

type Options = Invocation['options']
const FOLDERS = RUN_EXPORTS.filter(isFolder)

interface FolderAsked {
  form: RunExport
  folder: string
}

/** The folder that runs are to be written to for another tracker. Throws UsageError where two are named. */
export function folderAsked(options: Options): FolderAsked | undefined {
  const asked = FOLDERS.flatMap((form): FolderAsked[] => {
    const folder = textOf(options, form)
    return folder === undefined ? [] : [{ form, folder }]
  })
  if (asked.length > 1) throw new UsageError('name one of --tensorboard and --mlflow')
  return asked[0]
}

/** The form of one text that is asked for. Throws UsageError. */
export function formAsked(options: Options): RunExport | undefined {
  const asked = textOf(options, 'as')
  const texts = RUN_EXPORTS.filter((form) => !isFolder(form))
  const form = texts.find((each) => each === asked)
  if (asked !== undefined && form === undefined) throw new UsageError(`--as takes ${texts.join(', ')}, not "${asked}"`)
  return form
}

/** Writes runs below a folder. What is there already of the same runs is written again; other files stay. */
export async function exportFolder(
  { json }: Invocation,
  { lab }: Session,
  ids: readonly string[],
  { form, folder }: FolderAsked
): Promise<number> {
  const root = resolve(folder)
  const files = exportedFiles(lab.store, ids, form, pathToFileURL(root).href)
  for (const { path, content } of files) {
    const to = join(root, path)
    mkdirSync(dirname(to), { recursive: true })
    writeFileSync(to, content)
  }
  if (json) await printJson({ folder: root, form, runs: ids, files: files.map(({ path }) => path) })
  else note(`Written: ${folder} (${count(ids.length, 'run', 'runs')}, ${count(files.length, 'file', 'files')})`)
  return 0
}
