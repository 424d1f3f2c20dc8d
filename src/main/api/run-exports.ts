import { isFolder, type RunExport } from '@shared/run/exports'
import { zipWriter } from '../bundle/zip-writer'
import { exportedFiles } from '../exports/exported'
import { type Transfer, TransferError } from '../transfers/transfers'
import type { Lab } from './lab'

/** So many files are on their way already that another has to wait. */
export class TooManyTransfersError extends Error {
  override name = 'TooManyTransfersError'
}

/**
 * Runs in a form of other tools as a file to be fetched. Throws TooManyTransfersError, BundleTooLargeError, TransferError; then there is
 * nothing to fetch.
 */
export function exportedTransfer(lab: Lab, ids: readonly string[], form: RunExport): { transfer: string; name: string; bytes: number } {
  const transfer = begun(lab, form)
  try {
    // Where a page puts the folder is not known here, so that MLflow's artefacts are named from where it is served.
    const files = exportedFiles(lab.store, ids, form, './mlruns')
    if (isFolder(form)) {
      const zip = zipWriter((bytes) => transfer.append(bytes), Date.now())
      for (const { path, content } of files) zip.add(form === 'mlflow' ? `mlruns/${path}` : path, content)
      zip.end()
    } else for (const { content } of files) transfer.append(typeof content === 'string' ? new TextEncoder().encode(content) : content)
    const name = isFolder(form) ? `${form}.zip` : files[0].path
    return { transfer: transfer.id, name, bytes: transfer.size }
  } catch (error) {
    lab.transfers.end(transfer.id)
    throw error
  }
}

function begun(lab: Lab, form: string): Transfer {
  try {
    return lab.transfers.begin(form)
  } catch (error) {
    if (error instanceof TransferError) throw new TooManyTransfersError(error.message)
    throw error
  }
}
