/**
 * Numbers as text, in one place: thousands by commas, a point before decimals, a true minus, an en dash for no value.
 * The same on every machine, whatever its locale, so that two people read the same figure.
 */

/** A number that may be missing. Diverged runs bring NaN and infinities. */
export type Maybe = number | null | undefined

export const NONE = '–'
const MINUS = '−'
const SUPERSCRIPTS = '⁰¹²³⁴⁵⁶⁷⁸⁹'

function superscript(exponent: number): string {
  const digits = String(Math.abs(exponent)).replace(/\d/g, (digit) => SUPERSCRIPTS[Number(digit)])
  return exponent < 0 ? `⁻${digits}` : digits
}

/** `digits` decimals: 1,234.50. From 10⁹ on, as a power of ten. */
export function fixed(value: Maybe, digits = 0): string {
  if (value === undefined || value === null || Number.isNaN(value)) return NONE
  if (!Number.isFinite(value)) return value > 0 ? '∞' : `${MINUS}∞`
  if (Math.abs(value) >= 1e9) return power(value)
  const [whole, fraction] = Math.abs(value).toFixed(digits).split('.')
  const sign = value < 0 && Number(Math.abs(value).toFixed(digits)) !== 0 ? MINUS : ''
  return sign + whole.replace(/\B(?=(\d{3})+$)/g, ',') + (fraction ? `.${fraction}` : '')
}

/** 1.2 × 10⁻⁴; the factor is left out where it is 1. */
export function power(value: number, digits = 1): string {
  const [factor, exponent] = value.toExponential(digits).split('e')
  const ten = `10${superscript(Number(exponent))}`
  const plain = fixed(Number(factor), digits)
  return Number(factor) === 1 ? ten : `${plain} × ${ten}`
}

export function integer(value: Maybe): string {
  return fixed(value, 0)
}

/** A number that is shown, with what it counts: 1 run, 2 runs. */
export function counted(shown: string, one: string, many: string): string {
  return `${shown} ${shown === '1' ? one : many}`
}

/** So many of something: 1 run, 1,000 runs. */
export function count(n: number, one: string, many: string): string {
  return counted(integer(n), one, many)
}

/** Decimals of a gap in per cent, so that three figures or so are shown: 0.048, 1.64, 36.20, 120.4. */
function gapDigits(percent: number): number {
  const size = Math.abs(percent)
  return size < 1 ? 3 : size < 100 ? 2 : 1
}

/** A gap (0.01 is 1 %) in per cent, without its sign. */
export function gap(fraction: Maybe): string {
  if (typeof fraction !== 'number' || !Number.isFinite(fraction)) return fixed(fraction)
  const percent = fraction * 100
  if (percent !== 0 && Math.abs(percent) < 0.0005) return '<0.001'
  return percent === 0 ? '0' : fixed(percent, gapDigits(percent))
}

/** Half an interval after its sign; empty beside a mean that is infinite or no number, so that no "±" stands before no value. */
function halfOf(mean: Maybe, half: Maybe, write: (mean: number, half: number) => string): string {
  if (typeof mean !== 'number' || typeof half !== 'number' || !Number.isFinite(mean) || !Number.isFinite(half)) return ''
  return half < 1e-12 ? '± 0' : `± ${write(mean, half)}`
}

/** Half an interval beside its mean, with the mean's decimals; empty where there is none. */
export function gapHalf(mean: Maybe, half: Maybe): string {
  return halfOf(mean, half, (centre, reach) => fixed(reach * 100, gapDigits(centre * 100)))
}

export function gapUnit(fraction: Maybe): string {
  const text = gap(fraction)
  return text === NONE ? NONE : `${text} %`
}

/** A share (0.2 is 20 %) in whole per cent, without its sign. */
export function share(fraction: Maybe): string {
  return typeof fraction === 'number' ? fixed(fraction * 100, 0) : NONE
}

/** Costs have four decimals while they are about 1, fewer where seconds and joules stand unscaled. */
function costDigits(value: number): number {
  const size = Math.abs(value)
  return size < 10 ? 4 : size < 1000 ? 2 : 1
}

export function cost(value: Maybe): string {
  return typeof value === 'number' ? fixed(value, costDigits(value)) : NONE
}

export function costHalf(mean: Maybe, half: Maybe): string {
  return halfOf(mean, half, (centre, reach) => fixed(reach, costDigits(centre)))
}

function amountDigits(value: number): number {
  const size = Math.abs(value)
  return size !== 0 && size < 1 ? 3 : size < 10 ? 2 : size < 10_000 ? 1 : 0
}

/** Seconds and joules of workflows. */
export function amount(value: Maybe): string {
  return typeof value === 'number' ? fixed(value, amountDigits(value)) : NONE
}

/** Half an interval beside its mean, with the mean's decimals. */
export function amountHalf(mean: Maybe, half: Maybe): string {
  return halfOf(mean, half, (centre, reach) => fixed(reach, amountDigits(centre)))
}

/** Milliseconds of one decision. */
export function milliseconds(value: Maybe): string {
  if (typeof value !== 'number') return NONE
  return value > 0 && value < 0.005 ? '<0.01' : fixed(value, value < 10 ? 2 : 1)
}

/** How long something took: <0.1 s, 6.9 s, 24 s, 1 min 12 s, 2 h 05 min. */
export function duration(seconds: Maybe): string {
  if (typeof seconds !== 'number' || !Number.isFinite(seconds)) return NONE
  if (seconds < 0.05) return seconds === 0 ? '0 s' : '<0.1 s'
  if (seconds < 19.95) return `${fixed(seconds, 1)} s`
  const whole = Math.round(seconds)
  if (whole < 60) return `${whole} s`
  if (whole < 3600) return whole % 60 === 0 ? `${whole / 60} min` : `${Math.floor(whole / 60)} min ${whole % 60} s`
  const minutes = Math.round(seconds / 60)
  return `${integer(Math.floor(minutes / 60))} h ${String(minutes % 60).padStart(2, '0')} min`
}

/** A time that is only estimated, with no more figures than that is worth: 5 s, 40 s, 3 min, 2 h 10 min. */
export function roundTime(seconds: Maybe): string {
  if (typeof seconds !== 'number' || !Number.isFinite(seconds)) return NONE
  const step = seconds < 30 ? 5 : seconds < 95 ? 10 : seconds < 5400 ? 60 : 300
  return duration(Math.max(step, Math.round(seconds / step) * step)).replace(/^(\d+)\.0 s$/, '$1 s')
}

/** 10³ bytes a kB, as disks count. */
export function bytes(value: Maybe): string {
  if (typeof value !== 'number') return NONE
  const units = ['B', 'kB', 'MB', 'GB', 'TB']
  let size = value
  let unit = 0
  while (size >= 999.5 && unit < units.length - 1) {
    size /= 1000
    unit += 1
  }
  return `${fixed(size, unit > 0 && size < 9.95 ? 1 : 0)} ${units[unit]}`
}

/** Learn steps on an axis: 500, 5 k, 2.5 k, 1 M. */
export function steps(value: number): string {
  const short = (size: number, unit: string) => `${fixed(size, Number.isInteger(size) ? 0 : Number.isInteger(size * 10) ? 1 : 2)} ${unit}`
  if (Math.abs(value) >= 1e6) return short(value / 1e6, 'M')
  if (Math.abs(value) >= 1e3) return short(value / 1e3, 'k')
  return fixed(value, Number.isInteger(value) ? 0 : 1)
}

/** As many figures as a value has, up to `figures`: parameters and axis ticks. */
export function plain(value: number, figures = 6): string {
  if (!Number.isFinite(value)) return fixed(value)
  const rounded = Number(value.toPrecision(figures))
  const size = Math.abs(rounded)
  if (size !== 0 && (size < 1e-4 || size >= 1e9)) return power(rounded, Math.max(0, decimals(rounded / 10 ** Math.floor(Math.log10(size)))))
  return fixed(rounded, decimals(rounded))
}

function decimals(value: number): number {
  const [, fraction = ''] = String(Number(value.toPrecision(6))).split('.')
  return fraction.length
}

const two = (value: number) => String(value).padStart(2, '0')

/** A full moment: 2025-11-24 14:02:09, in local time. */
export function moment(at: number): string {
  const d = new Date(at)
  return `${d.getFullYear()}-${two(d.getMonth() + 1)}-${two(d.getDate())} ${two(d.getHours())}:${two(d.getMinutes())}:${two(d.getSeconds())}`
}
