/**
 * Which of `count` values stay where at most `most` may: the first and the last, and of each of so many stretches of equally many
 * values between them the least and the greatest, in the order they come. A stretch without numbers keeps one, so that a gap stays a
 * gap. The one rule by which curves are thinned, in the store, on the page and in figures.
 */
export function keptOf(count: number, valueAt: (i: number) => number, most: number): number[] {
  if (count <= most) return Array.from({ length: count }, (_, i) => i)
  if (most < 4) return most === 1 ? [count - 1] : [0, count - 1]
  const kept: number[] = [0]
  const stretches = Math.floor((most - 2) / 2)
  for (let s = 0; s < stretches; s++) {
    const from = 1 + Math.floor((s * (count - 2)) / stretches)
    const to = 1 + Math.floor(((s + 1) * (count - 2)) / stretches)
    let low = -1
    let high = -1
    for (let i = from; i < to; i++) {
      const value = valueAt(i)
      if (Number.isNaN(value)) continue
      if (low < 0 || value < valueAt(low)) low = i
      if (high < 0 || value > valueAt(high)) high = i
    }
    if (low < 0) {
      if (to > from) kept.push(from)
    } else if (low === high) kept.push(low)
    else kept.push(Math.min(low, high), Math.max(low, high))
  }
  kept.push(count - 1)
  return kept
}
