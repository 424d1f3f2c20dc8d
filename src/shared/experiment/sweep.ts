/**
 * Swept values as people write them: `1 5 10`, `1..20`, `0 – 1 step 0.2`, and any of these beside each other. Each piece
 * is a chip of the form and stands for one or more values.
 */

/** A piece of a sweep: one value, or evenly spaced ones from the first to the last. */
export type Chip = { value: number } | { from: number; to: number; step: number }

export type SweepFault =
  | { kind: 'unreadable'; part: string }
  | { kind: 'reversed'; part: string }
  | { kind: 'step'; part: string }
  | { kind: 'many'; most: number }

/** Values one field may be swept over. */
export const MOST_SWEPT = 1000

const NUMBER = '[-−]?(?:\\d+(?:,\\d{3})*(?:\\.\\d*)?|\\.\\d+)(?:e[-+]?\\d+)?'
const SPAN = new RegExp(`(${NUMBER})\\s*(?:\\.\\.+|…|–|\\bto\\b|-)\\s*(${NUMBER})(?:\\s*(?:step|by)\\s*(${NUMBER}))?`, 'gi')
const ONE = new RegExp(`^${NUMBER}$`, 'i')

function numberOf(written: string): number {
  return Number(written.replace('−', '-').replaceAll(',', ''))
}

/** A value on a grid of steps, without the dust of binary sums: 0.1 + 2 · 0.1 is 0.3. */
function onGrid(from: number, step: number, i: number): number {
  return Number((from + i * step).toPrecision(12))
}

/** How many values a chip stands for. */
export function chipSize(chip: Chip): number {
  return 'value' in chip ? 1 : Math.floor((chip.to - chip.from) / chip.step + 1e-9) + 1
}

function valuesOfChip(chip: Chip): number[] {
  if ('value' in chip) return [chip.value]
  return Array.from({ length: chipSize(chip) }, (_, i) => onGrid(chip.from, chip.step, i))
}

/** The values of chips in their order, each once. */
export function valuesOf(chips: readonly Chip[]): number[] {
  return [...new Set(chips.flatMap(valuesOfChip))]
}

/**
 * The chips a text names. A span without a step goes by 1; `1-5` is a span between whole numbers, as seeds are written.
 * Commas separate, save between groups of three digits: `10,000` is one number.
 */
export function parseSweep(written: string): { chips: Chip[] } | { fault: SweepFault } {
  const chips: { at: number; chip: Chip }[] = []
  let fault: SweepFault | undefined
  const rest = written.replace(SPAN, (part: string, a: string, b: string, by: string | undefined, at: number) => {
    const [from, to, step] = [numberOf(a), numberOf(b), by === undefined ? 1 : numberOf(by)]
    if (!(step > 0)) fault ??= { kind: 'step', part }
    else if (to < from) fault ??= { kind: 'reversed', part }
    else if (to === from) chips.push({ at, chip: { value: from } })
    else chips.push({ at, chip: { from, to, step } })
    return ' '.repeat(part.length)
  })
  for (const { 0: part, index: at } of rest.matchAll(/[^\s;]+/g)) {
    for (const piece of piecesOf(part)) {
      if (ONE.test(piece)) chips.push({ at, chip: { value: numberOf(piece) } })
      else fault ??= { kind: 'unreadable', part: piece }
    }
  }
  if (fault) return { fault }
  const ordered = chips.sort((a, b) => a.at - b.at).map(({ chip }) => chip)
  // Sizes are added up before anything is counted out: 0..1e12 must not be walked through.
  if (ordered.reduce((sum, chip) => sum + chipSize(chip), 0) > MOST_SWEPT) return { fault: { kind: 'many', most: MOST_SWEPT } }
  return { chips: ordered }
}

/** `10,000` stays whole; `1,5,10` and `1,` fall apart. */
function piecesOf(part: string): string[] {
  return /^[-−]?\d{1,3}(,\d{3})+(\.\d*)?,?$/.test(part) ? [part.replace(/,$/, '')] : part.split(',').filter(Boolean)
}

/** The least step two values apart that makes an even row of three or more worth writing as a span. */
const LEAST_ROW = 4

/** The chips that name `values` shortest: even rows of four or more become spans. */
export function chipsOf(values: readonly number[]): Chip[] {
  const chips: Chip[] = []
  for (let i = 0; i < values.length; ) {
    const step = Number((values[i + 1] - values[i]).toPrecision(12))
    let end = i
    while (step > 0 && values[end + 1] === onGrid(values[i], step, end + 1 - i)) end++
    if (end - i + 1 >= LEAST_ROW) {
      chips.push({ from: values[i], to: values[end], step })
      i = end + 1
    } else {
      chips.push({ value: values[i] })
      i++
    }
  }
  return chips
}
