import { useStorage } from '@vueuse/core'
import { de } from './de'
import { en } from './en'
import { withFallback } from './partial'

export type Text = typeof en

/** The languages there are; each names itself. English is the whole catalogue, it stands in where another lacks a word. */
export const LANGUAGES = [
  { id: 'en', name: 'English', text: en },
  { id: 'de', name: 'Deutsch', text: withFallback<Text>(en, de) }
] as const
export type Language = (typeof LANGUAGES)[number]['id']

/** The language that was chosen. The page speaks another one when it is loaded anew: its words are read as it starts. */
export const language = useStorage<Language>('lab-language', 'en', undefined, {
  serializer: { read: (raw) => LANGUAGES.find(({ id }) => id === raw)?.id ?? 'en', write: (value) => value }
})

/** All words of the window. */
export const text: Text = (LANGUAGES.find(({ id }) => id === language.value) ?? LANGUAGES[0]).text

if (typeof document !== 'undefined') document.documentElement.lang = language.value
