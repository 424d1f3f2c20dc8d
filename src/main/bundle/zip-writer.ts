import { Zip, ZipDeflate } from 'fflate/browser'
import { BundleTooLargeError } from '../archive/errors'
import { MOST_BYTES, MOST_FILE_BYTES, MOST_FILES, MOST_JSON_BYTES, mebibytes } from '../archive/limits'
import { sha256 } from '../archive/zip-reader'

/** A file of a bundle, as its manifest lists it. */
export interface WrittenFile {
  path: string
  bytes: number
  sha256: string
}

/** Files go in one after the other and come out as a zip at once, piece by piece. */
export interface ZipWriter {
  add(path: string, content: Uint8Array | string): WrittenFile
  /** Writes the directory; nothing can be added after it. */
  end(): void
}

/** Numbers hardly shrink, however hard it is tried. */
const LEVELS = { json: 6, bin: 3 } as const

/** `take` gets the zip's bytes in order. Throws BundleTooLargeError where no reader of bundles would take it. */
export function zipWriter(take: (bytes: Uint8Array) => void, madeAt: number): ZipWriter {
  let files = 0
  let total = 0
  let documents = 0
  let written = 0
  const zip = new Zip((error, bytes) => {
    if (error) throw error
    written += bytes.length
    if (written > MOST_BYTES) throw new BundleTooLargeError(`A bundle holds ${mebibytes(MOST_BYTES)} at most; choose fewer runs.`)
    take(bytes)
  })
  return {
    add: (path, content) => {
      const bytes = typeof content === 'string' ? new TextEncoder().encode(content) : content
      files++
      total += bytes.length
      if (files > MOST_FILES) {
        throw new BundleTooLargeError(
          `A bundle holds ${MOST_FILES.toLocaleString('en')} files at most, two for each run; choose fewer runs.`
        )
      }
      if (total > MOST_BYTES) throw new BundleTooLargeError(`A bundle holds ${mebibytes(MOST_BYTES)} at most; choose fewer runs.`)
      if (path.endsWith('.json')) documents += bytes.length
      if (documents > MOST_JSON_BYTES)
        throw new BundleTooLargeError(`A bundle holds ${mebibytes(MOST_JSON_BYTES)} of documents and records at most; choose fewer runs.`)
      if (bytes.length > MOST_FILE_BYTES)
        throw new BundleTooLargeError(`${path} would be larger than ${mebibytes(MOST_FILE_BYTES)}, the most a file of a bundle may be.`)
      const file = new ZipDeflate(path, { level: path.endsWith('.json') ? LEVELS.json : LEVELS.bin })
      file.mtime = madeAt
      zip.add(file)
      file.push(bytes, true)
      return { path, bytes: bytes.length, sha256: sha256(bytes) }
    },
    end: () => zip.end()
  }
}
