/**
 * How far long work has come, as a number that only grows. Another thread that watches it sees that this one still gets
 * on: routes, cost tables, optima and tensor operations each count one up.
 */
let cell: Int32Array = new Int32Array(1)

/** Something was done: a fraction of a second of work at the most lies between two calls. */
export function advance(): void {
  cell[0]++
}

/** Counts in `shared` from now on, where another thread can read it. */
export function countIn(shared: Int32Array): void {
  cell = shared
}

/** What it has come to. */
export function advanced(): number {
  return cell[0]
}
