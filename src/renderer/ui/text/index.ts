import { shallowRef } from 'vue'
import { en, type Text } from './en'

const language = shallowRef<Text>(en)

/** Another language at run time: everything drawn from `text` follows. */
export function speak(words: Text): void {
  language.value = words
}

/** All words of the window. Read where it is drawn, so that a change of language reaches it. */
export const text: Text = new Proxy(en, { get: (_, room: keyof Text) => language.value[room] })
