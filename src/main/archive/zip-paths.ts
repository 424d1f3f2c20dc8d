/** Letters and digits first in every part: neither `..` nor a hidden file, a drive or a folder can be written so. */
const PATH = /^[A-Za-z0-9][A-Za-z0-9._-]*(?:\/[A-Za-z0-9][A-Za-z0-9._-]*)*$/
const MOST_CHARACTERS = 200

/** Why a name may not be one in a bundle; undefined where it may. Nothing is ever written under these names: they are only looked up. */
export function pathFault(path: string): string | undefined {
  if (path.length > MOST_CHARACTERS) return `has a name of more than ${MOST_CHARACTERS} characters`
  if (path.includes('\\')) return 'has a backslash in its name'
  if (/^\/|^[A-Za-z]:/.test(path)) return 'has an absolute name'
  if (path.split('/').includes('..')) return 'leads out of the bundle by ".."'
  if (path.endsWith('/')) return 'is a folder; a bundle holds only files'
  return PATH.test(path) ? undefined : 'has a name that files of a bundle do not have'
}

const MOST_FOREIGN_CHARACTERS = 1000

/** The same of a zip that another program packed, whose files may be called anything that stays inside it. */
export function foreignPathFault(path: string): string | undefined {
  if (path.length > MOST_FOREIGN_CHARACTERS) return `has a name of more than ${MOST_FOREIGN_CHARACTERS} characters`
  if (/^\/|^[A-Za-z]:/.test(path)) return 'has an absolute name'
  return path.split('/').includes('..') ? 'leads out of the zip by ".."' : undefined
}
