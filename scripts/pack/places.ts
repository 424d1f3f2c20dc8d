import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

export const ROOT = fileURLToPath(new URL('../..', import.meta.url))
export const MODULES = join(ROOT, 'node_modules')
export const OUT = join(ROOT, 'out')

/** A path of the package as every system writes it in lists: relative, with slashes. */
export const slashed = (path: string): string => path.replaceAll('\\', '/')
