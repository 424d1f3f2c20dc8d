/** What people note down about runs, as far as it has rules. */

/** A word to find runs by: no spaces, commas, quotes or parentheses, so that `tag:word` needs no quoting. */
export const TAG_PATTERN = /^[^\s,"'()<>=!:]{1,40}$/u

/** 1 goes before 0 before −1 in the queue. */
export const PRIORITIES = [-1, 0, 1] as const
export type Priority = (typeof PRIORITIES)[number]
