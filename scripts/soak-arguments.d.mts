interface SoakAsked {
  rows: string[]
  seed: number
  cases?: number
  only?: number
  again?: boolean
  list?: boolean
  help?: boolean
}
export const SOAK_HELP: string
export function soakRows(): string[]
export function readSoakArguments(given: readonly string[]): SoakAsked
