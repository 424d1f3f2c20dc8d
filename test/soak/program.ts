import { fileURLToPath } from 'node:url'

const inRoot = (path: string) => fileURLToPath(new URL(`../../${path}`, import.meta.url))

/** The built command line. */
export const LAB = inRoot('out/main/cli.js')

/** Arguments of a Node child that is to end with this process. */
export const TIED = ['--import', inRoot('scripts/tied.mjs')]
