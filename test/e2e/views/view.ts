import type { Page } from 'playwright-core'
import type { Sample } from '../sample'

/** `sample`: a lab with history; `empty`: one that was never used; `busy`: one in which runs train and others wait. */
export type LabKind = 'sample' | 'empty' | 'busy'

/** Something to look at: a page in a certain state, or a dialog or menu over one. */
export interface View {
  /** Names its pictures, too: the page first, then what is special. */
  name: string
  lab: LabKind
  path(sample: Sample): string
  /** Is there once the view has come to rest. */
  ready: string
  /** Seen by someone who has never been here. */
  firstVisit?: boolean
  /** What to do once it is there, e.g. open a dialog. */
  open?(page: Page): Promise<unknown>
  /** Is there once that has been done. */
  opened?: string
}

export const DIALOG = 'dialog[open]'
export const MENU = '.pop'

/** A view that begins as another does. */
export const from = (base: View, rest: Partial<View>): View => ({ ...base, ...rest })
