/** Something of the paper that can be cited; `none` says why nothing in the program stands for it. */
export interface Citable {
  key: string
  title: string
  part: string
  none?: string
  isOptional?: true
}
export function citable(): Citable[]
export function citedIn(text: string): string[]
