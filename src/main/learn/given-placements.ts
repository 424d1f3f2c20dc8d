import type { AnyEpisode } from './problems'
import { pack, unpack } from './packing'
import type { PlacingAlgorithm } from './placing'

const FORMAT = 'dmro-placements/1'

/** Placements as bytes: what is kept of a run whose algorithm cannot be asked again. `placements`: [episodes][decisions]. */
export function placementBytes(placements: readonly Uint8Array[]): Uint8Array {
  const lengths = Int32Array.from(placements, ({ length }) => length)
  const places = new Uint8Array(lengths.reduce((sum, length) => sum + length, 0))
  let at = 0
  for (const placement of placements) {
    places.set(placement, at)
    at += placement.length
  }
  return pack({ data: { format: FORMAT }, arrays: { lengths, places } })
}

/** [episodes][decisions]. Throws RangeError where the bytes hold no placements. */
export function placementsIn(bytes: Uint8Array): Uint8Array[] {
  const { data, arrays } = unpack(bytes)
  const { lengths, places } = arrays
  if ((data as { format?: unknown } | null)?.format !== FORMAT || !(lengths instanceof Int32Array) || !(places instanceof Uint8Array))
    throw new RangeError('these bytes hold no placements')
  let at = 0
  const placements = Array.from(lengths, (length) => {
    at += Math.max(0, length)
    return places.slice(at - Math.max(0, length), at)
  })
  if (at === places.length && lengths.every((length) => length >= 0)) return placements
  throw new RangeError('these placements are not whole')
}

/** Throws RangeError where the bytes hold no placements of these episodes. */
function placementsFor(bytes: Uint8Array, episodes: readonly AnyEpisode[]): Uint8Array[] {
  const placements = placementsIn(bytes)
  const fit = ({ model }: AnyEpisode, x: number) =>
    placements[x]?.length === model.decisions && placements[x].every((place) => place < model.places)
  if (placements.length === episodes.length && episodes.every(fit)) return placements
  throw new RangeError('these placements are of other workflows')
}

/** Places as it was done before. */
export function asPlacedBefore(bytes: Uint8Array): PlacingAlgorithm {
  return {
    card: { id: 'placed-before', title: 'Placed before', kind: 'heuristic', summary: '', reading: '', parameters: [] },
    place: ({ episodes }) => {
      const placements = placementsFor(bytes, episodes)
      return { progress: [{ placements: new Map(placements.entries()) }] }
    }
  }
}
