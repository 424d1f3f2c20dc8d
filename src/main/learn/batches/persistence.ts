import type { EnsembleSnapshot } from '../ensemble'
import { restoreStreams, type Streams, streamStates } from '../learner'
import { join, type PackedArray, pack, partition, unpack } from '../packing'

/** The exact state of a run on graphs or shared machines: its networks, its random streams and its memory. */
export interface BatchRunState {
  ensemble: EnsembleSnapshot
  streams: Streams
  /** Where the memory's next item goes. */
  next: number
  arrays: Record<string, PackedArray>
}

const PARTS = ['online', 'target', 'first', 'second'] as const

export function packRun({ ensemble, streams, next, arrays }: BatchRunState): Uint8Array {
  const weights = Object.fromEntries(PARTS.map((part) => [part, join(ensemble[part])]))
  return pack({ data: { steps: ensemble.steps, streams: streamStates(streams), next }, arrays: { ...weights, ...arrays } })
}

/** `units`: networks in it. */
export function unpackRun(bytes: Uint8Array, units: number): BatchRunState {
  const { data, arrays } = unpack(bytes)
  const { steps, streams, next } = data as { steps: number; streams: ReturnType<typeof streamStates>; next: number }
  const parts = Object.fromEntries(PARTS.map((part) => [part, partition(arrays[part] as Float32Array, units)]))
  return { ensemble: { steps, ...parts } as EnsembleSnapshot, streams: restoreStreams(streams), next, arrays }
}
