import { rmSync } from 'node:fs'
import type { BundleLook } from '@shared/contract/bundles'
import type { NamedPart, PartKind, Resolve } from '@shared/formats'
import { PRESETS } from '@shared/presets'
import { BadDocumentError } from '../computing/documents'
import { BadBundleError, BundleTooLargeError, ForeignBundleError } from '../archive/errors'
import { type ImportOutcome, importBundle, runHere } from '../bundle/import-bundle'
import { preparedBundle } from '../archive/prepared'
import { inTurn, type KeepableBundle } from '../archive/read-bundle'
import type { DocumentRecord } from '../archive/records'
import { ComputationError } from '../processes/computations'
import { takeIn } from '../transfers/transfer-files'
import { type Transfer, TransferError } from '../transfers/transfers'
import { type BundleRequest, writeBundle } from '../bundle/write-bundle'
import { shippedPolicies } from '../learn/shipped-policies'
import { DiskFullError, ReadOnlyStoreError, UnknownDocumentError, UnknownRunError } from '../store'
import { api } from './context'
import { resolverOf } from './documents'
import type { Lab } from './lab'
import { type CheckedContent, checkedContent } from './library-content'
import { refusal, transferOf } from './transfers'

/** Bundles read through, and how much of the file that was. */
const opened = new WeakMap<Transfer, { bytes: number; bundle: Promise<KeepableBundle> }>()

/** Rejects with BadBundleError, and with ComputationError where it was cancelled or its process ended. */
async function bundleIn(lab: Lab, transfer: Transfer, signal?: AbortSignal): Promise<KeepableBundle> {
  const kept = opened.get(transfer)
  if (kept?.bytes === transfer.size) return kept.bundle
  const bundle = readThrough(lab, transfer, signal)
  opened.set(transfer, { bytes: transfer.size, bundle })
  // The next request reads it again.
  bundle.catch(() => opened.delete(transfer))
  return bundle
}

async function readThrough(lab: Lab, transfer: Transfer, signal?: AbortSignal): Promise<KeepableBundle> {
  const { path, beside } = transfer.files
  rmSync(beside, { force: true })
  try {
    const read = await lab.computations.do(
      { what: 'bundle', bundle: { path, into: beside } },
      { title: `Reading the bundle ${transfer.name}`, resolve: () => undefined, signal }
    )
    return preparedBundle(read, beside)
  } catch (error) {
    rmSync(beside, { force: true })
    throw error instanceof BadDocumentError ? new BadBundleError(error.faults) : error
  }
}

/** Writes a bundle; see writeBundle. */
export function exportBundle(lab: Lab, request: BundleRequest, take: (bytes: Uint8Array) => void) {
  return writeBundle(lab.store, request, take, Date.now())
}

/**
 * Imports a bundle file and tells open pages. Rejects with BadBundleError, ReadOnlyStoreError, DiskFullError, TransferError, and with
 * ComputationError where it was cancelled or its process ended; then nothing was kept.
 */
export async function importFrom(lab: Lab, path: string): Promise<ImportOutcome> {
  const transfer = takeIn(lab.transfers, path)
  try {
    return await transfer.use(async () => keep(lab, await bundleIn(lab, transfer), transfer.name))
  } finally {
    lab.transfers.end(transfer.id)
  }
}

async function keep(lab: Lab, bundle: KeepableBundle, name: string): Promise<ImportOutcome> {
  if (lab.store.readOnly !== undefined) throw new ReadOnlyStoreError(lab.store.readOnly)
  const shipped = new Set((await shippedPolicies()).map((policy) => policy.name))
  const resolve = resolverWith(lab, bundle)
  // Before the transaction, in which nothing else could continue.
  const checked = new Map(
    await inTurn(bundle.documents.entries(), ([i, document]) => [
      document,
      checkedDocument(document, bundle.manifest.documents[i], resolve)
    ])
  )
  const outcome = importBundle(lab.store, bundle, {
    name,
    now: Date.now(),
    check: (document, path) => checked.get(document) ?? checkedDocument(document, path, resolve),
    isTaken: (kind, wish) =>
      kind === 'policy'
        ? shipped.has(wish)
        : PRESETS.some((preset) => preset.kind === kind && preset.id.toLowerCase() === wish.toLowerCase())
  })
  lab.supervisor?.changed(outcome.runs.map(({ id }) => id))
  lab.notices.tell({ documents: outcome.documents.map(({ id }) => id) })
  return outcome
}

/** What names and versions stand for here once the bundle's own documents are here. */
function resolverWith({ store }: Lab, { documents }: KeepableBundle): Resolve {
  const versions = documents.flatMap(({ id, kind, version, content, older = [] }) =>
    [...older, { version, content }].map((each) => ({ id, kind, version: each.version, content: each.content }))
  )
  const own = (part: NamedPart, kind: PartKind) =>
    typeof part === 'string'
      ? undefined
      : versions.find((each) => each.id === part.id && each.version === part.version && each.kind === kind)?.content
  const here = resolverOf(store)
  return (part, kind) => own(part, kind) ?? here(part, kind)
}

/** A document judged as saving it would. Throws BadBundleError. */
function checkedDocument({ kind, content }: DocumentRecord, path: string, resolve: Resolve): CheckedContent {
  try {
    return checkedContent(kind, content, resolve)
  } catch (error) {
    if (!(error instanceof BadDocumentError)) throw error
    throw new BadBundleError(error.faults.map((fault) => ({ path: `${path} ${fault.path}`, message: fault.message })))
  }
}

export const bundlesRoom = {
  export: api.bundles.export.handler(async ({ input, errors, context: { lab } }) => {
    let transfer: Transfer
    try {
      transfer = lab.transfers.begin('bundle')
    } catch (error) {
      if (error instanceof TransferError) throw errors.BUSY({ message: error.message, data: { most: 8 } })
      throw error
    }
    try {
      const { runs, bytes } = await transfer.use(() => exportBundle(lab, input, (part) => transfer.append(part)))
      const name = runs.length === 1 ? `run-${runs[0]}.dmro` : runs.length === 0 ? 'library.dmro' : `${runs.length}-runs.dmro`
      return { transfer: transfer.id, name, bytes, runs: runs.length }
    } catch (error) {
      lab.transfers.end(transfer.id)
      if (error instanceof UnknownRunError || error instanceof UnknownDocumentError)
        throw errors.NOT_FOUND({ message: error.message, data: { ids: [error.id] } })
      if (error instanceof BundleTooLargeError || error instanceof ForeignBundleError || error instanceof TransferError)
        throw errors.REFUSED(refusal(error.message))
      throw error
    }
  }),

  look: api.bundles.look.handler(async ({ input: { transfer: id }, errors, signal, context: { lab } }): Promise<BundleLook> => {
    const transfer = transferOf(lab, id, errors.GONE)
    try {
      const { manifest, runs, experiments, documents, comparisons } = await transfer.use(() => bundleIn(lab, transfer, signal))
      const runsHere = runs.filter((run) => runHere(lab.store, run) !== undefined).length
      return {
        app: manifest.app,
        bundledAt: manifest.bundledAt,
        bytes: transfer.size,
        runs: runs.length - runsHere,
        runsHere,
        experiments: experiments.map(({ name }) => name),
        documents: documents.map(({ kind, name }) => ({ kind, name })),
        comparisons: comparisons.map(({ name }) => name),
        policies: manifest.policies.map(({ name }) => name)
      }
    } catch (error) {
      if (error instanceof BadBundleError) throw errors.INVALID({ message: error.message, data: { faults: [...error.faults] } })
      if (error instanceof ComputationError) throw errors.REFUSED(refusal(error.message))
      throw error
    }
  }),

  import: api.bundles.import.handler(async ({ input: { transfer: id, name }, errors, signal, context: { lab } }) => {
    const transfer = transferOf(lab, id, errors.GONE)
    try {
      return await transfer.use(async () => keep(lab, await bundleIn(lab, transfer, signal), name))
    } catch (error) {
      if (error instanceof BadBundleError) throw errors.INVALID({ message: error.message, data: { faults: [...error.faults] } })
      if (error instanceof DiskFullError || error instanceof ReadOnlyStoreError || error instanceof ComputationError)
        throw errors.REFUSED(refusal(error.message))
      throw error
    }
  })
}
