import { Zip, ZipPassThrough } from 'fflate/browser'
import { bytes } from '@shared/format'
import { text } from '../ui/text'
import { browsed, type GivenFile } from './files'

/** Of a folder that goes through the page: it becomes one file on its way. The command line takes any. */
const MOST_BYTES = 500 * 2 ** 20

/** What trackers read their runs from; pictures, models and other artefacts stay where they are. */
const isTracked = (path: string) => /(^|\/)(events\.out\.tfevents\.[^/]*|meta\.yaml)$/.test(path) || /\/(params|metrics|tags)\//.test(path)

/** The files of a chosen folder that hold runs of TensorBoard or MLflow, as one zip. Rejects with a sentence where there are none, or too much. */
export async function packedFolder(files: readonly File[]): Promise<GivenFile> {
  const folder = files[0]?.webkitRelativePath.split('/')[0] || text.foreign.folder
  const tracked = files.filter((file) => isTracked(file.webkitRelativePath))
  if (tracked.length === 0) throw new Error(text.foreign.none(folder))
  const size = tracked.reduce((sum, file) => sum + file.size, 0)
  if (size > MOST_BYTES) throw new Error(text.foreign.tooLarge(folder, bytes(size), bytes(MOST_BYTES)))
  const parts: Uint8Array<ArrayBuffer>[] = []
  const zip = new Zip((error, part) => {
    if (error) throw error
    parts.push(part.slice())
  })
  for (const file of tracked) {
    const entry = new ZipPassThrough(file.webkitRelativePath.slice(folder.length + 1))
    zip.add(entry)
    entry.push(new Uint8Array(await file.arrayBuffer()), true)
  }
  zip.end()
  return browsed(new File(parts, `${folder}.zip`, { type: 'application/zip' }))
}

/** Lets somebody choose a folder; resolves with its files, none where that was given up. */
export function chosenFolder(): Promise<readonly File[]> {
  return new Promise((resolve) => {
    const picker = document.createElement('input')
    picker.type = 'file'
    picker.webkitdirectory = true
    picker.addEventListener('change', () => resolve([...(picker.files ?? [])]))
    picker.addEventListener('cancel', () => resolve([]))
    picker.click()
  })
}
