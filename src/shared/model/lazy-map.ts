/** A map whose values are made when they are first asked for; its keys are known from the start. */
export class LazyMap<Key, Value> implements ReadonlyMap<Key, Value> {
  readonly #keys: ReadonlySet<Key>
  readonly #made = new Map<Key, Value>()
  readonly #make: (key: Key) => Value

  constructor(keys: Iterable<Key>, make: (key: Key) => Value) {
    this.#keys = new Set(keys)
    this.#make = make
  }

  get size(): number {
    return this.#keys.size
  }

  has(key: Key): boolean {
    return this.#keys.has(key)
  }

  get(key: Key): Value | undefined {
    const made = this.#made.get(key)
    if (made !== undefined || !this.#keys.has(key)) return made
    const value = this.#make(key)
    this.#made.set(key, value)
    return value
  }

  keys(): MapIterator<Key> {
    return this.#keys.keys()
  }

  *values(): MapIterator<Value> {
    for (const [, value] of this) yield value
  }

  *entries(): MapIterator<[Key, Value]> {
    for (const key of this.#keys) yield [key, this.get(key) as Value]
  }

  [Symbol.iterator](): MapIterator<[Key, Value]> {
    return this.entries()
  }

  forEach(visit: (value: Value, key: Key, map: ReadonlyMap<Key, Value>) => void): void {
    for (const [key, value] of this) visit(value, key, this)
  }
}
