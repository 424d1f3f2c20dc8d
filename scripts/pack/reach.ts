import { existsSync, readFileSync, statSync } from 'node:fs'
import { createRequire, isBuiltin } from 'node:module'
import { dirname, extname, join, resolve, sep } from 'node:path'
import ts from 'typescript'

const CODE = new Set(['.js', '.cjs', '.mjs'])

interface Manifest {
  main?: string
  type?: string
  exports?: string | Record<string, string | Record<string, string>>
}

const manifestIn = (folder: string): Manifest => JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as Manifest

/** The folder of the package a file belongs to. */
export function packageFolder(file: string): string {
  const parts = file.split(sep)
  const at = parts.lastIndexOf('node_modules')
  if (at < 0) throw new Error(`${file} is in no package`)
  return parts.slice(0, at + (parts[at + 1].startsWith('@') ? 3 : 2)).join(sep)
}

function isModule(file: string): boolean {
  if (extname(file) === '.mjs') return true
  if (extname(file) === '.cjs') return false
  return !file.includes(`${sep}node_modules${sep}`) || manifestIn(packageFolder(file)).type === 'module'
}

/** What `import` of a package by its bare name loads; Node's rules, as far as the packages here use them. */
export function importedEntry(name: string, from: string): string | undefined {
  for (let folder = dirname(from); dirname(folder) !== folder; folder = dirname(folder)) {
    const found = join(folder, 'node_modules', name)
    if (!existsSync(join(found, 'package.json'))) continue
    const { exports, main } = manifestIn(found)
    const own = typeof exports === 'object' ? (exports['.'] ?? exports) : exports
    const entry = typeof own === 'object' ? (own.import ?? own.node ?? own.default) : own
    const path = typeof entry === 'string' ? join(found, entry) : join(found, main ?? 'index.js')
    return existsSync(path) && statSync(path).isFile() ? path : undefined
  }
  return undefined
}

function resolved(name: string, from: string): string | undefined {
  if (isBuiltin(name) || name === 'electron') return undefined
  if (isModule(from)) return name.startsWith('.') ? resolve(dirname(from), name) : importedEntry(name, from)
  try {
    return createRequire(from).resolve(name)
  } catch {
    // What is not installed is required only where it is there.
    return undefined
  }
}

/**
 * All files that these entries load by literal imports and requires, the entries among them, and the package.json of each package
 * that is entered. What is loaded by a computed name is not seen.
 *
 * @param leaveOut names of packages that are not entered.
 */
export function reachable(entries: readonly string[], leaveOut: readonly string[] = []): Set<string> {
  const found = new Set<string>()
  const waiting = [...entries]
  for (let file = waiting.pop(); file !== undefined; file = waiting.pop()) {
    if (found.has(file)) continue
    found.add(file)
    if (file.includes(`${sep}node_modules${sep}`)) found.add(join(packageFolder(file), 'package.json'))
    if (!CODE.has(extname(file))) continue
    for (const { fileName } of ts.preProcessFile(readFileSync(file, 'utf8'), true, true).importedFiles) {
      if (leaveOut.includes(fileName)) continue
      const next = resolved(fileName, file)
      if (next !== undefined && existsSync(next)) waiting.push(next)
    }
  }
  return found
}
