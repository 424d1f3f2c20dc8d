import { count } from '@shared/format'
import { closeSync, openSync, readSync, renameSync, rmSync, statSync, writeSync } from 'node:fs'
import { basename } from 'node:path'
import { DOCUMENT_KINDS } from '@shared/contract/library'
import { exportBundle, importFrom } from '../../api/bundles'
import { BadBundleError } from '../../archive/errors'
import type { ByteSource } from '../../archive/zip-directory'
import { fileSource } from '../../archive/zip-reader'
import { InputError, type Invocation, listOf, UsageError } from './command'
import type { Lab } from '../../api'
import { Meter } from './meter'
import { note, printJson } from './output'
import { type Session, withLab } from './session'

/** What of the library can be asked for; documents by their kind. */
const PARTS = [...DOCUMENT_KINDS, 'comparison', 'policy'] as const

const ZIP = Buffer.from('PK')

/** Whether there is such a file and it is a zip, and so no document. */
export function isZip(path: string): boolean {
  if (!statSync(path, { throwIfNoEntry: false })?.isFile()) return false
  const file = openSync(path, 'r')
  try {
    const head = Buffer.alloc(ZIP.length)
    return readSync(file, head, 0, ZIP.length, 0) === ZIP.length && head.equals(ZIP)
  } finally {
    closeSync(file)
  }
}

/** Writes runs, and what `--with` names of the library, as one bundle. The file appears whole or not at all. */
export async function exportTo({ json, options }: Invocation, { lab }: Session, runs: readonly string[], to: string): Promise<number> {
  const parts = listOf(options, 'with') ?? []
  const wrong = parts.find((part) => !PARTS.some((known) => known === part))
  if (wrong !== undefined) throw new UsageError(`--with takes ${PARTS.join(', ')}, not "${wrong}"`)
  const { store } = lab
  const request = {
    runs,
    documents: DOCUMENT_KINDS.filter((kind) => parts.includes(kind)).flatMap((kind) => store.library.list(kind).map(({ id }) => id)),
    comparisons: parts.includes('comparison') ? store.comparisons.list().map(({ id }) => id) : [],
    policies: parts.includes('policy') ? store.keptPolicies.list().map(({ name }) => name) : []
  }
  const unfinished = `${to}.part`
  const file = openSync(unfinished, 'w')
  try {
    const written = await exportBundle(lab, request, (bytes) => {
      for (let at = 0; at < bytes.length; ) at += writeSync(file, bytes, at)
    })
    closeSync(file)
    renameSync(unfinished, to)
    if (json) await printJson({ file: to, ...written })
    else note(`Written: ${to} (${count(written.runs.length, 'run', 'runs')}, ${count(written.bytes, 'byte', 'bytes')})`)
    return 0
  } catch (error) {
    rmSync(unfinished, { force: true })
    throw error
  }
}

/** Lets `use` read a file, and closes it afterwards. */
export async function withFile<T>(path: string, use: (source: ByteSource, name: string) => Promise<T>): Promise<T> {
  const file = fileSource(path)
  try {
    return await use(file, basename(path))
  } finally {
    file.close()
  }
}

/** Imports a bundle into the history. Throws InputError with every fault; then nothing was kept. */
export function importBundleFile(invocation: Invocation, path: string): Promise<number> {
  return withLab(invocation, async ({ lab }) => {
    const meter = new Meter('Read', '%')
    const abort = new AbortController()
    void showProgress(lab, meter, abort.signal)
    try {
      const outcome = await importFrom(lab, path)
      abort.abort()
      meter.clear()
      if (invocation.json) {
        await printJson(outcome)
        return 0
      }
      for (const { from, id } of outcome.runs) note(`Imported: ${from} as ${id}`)
      for (const { from, id } of outcome.here) note(`Already here: ${from} is ${id}`)
      for (const { kind, name } of outcome.documents) note(`Imported: ${kind} "${name}"`)
      for (const { name } of outcome.comparisons) note(`Imported: comparison "${name}"`)
      for (const name of outcome.policies) note(`Imported: policy "${name}"`)
      const here = outcome.documentsHere + outcome.comparisonsHere + outcome.policiesHere
      if (here > 0) note(`Already here: ${here} in the library`)
      return 0
    } catch (error) {
      if (error instanceof BadBundleError) throw new InputError(path, error.faults)
      throw error
    } finally {
      abort.abort()
      meter.clear()
    }
  })
}

/** How far reading has come, in per cent. */
async function showProgress(lab: Lab, meter: Meter, signal: AbortSignal): Promise<void> {
  for await (const [going] of lab.computations.listen(signal))
    if (going?.share !== undefined && !signal.aborted) meter.show(Math.round(going.share * 100), 100)
}
