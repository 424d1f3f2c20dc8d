import { shallowRef } from 'vue'

/** Something to be answered by yes or no before it is done. */
export interface Question {
  title: string
  /** A sentence each. */
  lines: readonly string[]
  /** What the button says that does it. */
  yes: string
  no: string
}

const asked = shallowRef<{ question: Question; answer(yes: boolean): void }>()

export const askedQuestion = asked

/** Asks in a dialog; closing it is a no. A question that still stands is answered by no. */
export function confirm(question: Question): Promise<boolean> {
  asked.value?.answer(false)
  return new Promise((resolve) => {
    asked.value = {
      question,
      answer: (yes) => {
        asked.value = undefined
        resolve(yes)
      }
    }
  })
}
