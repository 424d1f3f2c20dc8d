/** Something drawn in a list of which only a part is in sight. */
interface Item {
  key: string
  kind: string
}

/**
 * Which row of the page an item is drawn in: one that comes into sight takes the row of one of its kind that left it, so that scrolling
 * changes rows instead of making and dropping them. `isTaken`: an item whose row is not to be given to another, e.g. since the focus is in it.
 */
export function rowKeeper(): (items: readonly Item[], isTaken: (key: string) => boolean) => ReadonlyMap<string, string> {
  let held = new Map<string, { row: string; kind: string }>()
  let made = 0
  return (items, isTaken) => {
    const inSight = new Set(items.map(({ key }) => key))
    const left = new Map<string, string[]>()
    for (const [key, { row, kind }] of held) {
      if (!inSight.has(key) && !isTaken(key)) left.set(kind, [...(left.get(kind) ?? []), row])
    }
    const next = new Map<string, { row: string; kind: string }>()
    for (const { key, kind } of items) {
      const before = held.get(key)
      next.set(key, before?.kind === kind ? before : { row: left.get(kind)?.shift() ?? `${kind} ${made++}`, kind })
    }
    held = next
    return new Map([...next].map(([key, { row }]) => [key, row]))
  }
}
