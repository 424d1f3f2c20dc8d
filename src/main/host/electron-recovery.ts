import type { MessageBoxOptions, RenderProcessGoneDetails } from 'electron'

/** A page that has not painted by then is shown as it is, milliseconds: better a white window than none. */
export const SHOW_AFTER_MS = 10_000

/** A page that ends so often within so many milliseconds would only end again. */
const MOST_ENDS = 3
const WITHIN_MS = 60_000

/** Why a page was loaded again. */
export type ReloadReason = 'crashed' | 'hung'

/**
 * What is done when the page's process has ended.
 *
 * @param ends when it ended, this time included, milliseconds.
 */
export function afterPageEnded(reason: RenderProcessGoneDetails['reason'], ends: readonly number[]): 'nothing' | 'reload' | 'ask' {
  if (reason === 'clean-exit') return 'nothing'
  const last = ends.at(-1) ?? 0
  return ends.filter((end) => last - end <= WITHIN_MS).length < MOST_ENDS ? 'reload' : 'ask'
}

/** The question after a page has ended again and again. The first button loads it once more, the second closes the window. */
export function endedQuestion(): MessageBoxOptions {
  return {
    type: 'error',
    title: 'DMRO Lab',
    message: 'The page of this window has crashed several times.',
    detail: 'Runs continue and nothing that was kept is lost. lab.log in the data folder says when it happened.',
    buttons: ['Load it again', 'Close the window'],
    defaultId: 0,
    cancelId: 0,
    noLink: true
  }
}

/** The question while a page does not answer. The first button waits, the second loads it again. */
export function hangQuestion(): MessageBoxOptions {
  return {
    type: 'warning',
    title: 'DMRO Lab',
    message: 'The page of this window does not answer.',
    detail: 'It may be computing. Runs continue in either case; if it is loaded again, what was typed in the last second may be lost.',
    buttons: ['Wait', 'Load it again'],
    defaultId: 0,
    cancelId: 0,
    noLink: true
  }
}

const hasCode = (error: unknown): error is Error & { code: unknown } => error instanceof Error && 'code' in error

/** Whether an error says that a native module is missing, or made for another system. */
function isNativeModule(error: unknown): boolean {
  if (!(error instanceof Error)) return false
  if (hasCode(error) && error.code === 'ERR_DLOPEN_FAILED') return true
  return /\.node\b/.test(error.message) && (!hasCode(error) || error.code === 'MODULE_NOT_FOUND')
}

/** What is said where the program cannot begin. `what` is what it could not do. */
export function startFailure(what: string, error: unknown): { title: string; content: string } {
  const reason = error instanceof Error ? error.message : String(error)
  const content = isNativeModule(error)
    ? `A native module is missing or was made for another system than ${process.platform} ${process.arch}. Install the package that was made for this system; in a clone, delete node_modules and start again.\n\n${reason}`
    : reason
  return { title: `DMRO Lab ${what}`, content }
}
