import type { en } from '../en'
import type { PartialText } from '../partial'
import { frameText } from './frame'

/** The words of the window in German, a file a room as in English. What is missing is shown in English. */
export const de: PartialText<typeof en> = { ...frameText }
