import type { Translation } from './catalogue'
import { en } from './en'

/** What a catalogue of words holds: another language is another object of this type, whole or it does not compile. */
export type Text = Translation<typeof en>

/** All words of the window. */
export const text: Text = en
