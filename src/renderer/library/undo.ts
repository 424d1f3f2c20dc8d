/** A line of states: what is now, what was, what was taken back. Values are never changed in place. */
export interface History<State> {
  past: readonly Step<State>[]
  now: State
  future: readonly Step<State>[]
}

/** A state and the word for what changed it into the next (past) or from the one before (future). */
interface Step<State> {
  state: State
  label: string
  /** Steps of one key become one: a number typed digit by digit is one change. */
  merge?: string
}

const MOST_STEPS = 500

export function begin<State>(now: State): History<State> {
  return { past: [], now, future: [] }
}

/** Continues to another state. The same state is not a step; what was undone is forgotten. */
export function recorded<State>(history: History<State>, now: State, label: string, merge?: string): History<State> {
  if (now === history.now) return history
  const last = history.past.at(-1)
  if (merge !== undefined && last?.merge === merge && history.future.length === 0) return { ...history, now }
  return { past: [...history.past, { state: history.now, label, merge }].slice(-MOST_STEPS), now, future: [] }
}

/** Ends merging: the next step stands for itself, whatever its key. */
export function endMerging<State>(history: History<State>): History<State> {
  const last = history.past.at(-1)
  if (last?.merge === undefined) return history
  return { ...history, past: [...history.past.slice(0, -1), { state: last.state, label: last.label }] }
}

export function undo<State>(history: History<State>): History<State> {
  const last = history.past.at(-1)
  if (!last) return history
  return { past: history.past.slice(0, -1), now: last.state, future: [{ state: history.now, label: last.label }, ...history.future] }
}

export function redo<State>(history: History<State>): History<State> {
  const [next, ...future] = history.future
  if (!next) return history
  return { past: [...history.past, { state: history.now, label: next.label }], now: next.state, future }
}
