/**
 * Numbers as people write them, read in one place for fields, sweeps, filters and the command line. Nothing is ever read as another
 * number than the one meant: what can mean two is refused, with both named.
 *
 * - A point or a lone comma stands before decimals: `0.8`, `0,8`.
 * - Thousands in whole groups of three, by commas, points, apostrophes or spaces, where nothing else can be meant: `1,234,567`,
 *   `1,234.5`, `1.234,5`, `1’234`, `1 234`.
 * - `1,234` may be 1234 or 1.234, and `4.000` 4000 or 4: refused. Three decimals that end in no zero, as `1.234`, are decimals.
 * - Exponents, as typed and as the lab prints them: `1e-3`, `1.2 × 10⁻⁴`. Both minus signs.
 * - The field's own unit may follow; no other one.
 */

export interface NumberRules {
  /** What may stand behind the number. */
  unit?: string
  /** `∞` is a value. */
  infinite?: boolean
  /** Written for a program, as on a command line: a point is always the decimal point, also in `4.000`. */
  scripted?: boolean
}

export type NumberRead = { value: number } | { fault: string }

/** Spaces that group digits: the usual one, no-break, thin, narrow no-break. */
const SPACE = ' \u00a0\u2009\u202f'
const APOSTROPHE = "'’"
const SUPERSCRIPTS = '⁰¹²³⁴⁵⁶⁷⁸⁹'

const GROUPED = new RegExp(`^[1-9]\\d{0,2}(?:([${SPACE}])\\d{3}(?:\\1\\d{3})*|([${APOSTROPHE}])\\d{3}(?:\\2\\d{3})*)(?:[.,]\\d*)?$`)
const SCIENTIFIC = /^(.*?)e([+-]?\d+)$/i
const POWER = new RegExp(`^(?:(.*?)\\s*[×·x*]\\s*)?10(?:\\^([+-]?\\d+)|([⁺⁻]?[${SUPERSCRIPTS}]+))$`)

/** Longer texts are not numbers; patterns look back and forth over no more than this. */
const MOST_CHARACTERS = 200
/** What a sentence quotes of a text. */
const QUOTED = 60

/** A text in quotes, cut short where it is long, for a sentence about it. */
export function quoted(text: string): string {
  return `“${text.length > QUOTED ? `${text.slice(0, QUOTED)}…` : text}”`
}

/** Lists of numbers are no longer than this: a thousand of them with every digit are. */
const LONGEST_LIST = 50_000

/** Why a list of numbers is too long to be read at all. */
export function listFault(written: string): string | undefined {
  if (written.length <= LONGEST_LIST) return undefined
  return `This list has ${written.length.toLocaleString('en')} characters; ${LONGEST_LIST.toLocaleString('en')} at most.`
}

/** Plain digits of every reading of digits without a sign or an exponent: `1234.5`. */
function mantissas(digits: string, scripted: boolean): string[] {
  if (/^(\d+\.?\d*|\.\d+)$/.test(digits)) {
    const thousands = !scripted && /^[1-9]\d{0,2}\.\d\d0$/.test(digits)
    return thousands ? [digits, digits.replace('.', '')] : [digits]
  }
  if (/^(\d+,\d*|,\d+)$/.test(digits)) {
    const decimal = digits.replace(',', '.')
    return /^[1-9]\d{0,2},\d{3}$/.test(digits) ? [digits.replace(',', ''), decimal] : [decimal]
  }
  if (/^[1-9]\d{0,2}(,\d{3}){2,}$|^[1-9]\d{0,2}(,\d{3})+\.\d*$/.test(digits)) return [digits.replaceAll(',', '')]
  if (/^[1-9]\d{0,2}(\.\d{3}){2,}$|^[1-9]\d{0,2}(\.\d{3})+,\d*$/.test(digits)) return [digits.replaceAll('.', '').replace(',', '.')]
  if (GROUPED.test(digits)) return [digits.replace(new RegExp(`[${SPACE}${APOSTROPHE}]`, 'g'), '').replace(',', '.')]
  return []
}

function exponentOf(superscript: string): string {
  return superscript
    .replace('⁺', '')
    .replace('⁻', '-')
    .replace(new RegExp(`[${SUPERSCRIPTS}]`, 'g'), (digit) => String(SUPERSCRIPTS.indexOf(digit)))
}

/** Every number that a text without a unit can be meant as; none where it is not a number. Too great ones are infinite. */
export function readings(written: string, { infinite = false, scripted = false }: NumberRules = {}): number[] {
  const bare = written.trim().replaceAll('−', '-')
  if (bare.length > MOST_CHARACTERS) return []
  if (infinite && /^[+-]?(∞|inf|infinity)$/i.test(bare)) return [bare.startsWith('-') ? -Infinity : Infinity]
  const [, sign, unsigned] = /^([+-]?)(.*)$/s.exec(bare) ?? ['', '', '']
  const power = POWER.exec(unsigned)
  const [, digits, exponent] = power
    ? ['', power[1] ?? '1', power[2] ?? exponentOf(power[3])]
    : (SCIENTIFIC.exec(unsigned) ?? ['', unsigned, '0'])
  return mantissas(digits, scripted).flatMap((mantissa) => {
    const value = Number(`${sign}${mantissa}e${exponent}`)
    // A number that is not 0 does not become it.
    return value === 0 && /[1-9]/.test(mantissa) ? [] : [value]
  })
}

/** A number as fields show it: every digit it has, ungrouped, so that it reads as itself. */
export function typed(value: number): string {
  if (Number.isNaN(value)) return ''
  return String(value).replace('Infinity', '∞').replace(/^-/, '−').replace('e+', 'e')
}

/** `a or b`, `a, b or c`. */
export const either = (parts: readonly string[]) =>
  parts.length < 2 ? parts.join('') : `${parts.slice(0, -1).join(', ')} or ${parts.at(-1)}`

/** Where a text can mean several things. */
export function ambiguous(written: string, means: readonly string[], write = means): string {
  return `${quoted(written)} can mean ${either(means)}: write ${either(write)}.`
}

/** The number a text names, or a sentence that says what is wanted instead. */
export function readNumber(written: string, rules: NumberRules = {}): NumberRead {
  const text = written.trim()
  const { unit, infinite = false } = rules
  const wanted = `a number${unit ? ` in ${unit}` : ''}, such as 12 or 0.5`
  if (text === '') return { fault: `Write ${wanted}.` }
  if (text.length > MOST_CHARACTERS) return { fault: `${quoted(text)} is not a number: write ${wanted}.` }
  const found = readings(withoutUnit(text, unit), rules)
  if (found.length === 0) {
    const [other] = /(?<=\d[^\p{L}%°]*)[\p{L}%°][^\d]*$/u.exec(text) ?? []
    const isNumber = other !== undefined && readings(text.slice(0, -other.length), rules).length > 0
    if (isNumber)
      return {
        fault: unit
          ? `${quoted(other)} is not the unit here: write ${wanted}.`
          : `${quoted(text)} has a unit: write only the number, such as 12 or 0.5.`
      }
    return { fault: `${quoted(text)} is not a number: write ${wanted}.` }
  }
  if (found.length > 1) return { fault: ambiguous(text, found.map(typed)) }
  const [value] = found
  return Number.isFinite(value) || (infinite && !/\d/.test(text)) ? { value } : { fault: `${quoted(text)} is too large: write ${wanted}.` }
}

/** A text without the unit it ends in, which may stand in the singular. Case counts: Mb is not MB. */
function withoutUnit(text: string, unit: string | undefined): string {
  if (!unit) return text
  for (const own of [unit, unit.replace(/s$/, '')]) if (own !== '' && text.endsWith(own) && text !== own) return text.slice(0, -own.length)
  return text
}
