/** A box on the page, in its pixels. */
export interface PageBox {
  left: number
  right: number
  top: number
  bottom: number
}

/** Room between a line and the cards it passes. */
const CLEAR = 10
/** How far a line leaves a box before it turns, as a share of the way to the next. */
const BEND = 0.5

/** The height nearest to `y` at which a line passes none of the boxes. */
export function freeHeight(y: number, boxes: readonly PageBox[]): number {
  const isFree = (at: number) => boxes.every(({ top, bottom }) => at <= top - CLEAR + 1 || at >= bottom + CLEAR - 1)
  if (isFree(y)) return y
  const edges = boxes.flatMap(({ top, bottom }) => [top - CLEAR, bottom + CLEAR]).filter((at) => at > 0 && isFree(at))
  return edges.reduce((best, at) => (Math.abs(at - y) < Math.abs(best - y) ? at : best), edges[0] ?? y)
}

/**
 * The line from one box to another on its right, as an SVG path: through the columns between them at heights where no card of theirs is,
 * `between` from left to right, each with the boxes of its cards.
 */
export function pathBetween(
  from: PageBox,
  to: PageBox,
  between: readonly { left: number; right: number; boxes: readonly PageBox[] }[]
): string {
  const middle = ({ top, bottom }: PageBox) => (top + bottom) / 2
  const end = middle(to)
  let [x, y] = [from.right, middle(from)]
  let path = `M${x} ${y}`
  const curve = (toX: number, toY: number): void => {
    const reach = (toX - x) * BEND
    path += `C${x + reach} ${y} ${toX - reach} ${toY} ${toX} ${toY}`
    ;[x, y] = [toX, toY]
  }
  for (const { left, right, boxes } of between) {
    const height = freeHeight(y + (end - y) / 2, boxes)
    curve(left, height)
    path += `L${right} ${height}`
    x = right
  }
  curve(to.left, end)
  return path
}
