/** More bars than this have no room for words of their own: they are drawn as a few paths, however many there are. */
export const MOST_BARS = 200

interface Span {
  x: number
  width: number
  /** Upper edge. */
  y: number
}

const rounded = (value: number) => Math.round(value * 2) / 2

/** Bars of one height as one path. Those of one row that touch on the screen become one, so that it is no longer than the screen is wide. */
export function spanPath(spans: readonly Span[], height: number): string {
  const rows = new Map<number, [from: number, to: number][]>()
  for (const { x, width, y } of spans) {
    const row = rows.get(y) ?? []
    rows.set(y, row)
    const [from, to] = [rounded(x), rounded(x + Math.max(1, width))]
    const last = row.at(-1)
    if (last && from >= last[0] && from - last[1] < 0.5) last[1] = Math.max(last[1], to)
    else row.push([from, to])
  }
  return [...rows].flatMap(([y, row]) => row.map(([from, to]) => `M${from} ${y}H${to}V${y + height}H${from}z`)).join('')
}

/** Lines as one path; those that are the same on the screen are drawn once. */
export function linePath(lines: readonly { x1: number; y1: number; x2: number; y2: number }[]): string {
  return [...new Set(lines.map(({ x1, y1, x2, y2 }) => `M${rounded(x1)} ${y1}L${rounded(x2)} ${y2}`))].join('')
}
