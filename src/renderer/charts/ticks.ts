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

/** [low, high] widened to round numbers; a flat curve gets room around it. */
export function linearDomain(low: number, high: number, count: number): [number, number] {
  if (low === high) {
    const room = Math.abs(low) * 0.1 || 1
    return linearDomain(low - room, high + room, count)
  }
  const narrow = roundStep(high - low, count)
  // Rounding outwards may ask for a wider step: ticks then still stand on both ends.
  const step = roundStep((Math.ceil(high / narrow) - Math.floor(low / narrow)) * narrow, count)
  return [clean(Math.floor(low / step + 1e-9) * step), clean(Math.ceil(high / step - 1e-9) * step)]
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

/** Powers of ten within [low, high], thinned to about `count`; of few, 2 and 5 times them as well; under a decade, round numbers as on a linear axis. */
export function logTicks(low: number, high: number, count: number): number[] {
  if (high / low < 10 * (1 - 1e-9)) return linearTicks(low, high, count).filter((tick) => tick > 0)
  const from = Math.ceil(Math.log10(low) - 1e-9)
  const to = Math.floor(Math.log10(high) + 1e-9)
  const rounds = roundNumbers(low, high)
  if (rounds.length <= count + 1) return rounds
  const stride = Math.max(1, Math.ceil((to - from + 1) / (count + 1)))
  const ticks: number[] = []
  for (let k = to; k >= from; k -= stride) ticks.unshift(clean(10 ** k))
  return ticks
}

/** [low, high] widened to 1, 2 or 5 times a power of ten where it spans more than a decade, else to round numbers. */
export function logDomain(low: number, high: number): [number, number] {
  if (high / low < 10) {
    const [from, to] = linearDomain(low, high, 5)
    return [from > 0 ? from : low * 0.9, to]
  }
  const [below, above] = [10 ** Math.floor(Math.log10(low) + 1e-9), 10 ** Math.floor(Math.log10(high) + 1e-9)]
  const from = [5, 2, 1].find((factor) => factor * below <= low * (1 + 1e-9)) ?? 1
  const to = [1, 2, 5, 10].find((factor) => factor * above >= high * (1 - 1e-9)) ?? 10
  return [clean(from * below), clean(to * above)]
}
