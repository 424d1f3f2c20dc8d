/** The name that was meant by one with a slip of the finger or two; undefined where none is near. */
export function nearestName(typed: string, names: readonly string[]): string | undefined {
  const wanted = typed.toLowerCase()
  const most = wanted.length < 3 ? 0 : wanted.length < 5 ? 1 : 2
  let best: { name: string; slips: number } | undefined
  for (const name of names) {
    const slips = slipsBetween(wanted, name.toLowerCase(), most)
    if (slips <= most && slips < (best?.slips ?? Infinity)) best = { name, slips }
  }
  return best?.name
}

/** Letters to add, leave out or change, two neighbours changed about counting as one; any number above `most` where it is more. */
function slipsBetween(a: string, b: string, most: number): number {
  if (Math.abs(a.length - b.length) > most) return most + 1
  let before: number[] = []
  let last = Array.from({ length: b.length + 1 }, (_, j) => j)
  for (let i = 1; i <= a.length; i++) {
    const row = [i]
    for (let j = 1; j <= b.length; j++) {
      const change = last[j - 1] + Number(a[i - 1] !== b[j - 1])
      const swap = i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1] ? before[j - 2] + 1 : Infinity
      row.push(Math.min(change, swap, last[j] + 1, row[j - 1] + 1))
    }
    before = last
    last = row
  }
  return last[b.length]
}
