import type { PlacementList } from '@shared/contract/placements'

/** A workflow, or a batch, that a run is evaluated on. */
export type HeldOut = PlacementList['workflows'][number]

export interface HeldOutOrder {
  key: 'id' | 'gap' | 'cost'
  descending: boolean
}

/** Those whose name or device has all the words of a search in it, in an order; anything but numbers stands last. */
export function heldOutIn(all: readonly HeldOut[], search: string, { key, descending }: HeldOutOrder): HeldOut[] {
  const words = search.toLowerCase().split(/\s+/).filter(Boolean)
  const found = all.filter(({ id, device }) => {
    const said = `${id} ${device}`.toLowerCase()
    return words.every((word) => said.includes(word))
  })
  const sign = descending ? -1 : 1
  return found.sort((a, b) => {
    if (key === 'id') return sign * a.id.localeCompare(b.id, 'en', { numeric: true })
    const [x, y] = [a[key], b[key]]
    if (Number.isNaN(x) || Number.isNaN(y)) return Number(Number.isNaN(x)) - Number(Number.isNaN(y))
    return x === y ? 0 : sign * (x < y ? -1 : 1)
  })
}
