/**
 * How a scheme is drawn, everywhere: line, dash and marker beside its colour, since hue alone does not tell twelve
 * schemes apart. Colours are the tokens `--sc-<id>`.
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

const scheme = (id: string, dash: readonly number[], marker: Marker, width = 2, hollow = false): [string, LineStyle] => [
  id,
  { color: `sc-${id}`, dash, marker, hollow, width }
]

const SCHEMES: ReadonlyMap<string, LineStyle> = new Map([
  scheme('dmro-plus', [], 'circle'),
  scheme('dmro', [], 'diamond'),
  scheme('dqn', [7, 3], 'triangle'),
  scheme('double-dqn', [3, 3], 'square'),
  scheme('dueling-dqn', [8, 3, 2, 3], 'triangle-down'),
  scheme('local-only', [1, 3], 'square', 1.5, true),
  scheme('edge-only', [1, 3], 'hexagon', 1.5, true),
  scheme('cloud-only', [1, 3], 'circle', 1.5, true),
  scheme('random', [2, 5], 'cross', 1.5),
  scheme('greedy', [10, 4], 'arrow', 1.5),
  scheme('look-ahead', [12, 3, 3, 3], 'bar', 1.5),
  scheme('optimum', [4, 4], 'none', 1.25)
])

/** Schemes that have no line of their own yet are grey with a hollow diamond. */
const OTHER: LineStyle = { color: 'tx-2', dash: [5, 2], marker: 'diamond', hollow: true, width: 1.5 }

export function schemeStyle(algorithm: string): LineStyle {
  return SCHEMES.get(algorithm) ?? OTHER
}

const VARIANT_DASHES: readonly (readonly number[])[] = [[], [7, 3], [3, 3], [8, 3, 2, 3], [2, 5], [12, 3, 3, 3]]

/** A further setting of a scheme that is already drawn among others: its colour, another dash. */
export function variantStyle(base: LineStyle, turn: number): LineStyle {
  const others = VARIANT_DASHES.filter((dash) => dash.join() !== base.dash.join())
  return { ...base, dash: others[(turn - 1) % others.length], hollow: turn % 2 === 1 }
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
