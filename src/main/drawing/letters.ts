import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'

const packages = createRequire(import.meta.url)

/** The letters of figures: the program's own, so that a figure is the same on every machine. */
export interface Letters {
  regular: Uint8Array
  strong: Uint8Array
}

let read: Promise<Letters> | undefined

/** Read once. */
export function letters(): Promise<Letters> {
  read ??= Promise.all(
    ['400Regular/Inter_400Regular.ttf', '600SemiBold/Inter_600SemiBold.ttf'].map((file) =>
      readFile(packages.resolve(`@expo-google-fonts/inter/${file}`))
    )
  ).then(([regular, strong]) => ({ regular, strong }))
  return read
}
