/** Round numbers for axes. Ours, so that a logarithmic axis over less than a decade has some, too. */

const clean = (value: number) => Number(value.toPrecision(12))

/** 1, 2 or 5 times a power of ten, so that `span` has about `count` of them. */
function roundStep(span: number, count: number): number {
  const rough = span / Math.max(1, count)
  const ten = 10 ** Math.floor(Math.log10(rough))
  const factor = rough / ten
  return ten * (factor <= 1 ? 1 : factor <= 2 ? 2 : factor <= 5 ? 5 : 10)
}

/** Round numbers within [low, high], about `count` of them. */
export function linearTicks(low: number, high: number, count: number): number[] {
  if (!(high > low)) return [low]
  const step = roundStep(high - low, count)
  const ticks: number[] = []
  for (let k = Math.ceil(low / step - 1e-9); k * step <= high + step * 1e-9; k++) ticks.push(clean(k * step))
  return ticks
}

/** A value axis: its ends, and the ticks that stand on it. */
export interface Axis {
  low: number
  high: number
  ticks: number[]
}

/** [low, high] widened to round numbers, about `count` of them with both ends; a flat curve gets room around it. */
export function linearAxis(low: number, high: number, count: number): Axis {
  if (low === high) {
    const room = Math.abs(low) * 0.1 || 1
    return linearAxis(low - room, high + room, count)
  }
  const step = roundStep(high - low, count)
  const [first, last] = [Math.floor(low / step + 1e-9), Math.ceil(high / step - 1e-9)]
  const ticks = Array.from({ length: last - first + 1 }, (_, k) => clean((first + k) * step))
  return { low: clean(first * step), high: clean(last * step), ticks }
}

/** The numbers 1, 2 and 5 times a power of ten within [low, high]. */
function roundNumbers(low: number, high: number): number[] {
  const found: number[] = []
  for (let k = Math.floor(Math.log10(low) + 1e-9); k <= Math.log10(high) + 1e-9; k++) {
    for (const factor of [1, 2, 5]) {
      const value = clean(factor * 10 ** k)
      if (value >= low * (1 - 1e-9) && value <= high * (1 + 1e-9)) found.push(value)
    }
  }
  return found
}

/** Powers of ten within [low, high], thinned to about `count`; of few, 2 and 5 times them as well. */
function logTicks(low: number, high: number, count: number): number[] {
  const rounds = roundNumbers(low, high)
  if (rounds.length <= count + 1) return rounds
  const from = Math.ceil(Math.log10(low) - 1e-9)
  const to = Math.floor(Math.log10(high) + 1e-9)
  const stride = Math.max(1, Math.ceil((to - from + 1) / (count + 1)))
  const ticks: number[] = []
  for (let k = to; k >= from; k -= stride) ticks.unshift(clean(10 ** k))
  return ticks
}

/** [low, high], both above 0, widened to 1, 2 or 5 times a power of ten; under a decade, to round numbers as on a linear axis. */
export function logAxis(low: number, high: number, count: number): Axis {
  if (low === high) return logAxis(low / 2, high * 2, count)
  if (high / low < 10) {
    const axis = linearAxis(low, high, count)
    return axis.low > 0 ? axis : { ...axis, low: low * 0.9, ticks: axis.ticks.filter((tick) => tick > low * 0.9) }
  }
  const [below, above] = [10 ** Math.floor(Math.log10(low) + 1e-9), 10 ** Math.floor(Math.log10(high) + 1e-9)]
  const from = clean(below * ([5, 2, 1].find((factor) => factor * below <= low * (1 + 1e-9)) ?? 1))
  const to = clean(above * ([1, 2, 5, 10].find((factor) => factor * above >= high * (1 - 1e-9)) ?? 10))
  return { low: from, high: to, ticks: logTicks(from, to, count) }
}
