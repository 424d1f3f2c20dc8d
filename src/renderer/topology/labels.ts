import { amount, plain } from '@shared/format'
import { text } from '../ui/text'
import { type Drawing, type DrawnLink, NODE, nodesByKey } from './drawing'
import { type Labelled, type PlacedLabel, placeLabels, type Rect, unfolded } from './labelLayout'
import { groupBoxes, middleOf } from './shapes'

/** Beyond this many links only those that are pointed at, selected, faulty or on a route bear their label. */
export const MOST_LABELS = 80
export const LABEL_HEIGHT = 22
export const CHIP = { width: 26, height: 18 } as const

/** What the label of a link says: two numbers with their units. */
export interface LabelWords {
  first: string
  second: string
}

/** Bandwidth and latency; on a route its seconds instead of the latency, `isSum` where they are those of several transfers. */
export function wordsOf(link: DrawnLink, seconds?: number, isSum = false): LabelWords {
  const second =
    seconds === undefined ? `${plain(link.latencyMs, 4)} ms` : isSum ? text.topology.sample.inAll(amount(seconds)) : `${amount(seconds)} s`
  return { first: `${plain(link.bandwidthMBps, 4)} MB/s`, second }
}

/** About what words take on a label, with room to spare: SVG text has no box of its own. */
const widthOf = ({ first, second }: LabelWords) => Math.ceil((first.length + second.length) * 6.4 + 24)
/** The same of a group's name. */
const nameWidth = (name: string) => Math.ceil(name.length * 6.6) + 8

export interface LinkLabel extends PlacedLabel, LabelWords {
  link: DrawnLink
  /** Where it stands once it is shown whole. */
  whole: Rect
}

/** The labels of links of a drawing, first come first placed; none is on a node, a group's name or another label. */
export function linkLabels(
  drawing: Drawing,
  links: readonly DrawnLink[],
  wordsFor: (link: DrawnLink) => LabelWords = (link) => wordsOf(link)
): LinkLabel[] {
  const nodes = nodesByKey(drawing)
  const words = new Map<string, { link: DrawnLink; words: LabelWords; labelled: Labelled }>()
  for (const link of links) {
    const [from, to] = [nodes.get(link.from), nodes.get(link.to)]
    if (!from || !to) continue
    const said = wordsFor(link)
    const labelled = { key: link.key, from: middleOf(from), to: middleOf(to), width: widthOf(said), height: LABEL_HEIGHT }
    words.set(link.key, { link, words: said, labelled })
  }
  const cards: Rect[] = [
    ...drawing.nodes.map(({ x, y }) => ({ x, y, ...NODE })),
    ...groupBoxes(drawing.nodes, (node) => node).map(({ x, y, name }) => ({ x: x + 8, y: y + 6, width: nameWidth(name), height: 18 }))
  ]
  const placed = new Map(
    placeLabels(
      [...words.values()].map((each) => each.labelled),
      { cards, chip: CHIP }
    ).map((each) => [each.key, each])
  )
  return [...words.values()].map(({ link, words: said, labelled }) => {
    const at = placed.get(link.key)
    const whole = at && !at.isFolded ? at.rect : unfolded(labelled, at?.rect)
    return { link, ...said, key: link.key, whole, rect: at?.rect ?? { ...whole, width: 0, height: 0 }, isFolded: !at || at.isFolded }
  })
}
