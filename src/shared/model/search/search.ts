/** A placement [decisions] and its Q. */
export interface Plan {
  placement: Uint8Array
  cost: number
}

/** A search that can be stopped at any time, with the best it has found. Starts with a plan. */
export interface Search {
  readonly best: Plan
  /** Placements it has evaluated, whole or up to where they were given up. */
  readonly evaluations: number
  readonly isDone: boolean
  /** Goes on for about so many evaluations, or to its end. */
  advance(evaluations: number): void
}

/** How far a search is. */
export interface Progress {
  evaluations: number
  /** Q of its best plan. */
  cost: number
}

/** The curve of a search: its best every so many evaluations, from the plan it starts with on; returns its plan. */
export function* searching(search: Search, every: number): Generator<Progress, Plan> {
  yield { evaluations: search.evaluations, cost: search.best.cost }
  while (!search.isDone) {
    search.advance(every)
    yield { evaluations: search.evaluations, cost: search.best.cost }
  }
  return search.best
}

/** The plan of a search that is let run to its end. */
export function searched(search: Search): Plan {
  while (!search.isDone) search.advance(Infinity)
  return search.best
}
