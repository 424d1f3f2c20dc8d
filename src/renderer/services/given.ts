import { onScopeDispose } from 'vue'
import type { GivenFile } from './files'

type Listener = (files: readonly GivenFile[]) => void
let listener: Listener | undefined

/** Has files that pages are given looked at, for as long as the caller lives: the dialog that says what each is and asks before anything is kept. */
export function onGiven(look: Listener): void {
  listener = look
  onScopeDispose(() => {
    listener = undefined
  })
}

/** Gives files to that dialog. */
export function give(files: readonly GivenFile[]): void {
  listener?.(files)
}
