/** The memory pool: keeps the newest `capacity` items, oldest overwritten first. */
export class Ring<Item> {
  #items: Item[] = []
  #next = 0

  constructor(readonly capacity: number) {}

  get size(): number {
    return this.#items.length
  }

  push(item: Item): void {
    this.#items[this.#next] = item
    this.#next = (this.#next + 1) % this.capacity
  }

  at(index: number): Item {
    return this.#items[index]
  }

  /** Items as they are, and where the next one goes: what a checkpoint keeps. */
  get state(): { items: readonly Item[]; next: number } {
    return { items: this.#items, next: this.#next }
  }

  static from<Item>(capacity: number, items: Item[], next: number): Ring<Item> {
    const ring = new Ring<Item>(capacity)
    ring.#items = items
    ring.#next = next
    return ring
  }
}
