import { ambiguous, listFault, quoted, readings, typed } from '../numbers'

/**
 * Swept values as people write them: `1 5 10`, `1..20`, `0 – 1 step 0.2`, and any of these beside each other. Each piece
 * is a chip of the form and stands for one or more values.
 */

/** A piece of a sweep: one value, or evenly spaced ones from the first to the last. */
export type Chip = { value: number } | { from: number; to: number; step: number }

/** Values one field may be swept over. */
export const MOST_SWEPT = 1000

/** What the values of a list can be, which tells what a comma between digits means. */
export interface SweepRules {
  /** Whole numbers only: no comma stands before decimals. */
  whole?: boolean
  /** The greatest value: groups of digits that make a greater one are values apart. */
  max?: number
  /** Nobody groups the digits of such values, as of seeds: a comma always separates. */
  ungrouped?: boolean
  /** Written for a program: a point is always the decimal point. */
  scripted?: boolean
}

export type SweepRead = { chips: Chip[] } | { fault: string }

/** From, to and step, once no spaces are left between them. A hyphen after an e, or before any digit, is a minus. */
const SPAN = /^(.*?\d.*?)(?:\.\.+|…|–|(?<=[\d.])-)(.*?)(?:step(.*))?$/i

/** The longest span that is looked for: a number has no more digits than this leaves room for. */
const LONGEST_SPAN = 200

/** Values that a sentence names. */
const MOST_NAMED = 8

/** A token as it was written, more or less: its spaces were taken out to keep it in one piece. */
const spaced = (part: string) => part.replace(/step/i, ' step ')
const unreadable = (part: string) => `${quoted(spaced(part))} is not a number: write 1 5 10, 1..20 or 0 – 1 step 0.2.`

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
 * The chips a text names, or a sentence about what cannot be read. A span without a step goes by 1; `1-5` is a span too.
 *
 * Spaces, semicolons and commas before a space separate. A comma between digits separates values only where nothing else can be meant:
 * `1,5,10` are three values; `0,5` may be one or two and is refused, and so is `1,500`. Of whole numbers `5,10` can only be two.
 */
export function parseSweep(written: string, rules: SweepRules = {}): SweepRead {
  const tooLong = listFault(written)
  if (tooLong !== undefined) return { fault: tooLong }
  const joined = written
    // A run of spaces is looked at from where it begins alone.
    .replace(/(?<!\s)\s*(?:\bto\b|\.\.+|…|–)\s*/gi, '..')
    .replace(/([\d.])\s*-\s+/g, '$1-')
    .replace(/(?<!\s)\s*\b(?:step|by)\b\s*/gi, 'step')
  const chips: Chip[] = []
  // Other spaces than these group digits.
  for (const token of joined.split(/[ \t\r\n;]+/)) {
    const part = token.replace(/(?<!,),+$/, '')
    const read = part === '' ? { chips: [] } : chipsOfPart(part, rules)
    if ('fault' in read) return read
    chips.push(...read.chips)
  }
  // Sizes are added up before anything is counted out: 0..1e12 must not be walked through.
  if (chips.reduce((sum, chip) => sum + chipSize(chip), 0) > MOST_SWEPT) return { fault: `At most ${MOST_SWEPT} values at once.` }
  return { chips }
}

function chipsOfPart(part: string, rules: SweepRules): SweepRead {
  const single = meaningsOf(part, rules)
  if (!part.includes(',')) {
    if (single.chips.length === 1) return { chips: single.chips }
    return { fault: single.chips.length === 0 ? single.fault : ambiguous(spaced(part), single.chips.map(chipText)) }
  }
  const isPossible = (value: number) => !rules.whole || (Number.isInteger(value) && value <= (rules.max ?? Infinity))
  const singles = rules.ungrouped ? [] : single.chips.filter((chip) => numbersOf(chip).every(isPossible))
  const pieces = part.split(',').map((piece) => meaningsOf(piece, rules))
  // The thousands of 10,000 are not values of a list.
  const list = pieces.every(({ chips }) => chips.length === 1) ? pieces.flatMap(({ chips }) => chips) : undefined
  if (list && singles.length === 0 && !(isPaired(list) && !rules.whole)) return { chips: list }
  if (!list && singles.length === 1) return { chips: singles }
  if (!list && singles.length === 0) return { fault: pieces.find(({ chips }) => chips.length === 0)?.fault ?? single.fault }
  const named = (chips: readonly Chip[], between: string) =>
    chips.slice(0, MOST_NAMED).map(chipText).join(between) + (chips.length > MOST_NAMED ? `${between}…` : '')
  const means = [...singles.map(chipText), ...(list ? [`the values ${named(list, ' and ')}`] : [])]
  if (means.length < 2) means.unshift('numbers with decimals')
  const write = list ? [...singles.map(chipText), named(list, '; ')] : singles.map(chipText)
  return { fault: ambiguous(spaced(part), means, write) }
}

/** `0,5,1,5` names 5 twice: no list of values needs that, but decimals by commas do. */
function isPaired(list: readonly Chip[]): boolean {
  return list.length > 2 && list.length % 2 === 0 && new Set(list.map(chipText)).size < list.length
}

/** What a text without separators can mean: a number, or a span; why it means nothing. */
function meaningsOf(part: string, { scripted = false }: SweepRules): { chips: Chip[]; fault: string } {
  const none = (fault: string) => ({ chips: [], fault })
  const numbers = (text: string) => (/^[+−-]?0\d/.test(text) ? [] : readings(text, { scripted }).filter(Number.isFinite))
  const values = numbers(part)
  if (values.length > 0) return { chips: values.map((value) => ({ value })), fault: '' }
  const [, a, b, by = '1'] = (part.length <= LONGEST_SPAN && SPAN.exec(part)) || []
  if (a === undefined || b === undefined) return none(unreadable(part))
  const chips: Chip[] = []
  let fault = unreadable(part)
  for (const from of numbers(a)) {
    for (const to of numbers(b)) {
      for (const step of numbers(by)) {
        if (!(step > 0)) fault = `${quoted(spaced(part))} needs a step above 0.`
        else if (to < from) fault = `${quoted(spaced(part))} goes backwards: write the smaller value first.`
        else chips.push(to === from ? { value: from } : { from, to, step })
      }
    }
  }
  return { chips, fault }
}

/** The numbers that stand in a chip. */
const numbersOf = (chip: Chip) => ('value' in chip ? [chip.value] : [chip.from, chip.to, chip.step])

/** A chip as it can be typed again. */
export function chipText(chip: Chip): string {
  if ('value' in chip) return typed(chip.value)
  const span = `${typed(chip.from)}..${typed(chip.to)}`
  return chip.step === 1 ? span : `${span} step ${typed(chip.step)}`
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
