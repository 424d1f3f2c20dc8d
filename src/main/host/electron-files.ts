import { resolve } from 'node:path'

/** What a file dialog offers first. */
export const OPEN_FILTERS = [
  { name: 'DMRO Lab', extensions: ['dmro', 'json', 'bin', 'xml', 'dax', 'gv', 'dot'] },
  { name: 'All files', extensions: ['*'] }
]

/**
 * The files among a program's arguments, as the system passes them for a file that was double-clicked. The program itself comes
 * first, and before it is packaged its folder follows, somewhere among switches, which are Chromium's and Node's.
 */
export function filesIn(argv: readonly string[], isPackaged: boolean, folder: string): string[] {
  return argv
    .slice(1)
    .filter((argument) => argument !== '' && !argument.startsWith('-'))
    .slice(isPackaged ? 0 : 1)
    .filter((argument) => !/^[a-z][a-z0-9+.-]+:\/\//i.test(argument))
    .map((argument) => resolve(folder, argument))
}
