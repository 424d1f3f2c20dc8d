/** A rectangle on the drawing, in its pixels. */
interface LabelBox {
  x: number
  y: number
  width: number
  height: number
}

/** A flow's line, a cubic curve that leaves and arrives level, and what is written beside it. */
export interface LabelledFlow {
  x1: number
  y1: number
  x2: number
  y2: number
  text: string
}

/** Of letters of 10 px, about; half a line above the curve. */
const LETTER = 6
const LINE = 13
const ABOVE = 5
/** Where along its line a label is tried: in the middle first, then nearer to either end. */
const ALONG = [0.5, 0.36, 0.64, 0.24, 0.76] as const

/** How far a curve bends before it turns. */
export const bendOf = (x1: number, x2: number) => Math.max(20, (x2 - x1) / 2)

const touches = (a: LabelBox, b: LabelBox) => a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height

function pointAt({ x1, y1, x2, y2 }: LabelledFlow, t: number): { x: number; y: number } {
  const bend = bendOf(x1, x2)
  const s = 1 - t
  const mix = (a: number, b: number, c: number, d: number) => s ** 3 * a + 3 * s * s * t * b + 3 * s * t * t * c + t ** 3 * d
  return { x: mix(x1, x1 + bend, x2 - bend, x2), y: mix(y1, y1, y2, y2) }
}

/**
 * Where the labels of flows stand, in their order, so that none is over a box or over another; undefined of one that has no place along its
 * line. The first have the choice. `boxes`: what is drawn of tasks.
 */
export function flowLabels(flows: readonly LabelledFlow[], boxes: readonly LabelBox[]): ({ x: number; y: number } | undefined)[] {
  const taken = [...boxes]
  return flows.map((flow) => {
    const width = LETTER * flow.text.length
    for (const t of ALONG) {
      const at = pointAt(flow, t)
      const box = { x: at.x - width / 2, y: at.y - ABOVE - LINE + 3, width, height: LINE }
      if (taken.some((other) => touches(box, other))) continue
      taken.push(box)
      return { x: at.x, y: at.y - ABOVE }
    }
    return undefined
  })
}
