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
  const step = roundStep(high - low, count)
  return [clean(Math.floor(low / step + 1e-9) * step), clean(Math.ceil(high / step - 1e-9) * step)]
}

/** Powers of ten within [low, high], thinned to about `count`; under two decades, round numbers as on a linear axis. */
export function logTicks(low: number, high: number, count: number): number[] {
  const from = Math.ceil(Math.log10(low) - 1e-9)
  const to = Math.floor(Math.log10(high) + 1e-9)
  if (to - from < 1) return linearTicks(low, high, count).filter((tick) => tick > 0)
  const stride = Math.max(1, Math.ceil((to - from + 1) / (count + 1)))
  const ticks: number[] = []
  for (let k = to; k >= from; k -= stride) ticks.unshift(clean(10 ** k))
  return ticks
}

/** [low, high] widened to powers of ten where it spans more than a decade, else to round numbers. */
export function logDomain(low: number, high: number): [number, number] {
  if (high / low < 10) {
    const [from, to] = linearDomain(low, high, 5)
    return [from > 0 ? from : low * 0.9, to]
  }
  return [clean(10 ** Math.floor(Math.log10(low) + 1e-9)), clean(10 ** Math.ceil(Math.log10(high) - 1e-9))]
}
