import type { RandomState } from '@shared/model/random'
import type { EnsembleSnapshot } from './ensemble'
import type { Episode } from './episode'
import { restoreStreams, type Streams, streamStates } from './learner'
import { join, type Packed, type PackedArray, pack, partition, unpack } from './packing'
import type { Problem } from './problem'

const PARTS = ['online', 'target', 'first', 'second'] as const

/**
 * Snapshots of several members as one ensemble's, member after member, and back. Throws RangeError where they have not
 * made the same number of learn steps: the optimiser counts them once for all.
 */
export function stackSnapshots(snapshots: readonly EnsembleSnapshot[]): EnsembleSnapshot {
  const other = snapshots.find((snapshot) => snapshot.steps !== snapshots[0].steps)
  if (other) throw new RangeError(`runs of ${snapshots[0].steps} and ${other.steps} learn steps cannot learn side by side`)
  const parts = Object.fromEntries(PARTS.map((part) => [part, snapshots.flatMap((snapshot) => snapshot[part])]))
  return { steps: snapshots[0].steps, ...parts } as EnsembleSnapshot
}

export function unstackSnapshots(snapshot: EnsembleSnapshot, members: number): EnsembleSnapshot[] {
  const each = snapshot.online.length / members
  return Array.from({ length: members }, (_, m) => {
    const parts = Object.fromEntries(PARTS.map((part) => [part, snapshot[part].slice(m * each, (m + 1) * each)]))
    return { steps: snapshot.steps, ...parts } as EnsembleSnapshot
  })
}

/** The numbers a list of episodes is made from; everything else of them is compiled again. */
export function packEpisodes(episodes: readonly Episode[]): Packed {
  const devices = [...new Set(episodes.map((episode) => episode.chain.device))]
  return {
    data: devices,
    arrays: {
      tasks: Int32Array.from(episodes, (episode) => episode.tasks),
      device: Int32Array.from(episodes, (episode) => devices.indexOf(episode.chain.device)),
      world: Int32Array.from(episodes, (episode) => episode.world),
      megacycles: concatenate(episodes.map((episode) => episode.chain.megacycles)),
      megabytes: concatenate(episodes.map((episode) => episode.chain.megabytes))
    }
  }
}

export function unpackEpisodes(problem: Problem, { data, arrays }: Packed): Episode[] {
  const devices = data as string[]
  const { tasks, device, world, megacycles, megabytes } = arrays as Record<string, Float64Array>
  let at = 0
  return Array.from(tasks, (count, x) => {
    const chain = {
      id: 'restored',
      device: devices[device[x]],
      taskIds: Array.from({ length: count }, (_, i) => `t${i + 1}`),
      megacycles: megacycles.slice(at, at + count),
      // Each workflow before this one has one flow more than it has tasks.
      megabytes: megabytes.slice(at + x, at + x + count + 1)
    }
    at += count
    return problem.episode(chain, world[x])
  })
}

export function concatenate(parts: readonly Float64Array[]): Float64Array {
  const all = new Float64Array(parts.reduce((sum, part) => sum + part.length, 0))
  let at = 0
  for (const part of parts) {
    all.set(part, at)
    at += part.length
  }
  return all
}

/** What every learned algorithm's exact state has in common; `extra` is the algorithm's own. */
export interface MemberState {
  ensemble: EnsembleSnapshot
  streams: Streams
  episodes: readonly Episode[]
  /** Where the memory pool's next item goes. */
  next: number
  extra: Record<string, PackedArray>
}

export function packState(state: MemberState): Uint8Array {
  const episodes = packEpisodes(state.episodes)
  const weights = Object.fromEntries(PARTS.map((part) => [part, join(state.ensemble[part])]))
  return pack({
    data: {
      steps: state.ensemble.steps,
      units: state.ensemble.online.length,
      streams: streamStates(state.streams),
      next: state.next,
      devices: episodes.data
    },
    arrays: { ...weights, ...episodes.arrays, ...state.extra }
  })
}

export function unpackState(bytes: Uint8Array, problem: Problem): MemberState {
  const { data, arrays } = unpack(bytes)
  const header = data as { steps: number; units: number; streams: Record<string, RandomState>; next: number; devices: string[] }
  const parts = Object.fromEntries(PARTS.map((part) => [part, partition(arrays[part] as Float32Array, header.units)]))
  return {
    ensemble: { steps: header.steps, ...parts } as EnsembleSnapshot,
    streams: restoreStreams(header.streams),
    episodes: unpackEpisodes(problem, { data: header.devices, arrays }),
    next: header.next,
    extra: arrays
  }
}
