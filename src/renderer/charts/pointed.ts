import { shallowRef } from 'vue'

/** A place on the x axis that a chart is pointed at, which charts over the same show, too. */
export interface Pointed {
  /** What the axis counts. */
  over: string
  at: number
  /** The chart under the pointer. */
  by: symbol
}

/** One pointer, one place. */
export const pointed = shallowRef<Pointed>()
