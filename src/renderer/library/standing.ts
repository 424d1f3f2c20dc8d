import type { KeepingState } from '../services/keeping'
import { text } from '../ui/text'
import { when } from '../ui/when'

/** Why edits are not kept, as a sentence. */
export function notKeptText({ since, why }: NonNullable<KeepingState['trouble']>): string {
  return text.library.notKept(when(since, Date.now()), why)
}

/** That edits are not kept, as short as a line may have to be; undefined where they are, or are on their way. */
export function notKeptShort({ trouble, isUndecided }: KeepingState): string | undefined {
  if (trouble) return text.library.notKeptSince(when(trouble.since, Date.now()))
  return isUndecided ? text.library.undecided : undefined
}
