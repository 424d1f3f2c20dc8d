/** Where the labels of lines stand, so that none is on a card or on another: one rule for every map. Pixels. */

interface Point {
  x: number
  y: number
}

export interface Rect extends Point {
  width: number
  height: number
}

export interface Labelled {
  key: string
  from: Point
  to: Point
  /** Of the label with all its words. */
  width: number
  height: number
}

export interface PlacedLabel {
  key: string
  rect: Rect
  /** There was no room for its words: a chip stands for them, which shows them when it is pointed at. */
  isFolded: boolean
}

export interface Ground {
  /** What no label may be on. */
  cards: readonly Rect[]
  /** What all labels are in, where there is an edge. */
  bounds?: Rect
  /** The size of a chip. */
  chip: { width: number; height: number }
  /** Free space around a label. */
  gap?: number
  /** Every label must have its chip, be it far from its line; takes bounds to look in. */
  isEveryShown?: boolean
}

/** How far beside the middle of its line a label may stand, in its own heights; it still touches the line. */
const ASIDE = [0, 0.5, -0.5, 0.9, -0.9] as const
const STEP = 10
/** Steps from the middle to either side. */
const MOST_STEPS = 40
const GRID = 96

export const intersects = (a: Rect, b: Rect, gap = 0): boolean =>
  a.x < b.x + b.width + gap && b.x < a.x + a.width + gap && a.y < b.y + b.height + gap && b.y < a.y + a.height + gap

/** Rectangles by the squares of a grid they touch: what might be under another is found without looking at all. */
class Squares {
  readonly #squares = new Map<number, Rect[]>()

  add(rect: Rect): void {
    this.#some(rect, 0, (square) => {
      const here = this.#squares.get(square)
      if (here) here.push(rect)
      else this.#squares.set(square, [rect])
      return false
    })
  }

  isFree(rect: Rect, gap: number): boolean {
    return !this.#some(rect, gap, (square) => this.#squares.get(square)?.some((other) => intersects(rect, other, gap)) ?? false)
  }

  /** Whether the test holds for a square that a rectangle touches. */
  #some({ x, y, width, height }: Rect, gap: number, test: (square: number) => boolean): boolean {
    for (let i = Math.floor((x - gap) / GRID); i <= Math.floor((x + width + gap) / GRID); i++) {
      for (let j = Math.floor((y - gap) / GRID); j <= Math.floor((y + height + gap) / GRID); j++) if (test(i * 2 ** 24 + j)) return true
    }
    return false
  }
}

/** Points along a line from its middle outwards, then the same a little aside. */
function* spots({ from, to }: Labelled, height: number): Generator<Point> {
  const [dx, dy] = [to.x - from.x, to.y - from.y]
  const length = Math.hypot(dx, dy)
  const [ux, uy] = length > 0 ? [dx / length, dy / length] : [1, 0]
  const steps = Math.min(MOST_STEPS, Math.floor(length / 2 / STEP))
  for (const aside of ASIDE) {
    const [ax, ay] = [-uy * aside * height, ux * aside * height]
    for (let i = 0; i <= steps; i++) {
      for (const side of i === 0 ? [0] : [i, -i]) {
        yield { x: from.x + dx / 2 + ux * side * STEP + ax, y: from.y + dy / 2 + uy * side * STEP + ay }
      }
    }
  }
}

const around = ({ x, y }: Point, width: number, height: number): Rect => ({ x: x - width / 2, y: y - height / 2, width, height })

/** Moves a rectangle into an edge around it, as far as it fits. */
export function within(rect: Rect, bounds: Rect | undefined): Rect {
  if (!bounds) return rect
  return {
    ...rect,
    x: Math.max(bounds.x, Math.min(bounds.x + bounds.width - rect.width, rect.x)),
    y: Math.max(bounds.y, Math.min(bounds.y + bounds.height - rect.height, rect.y))
  }
}

/**
 * Places labels in the order given, so that the first have the choice. One that fits nowhere along its line is folded to a chip; one for
 * whose chip there is no room either has none, and its numbers stand with its line alone. No rectangle of the result is on a card or on another.
 */
export function placeLabels(labels: readonly Labelled[], { cards, bounds, chip, gap = 3, isEveryShown = false }: Ground): PlacedLabel[] {
  const taken = new Squares()
  for (const card of cards) taken.add(card)
  const free = (label: Labelled, size: { width: number; height: number }): Rect | undefined => {
    for (const spot of spots(label, size.height)) {
      const rect = within(around(spot, size.width, size.height), bounds)
      if (taken.isFree(rect, gap)) return rect
    }
    return undefined
  }
  /** The free place for a chip nearest to the middle of its line, anywhere within the bounds. */
  const nearest = ({ from, to }: Labelled): Rect | undefined => {
    if (!bounds) return undefined
    const middle = { x: (from.x + to.x) / 2, y: (from.y + to.y) / 2 }
    let best: { rect: Rect; away: number } | undefined
    for (let x = bounds.x; x <= bounds.x + bounds.width - chip.width; x += STEP) {
      for (let y = bounds.y; y <= bounds.y + bounds.height - chip.height; y += STEP) {
        const away = Math.hypot(x + chip.width / 2 - middle.x, y + chip.height / 2 - middle.y)
        const rect = { x, y, ...chip }
        if (away < (best?.away ?? Number.POSITIVE_INFINITY) && taken.isFree(rect, gap)) best = { rect, away }
      }
    }
    return best?.rect
  }
  const placed: PlacedLabel[] = []
  const folded: Labelled[] = []
  const take = (label: Labelled, rect: Rect | undefined, isFolded: boolean): void => {
    if (!rect) return
    taken.add(rect)
    placed.push({ key: label.key, rect, isFolded })
  }
  for (const label of labels) {
    const rect = free(label, label)
    if (rect) take(label, rect, false)
    else folded.push(label)
  }
  // Chips come last: none takes the place that a label with words could have.
  for (const label of folded) take(label, free(label, chip) ?? (isEveryShown ? nearest(label) : undefined), true)
  return placed
}

/** Where a folded label stands when it is shown after all, over whatever is there: around its chip or the middle of its line. */
export function unfolded({ from, to, width, height }: Labelled, chip: Rect | undefined, bounds?: Rect): Rect {
  const at = chip ? { x: chip.x + chip.width / 2, y: chip.y + chip.height / 2 } : { x: (from.x + to.x) / 2, y: (from.y + to.y) / 2 }
  return within(around(at, width, height), bounds)
}
