/**
 * A catalogue in another language: the same words by the same keys, functions that take the same arguments, lists as long.
 * A word that is missing or unknown does not compile.
 */
export type Translation<T> = T extends string
  ? string
  : T extends (...given: infer Given) => string
    ? (...given: Given) => string
    : { [Key in keyof T]: Translation<T[Key]> }
