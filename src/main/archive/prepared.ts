import { closeSync, openSync, readSync, writeSync } from 'node:fs'
import { crc32 } from 'node:zlib'
import type { AlgorithmCard } from '@shared/algorithms/card'
import { bad } from './errors'
import { type BundledRun, type KeepableBundle, type OpenedBundle, openBundle } from './read-bundle'
import { paths } from './records'
import { unpackRunData } from './run-data'
import { fileSource } from './zip-reader'

/** Where one file of a bundle lies in what was prepared of it. */
interface Place {
  offset: number
  bytes: number
  crc: number
}

/**
 * A bundle that another process has read through: what it holds, and its numbers inflated and checked in a file beside, so that
 * keeping them is writing alone.
 */
export interface PreparedBundle extends Omit<OpenedBundle, 'data' | 'policy' | 'raw'> {
  /** The numbers of runs and the weights of policies, by their path in the bundle. */
  places: Map<string, Place>
}

/** A bundle as a file, and where what is prepared of it is to be written: a file that is not there yet, for its owner alone. */
export interface GivenBundle {
  path: string
  into: string
}

/**
 * Reads a bundle through and writes its numbers out. Rejects with BadBundleError.
 *
 * @param onFiles hears how many files it will read, twice each but for documents and records.
 */
export async function prepareBundle(
  { path, into }: GivenBundle,
  catalogue: readonly AlgorithmCard[],
  onFiles?: (files: number) => void
): Promise<PreparedBundle> {
  const source = fileSource(path)
  const file = openSync(into, 'wx', 0o600)
  try {
    const { raw, data: _, policy: __, ...read } = await openBundle(source, catalogue, onFiles)
    const places = new Map<string, Place>()
    let offset = 0
    const put = (name: string): void => {
      if (places.has(name)) return
      const bytes = raw(name)
      for (let at = 0; at < bytes.length; ) at += writeSync(file, bytes, at, bytes.length - at, offset + at)
      places.set(name, { offset, bytes: bytes.length, crc: crc32(bytes) })
      offset += bytes.length
    }
    for (const { record, spec } of read.runs) {
      put(paths.data(record.id))
      if (spec.initialWeights?.policy !== undefined) put(paths.policy(spec.initialWeights.policy))
    }
    for (const { weights } of read.manifest.policies) put(paths.policy(weights))
    return { ...read, places }
  } finally {
    closeSync(file)
    source.close()
  }
}

/** What was prepared, as a bundle to be kept; its numbers are read from `from` when they are wanted. */
export function preparedBundle({ places, ...read }: PreparedBundle, from: string): KeepableBundle {
  const bytesOf = (name: string): Uint8Array => {
    const place = places.get(name)
    if (!place) throw bad(name, 'is missing')
    const bytes = new Uint8Array(place.bytes)
    const file = openSync(from, 'r')
    try {
      for (let at = 0; at < bytes.length; ) {
        const got = readSync(file, bytes, at, bytes.length - at, place.offset + at)
        if (got === 0) break
        at += got
      }
    } finally {
      closeSync(file)
    }
    if (crc32(bytes) !== place.crc) throw bad(name, 'was damaged after it was read; choose the file again')
    return bytes
  }
  return {
    ...read,
    data: ({ record }: BundledRun) => unpackRunData(bytesOf(paths.data(record.id)), record.curves, paths.data(record.id)),
    policy: (sha) => bytesOf(paths.policy(sha))
  }
}
