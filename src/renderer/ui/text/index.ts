import { en } from './en'

export type Text = typeof en

/** All words of the window. Another language is another object of the same type, chosen here. */
export const text: Text = en
