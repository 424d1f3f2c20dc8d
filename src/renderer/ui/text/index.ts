import { useStorage } from '@vueuse/core'
import type { Catalogue } from './catalogue'
import { de } from './de'
import { en } from './en'

export type Text = Catalogue<typeof en>

/** The languages there are, each in whole; each names itself. */
export const LANGUAGES = [
  { id: 'en', name: 'English', text: en },
  { id: 'de', name: 'Deutsch', text: de }
] as const
export type Language = (typeof LANGUAGES)[number]['id']

/** The language that was chosen. The page speaks another one when it is loaded anew: its words are read as it starts. */
export const language = useStorage<Language>('lab-language', 'en', undefined, {
  serializer: { read: (raw) => LANGUAGES.find(({ id }) => id === raw)?.id ?? 'en', write: (value) => value }
})

/** All words of the window. */
export const text: Text = (LANGUAGES.find(({ id }) => id === language.value) ?? LANGUAGES[0]).text

if (typeof document !== 'undefined') document.documentElement.lang = language.value
