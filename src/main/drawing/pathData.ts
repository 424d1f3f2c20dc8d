const { abs, acos, ceil, cos, hypot, max, PI, sin, sqrt, tan } = Math

/** A number as PDF writes it: no exponents, no more digits than an eye can tell. */
export const pdfNumber = (value: number) => String(Number(value.toFixed(4)))
const op = (letter: string, ...numbers: number[]) => `${numbers.map(pdfNumber).join(' ')} ${letter}`

/** Numbers a command takes. */
const TAKES: Readonly<Record<string, number>> = { m: 2, l: 2, h: 1, v: 1, c: 6, s: 4, q: 4, t: 2, a: 7, z: 0 }

interface Command {
  letter: string
  numbers: number[]
}

/** The commands of path data, each with its own numbers; flags of arcs may stand without a space after them. */
function commandsOf(data: string): Command[] {
  const commands: Command[] = []
  for (const [, letter, rest] of data.matchAll(/([a-zA-Z])([^a-zA-Z]*(?:[eE][^a-zA-Z]*)*)/g)) {
    const takes = TAKES[letter.toLowerCase()]
    if (takes === undefined) throw new Error(`a path of a drawing has the unknown command ${letter}`)
    const numbers = letter.toLowerCase() === 'a' ? arcNumbers(rest) : numbersOf(rest)
    if (takes === 0) commands.push({ letter, numbers: [] })
    for (let i = 0; takes > 0 && i + takes <= numbers.length; i += takes) {
      // Further pairs after a move are lines.
      const follows = i > 0 && (letter === 'M' || letter === 'm') ? (letter === 'M' ? 'L' : 'l') : letter
      commands.push({ letter: follows, numbers: numbers.slice(i, i + takes) })
    }
  }
  return commands
}

const NUMBER = /[-+]?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?/g
export const numbersOf = (written: string) => (written.match(NUMBER) ?? []).map(Number)

function arcNumbers(written: string): number[] {
  const found = written.matchAll(
    /([-+.\deE]+)[\s,]+([-+.\deE]+)[\s,]+([-+.\deE]+)[\s,]+([01])[\s,]*([01])[\s,]*([-+]?[.\d]+)[\s,]*([-+]?[.\d]+)/g
  )
  return [...found].flatMap((each) => each.slice(1, 8).map(Number))
}

/** SVG path data as PDF's operators of paths. Throws Error for a command there is none of. */
export function pdfPath(data: string): string {
  const written: string[] = []
  let [x, y, startX, startY] = [0, 0, 0, 0]
  /** The last control point of a curve, which a smooth one reflects. */
  let control: readonly [number, number] | undefined
  const curve = (x1: number, y1: number, x2: number, y2: number, toX: number, toY: number) =>
    written.push(op('c', x1, y1, x2, y2, toX, toY))
  for (const { letter, numbers: n } of commandsOf(data)) {
    const kind = letter.toLowerCase()
    const isRelative = letter === kind
    const [ox, oy] = isRelative ? [x, y] : [0, 0]
    let next: readonly [number, number] | undefined
    const last = n.length
    const [toX, toY] =
      kind === 'h' ? [ox + n[0], y] : kind === 'v' ? [x, oy + n[0]] : kind === 'z' ? [startX, startY] : [ox + n[last - 2], oy + n[last - 1]]
    if (kind === 'm') {
      written.push(op('m', toX, toY))
      ;[startX, startY] = [toX, toY]
    } else if (kind === 'z') written.push('h')
    else if (kind === 'c' || kind === 's') {
      const first =
        kind === 'c' ? ([ox + n[0], oy + n[1]] as const) : control ? ([2 * x - control[0], 2 * y - control[1]] as const) : ([x, y] as const)
      next = [ox + n[last - 4], oy + n[last - 3]]
      curve(...first, ...next, toX, toY)
    } else if (kind === 'q' || kind === 't') {
      next = kind === 'q' ? [ox + n[0], oy + n[1]] : control ? [2 * x - control[0], 2 * y - control[1]] : [x, y]
      const [cx, cy] = next
      curve(x + (2 / 3) * (cx - x), y + (2 / 3) * (cy - y), toX + (2 / 3) * (cx - toX), toY + (2 / 3) * (cy - toY), toX, toY)
    } else if (kind === 'a') for (const each of arcCurves([x, y], n, [toX, toY])) curve(...each)
    else written.push(op('l', toX, toY))
    ;[x, y, control] = [toX, toY, next]
  }
  return written.join('\n')
}

type Cubic = readonly [number, number, number, number, number, number]

/** An elliptical arc as cubic curves of a quarter turn at most, by SVG 2's notes on implementation (B.2.4). */
function arcCurves([x1, y1]: readonly [number, number], n: readonly number[], [x2, y2]: readonly [number, number]): Cubic[] {
  let [rx, ry] = [abs(n[0]), abs(n[1])]
  if (x1 === x2 && y1 === y2) return []
  if (rx === 0 || ry === 0) return [[x1, y1, x2, y2, x2, y2]]
  const turn = (n[2] * PI) / 180
  const [c, s] = [cos(turn), sin(turn)]
  const [dx, dy] = [(x1 - x2) / 2, (y1 - y2) / 2]
  const [px, py] = [c * dx + s * dy, -s * dx + c * dy]
  const grow = sqrt(max(1, (px / rx) ** 2 + (py / ry) ** 2))
  rx *= grow
  ry *= grow
  const under = (rx * ry) ** 2 - (rx * py) ** 2 - (ry * px) ** 2
  const factor = (n[3] === n[4] ? -1 : 1) * sqrt(max(0, under / ((rx * py) ** 2 + (ry * px) ** 2)))
  const [qx, qy] = [(factor * rx * py) / ry, (-factor * ry * px) / rx]
  const [cx, cy] = [c * qx - s * qy + (x1 + x2) / 2, s * qx + c * qy + (y1 + y2) / 2]
  const angle = (ux: number, uy: number, vx: number, vy: number) => {
    const between = acos(max(-1, Math.min(1, (ux * vx + uy * vy) / (hypot(ux, uy) * hypot(vx, vy)))))
    return ux * vy - uy * vx < 0 ? -between : between
  }
  const [ux, uy] = [(px - qx) / rx, (py - qy) / ry]
  const from = angle(1, 0, ux, uy)
  let sweep = angle(ux, uy, (-px - qx) / rx, (-py - qy) / ry)
  if (n[4] === 0 && sweep > 0) sweep -= 2 * PI
  if (n[4] === 1 && sweep < 0) sweep += 2 * PI
  const count = max(1, ceil(abs(sweep) / (PI / 2) - 1e-9))
  const step = sweep / count
  const reach = (4 / 3) * tan(step / 4)
  const at = (u: number, v: number): [number, number] => [c * rx * u - s * ry * v + cx, s * rx * u + c * ry * v + cy]
  return Array.from({ length: count }, (_, i): Cubic => {
    const [a, b] = [from + i * step, from + (i + 1) * step]
    const first = at(cos(a) - reach * sin(a), sin(a) + reach * cos(a))
    const second = at(cos(b) + reach * sin(b), sin(b) - reach * cos(b))
    return [...first, ...second, ...at(cos(b), sin(b))]
  })
}
