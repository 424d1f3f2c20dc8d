import { chartPixels, type PrintSize, printed } from '@shared/charts/print'
import { text } from '../ui/text'
import { type Drawing, type DrawnNode, NODE } from './drawing'
import { placeNodes } from './edit'
import { drawnWith } from './picture'

/** Pixels left and right of the cards. */
const SIDES = 40
const MM_A_POINT = 25.4 / 72

/** By how much what lies between cards is drawn together, across and down. */
interface Closeness {
  across: number
  down: number
}

const closer = (drawing: Drawing, { across, down }: Closeness): Drawing =>
  placeNodes(drawing, new Map(drawing.nodes.map(({ key, x, y }) => [key, { x: x * across, y: y * down }])))

const width = ({ nodes }: Drawing) => Math.max(...nodes.map(({ x }) => x)) - Math.min(...nodes.map(({ x }) => x))

/** Whether cards cover one another; sorted, so that only neighbours are looked at. */
function cardsTouch({ nodes }: Drawing): boolean {
  const sorted = [...nodes].sort((a, b) => a.x - b.x)
  const over = (a: DrawnNode, b: DrawnNode) => Math.abs(a.y - b.y) < NODE.height
  return sorted.some((node, i) => {
    for (let k = i + 1; k < sorted.length && sorted[k].x - node.x < NODE.width; k++) if (over(node, sorted[k])) return true
    return false
  })
}

/**
 * A topology's map of a width in print, its letters as large as asked for: cards keep their size beside the letters, and what lies between them
 * is drawn together until all of it fits. Says where cards then cover one another, and from which width on they do not.
 */
export function paperMap(drawing: Drawing, size: PrintSize): { svg: string; note?: string } {
  const whole = chartPixels(size).width
  const between = width(drawing)
  const across = between === 0 ? 1 : Math.min(1, Math.max(0.05, (whole - NODE.width - SIDES) / between))
  const choices = [across, 1].map((down) => closer(drawing, { across, down }))
  const shown = choices.find((each) => !cardsTouch(each)) ?? choices[1]
  const made = drawnWith(shown, { width: whole })
  const heightMm = (made.height / made.width) * size.widthMm
  const svg = printed(made.svg, { widthMm: size.widthMm, heightMm })
  const mayTouch = cardsTouch(drawing) || !cardsTouch(shown)
  const fits = made.needed <= whole + 1
  return mayTouch && fits ? { svg } : { svg, note: text.figure.cardsTouch(leastWidth(drawing, size)) }
}

/** Whole millimetres from which on no card covers another at these letters. */
function leastWidth(drawing: Drawing, { letterPt }: PrintSize): number {
  let [low, high] = [0.05, 1]
  for (let i = 0; i < 12; i++) {
    const middle = (low + high) / 2
    if (cardsTouch(closer(drawing, { across: middle, down: 1 }))) low = middle
    else high = middle
  }
  const pixels = high * width(drawing) + NODE.width + SIDES
  return Math.ceil((pixels * letterPt * MM_A_POINT) / 11)
}
