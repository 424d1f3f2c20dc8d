import { isForeignName } from './foreign'

/**
 * How an algorithm is drawn, everywhere: line, dash and marker beside its colour, since hue alone does not tell twelve
 * of them apart. What it looks like is on its card.
 */
export type Marker = 'circle' | 'diamond' | 'triangle' | 'square' | 'triangle-down' | 'hexagon' | 'cross' | 'arrow' | 'bar' | 'none'

export interface LineStyle {
  /** Token of the colour, without its dashes. */
  color: string
  /** Lengths drawn and left out; empty: solid. */
  dash: readonly number[]
  marker: Marker
  hollow: boolean
  width: number
}

/** How an algorithm is drawn, as its card says: colours of both themes, and what tells its line from others without them. */
export interface AlgorithmLook {
  light: string
  dark: string
  /** Solid where it is absent. */
  dash?: readonly number[]
  marker: Marker
  hollow?: true
  /** Pixels; 2 where it is absent. */
  width?: number
}

/** What of an algorithm's card says how it is drawn. */
export interface Drawn {
  id: string
  look?: AlgorithmLook
}

/** The token of an algorithm's colour. */
const tokenOf = (id: string) => `sc-${id}`

/** Algorithms without a look of their own are grey with a hollow diamond. */
const OTHER: LineStyle = { color: 'tx-2', dash: [5, 2], marker: 'diamond', hollow: true, width: 1.5 }

/** Lines of foreign runs, which follow from their names: colours that no algorithm of the lab has, hollow squares, never a solid line. */
const FOREIGN_COLOURS: readonly Pick<AlgorithmLook, 'light' | 'dark'>[] = [
  { light: '#7a5c00', dark: '#c2a24a' },
  { light: '#5b4b8a', dark: '#a497d6' },
  { light: '#00628f', dark: '#5aa9d6' },
  { light: '#9a3b2f', dark: '#dd8a7f' },
  { light: '#44691c', dark: '#93b86a' },
  { light: '#7d3a7a', dark: '#c98ac6' }
]
const FOREIGN_DASHES: readonly (readonly number[])[] = [
  [9, 2],
  [4, 2],
  [9, 2, 2, 2]
]
const foreignToken = (turn: number) => `sc-foreign-${turn + 1}`

function foreignLine(algorithm: string): LineStyle {
  let turn = 0
  for (let i = 0; i < algorithm.length; i++) turn = (turn * 31 + algorithm.charCodeAt(i)) >>> 0
  const colours = FOREIGN_COLOURS.length
  const dash = FOREIGN_DASHES[Math.floor(turn / colours) % FOREIGN_DASHES.length]
  return { color: foreignToken(turn % colours), dash, marker: 'square', hollow: true, width: 1.5 }
}

/** The line of an algorithm, among those there are. */
export function lineOf(cards: Iterable<Drawn>, algorithm: string): LineStyle {
  if (isForeignName(algorithm)) return foreignLine(algorithm)
  for (const { id, look } of cards) {
    if (id !== algorithm || !look) continue
    const { dash = [], marker, hollow = false, width = 2 } = look
    return { color: tokenOf(id), dash, marker, hollow, width }
  }
  return OTHER
}

/** The colours that cards bring, and those of foreign runs, by their tokens. */
export function colorsOf(cards: Iterable<Drawn>, theme: 'light' | 'dark'): Map<string, string> {
  const colors = new Map<string, string>()
  for (const { id, look } of cards) if (look) colors.set(tokenOf(id), look[theme])
  FOREIGN_COLOURS.forEach((colour, turn) => colors.set(foreignToken(turn), colour[theme]))
  return colors
}

const VARIANT_DASHES: readonly (readonly number[])[] = [[], [7, 3], [3, 3], [8, 3, 2, 3], [2, 5], [12, 3, 3, 3]]

/** A further setting of an algorithm that is already drawn among others: its colour, another dash. */
function variantStyle(base: LineStyle, turn: number): LineStyle {
  const others = VARIANT_DASHES.filter((dash) => dash.join() !== base.dash.join())
  return { ...base, dash: others[(turn - 1) % others.length], hollow: turn % 2 === 1 }
}

/** What is drawn of a group of runs beside others. */
interface DrawnGroup {
  algorithm: string
  /** Names its setting whatever its world: equal where groups differ in their world alone, as in δ. */
  setting: string
}

/**
 * [groups] how groups are drawn side by side. Colour and dash say algorithm and setting: another setting of an algorithm has another dash, one
 * setting has one dash in every world. The markers of its worlds are filled and hollow in turn.
 */
export function looksOf(groups: readonly DrawnGroup[], styleOf: (algorithm: string) => LineStyle): LineStyle[] {
  /** Groups of each setting so far, by algorithm. */
  const met = new Map<string, Map<string, number>>()
  return groups.map(({ algorithm, setting }) => {
    const settings = met.get(algorithm) ?? new Map<string, number>()
    met.set(algorithm, settings)
    const world = settings.get(setting) ?? 0
    settings.set(setting, world + 1)
    const turn = [...settings.keys()].indexOf(setting)
    const base = styleOf(algorithm)
    const style = turn === 0 ? base : variantStyle(base, turn)
    return world % 2 === 0 ? style : { ...style, hollow: !style.hollow }
  })
}

/** Seeds of a group taken together, beside the group itself: its colour, dotted. */
export function bestOfStyle(base: LineStyle): LineStyle {
  return { ...base, dash: [1, 3], hollow: !base.hollow }
}

/** Outlines in a box of 24, the same in swatches, in the table and in charts. */
export const MARKER_PATHS: Record<Exclude<Marker, 'none'>, string> = {
  circle: 'M12 3a9 9 0 1 0 0 18a9 9 0 1 0 0-18z',
  diamond: 'M12 1 23 12 12 23 1 12z',
  triangle: 'M12 3 22 21H2z',
  square: 'M4 4h16v16H4z',
  'triangle-down': 'M2 3h20L12 21z',
  hexagon: 'M12 2 21 7v10l-9 5-9-5V7z',
  cross: 'M4 2 12 10 20 2l2 2-8 8 8 8-2 2-8-8-8 8-2-2 8-8-8-8z',
  arrow: 'M4 2 20 12 4 22 8 12z',
  bar: 'M10 0h4v24h-4z'
}
