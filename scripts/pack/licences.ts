import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { hasNativeTensors, packagesOf } from './files'
import { MODULES, ROOT } from './places'

interface LockEntry {
  dependencies?: Record<string, string>
  peerDependencies?: Record<string, string>
}

interface Manifest {
  name: string
  version: string
  license?: string | { type: string }
  author?: string | { name: string }
  dependencies?: Record<string, string>
  devDependencies?: Record<string, string>
}

/** What a package asks others to pass on with it. */
export interface Licence {
  name: string
  version: string
  /** As its package.json says it, e.g. `MIT`. */
  licence: string
  author: string
  /** Its licence files with their text; none where it carries none. */
  texts: { file: string; text: string }[]
}

const TEXT = /^(licen[cs]e|copying|notice|third[-_ ]?party|ofl)([-_.].*)?$/i

const manifestOf = (folder: string): Manifest => JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as Manifest
const lock = JSON.parse(readFileSync(join(ROOT, 'package-lock.json'), 'utf8')) as { packages: Record<string, LockEntry> }

function licenceOf(folder: string): Licence {
  const { name, version, license, author } = manifestOf(folder)
  const files = readdirSync(folder, { withFileTypes: true }).filter(
    (entry) => entry.isFile() && TEXT.test(entry.name) && !/\.[jt]s$/.test(entry.name)
  )
  return {
    name,
    version,
    licence: typeof license === 'object' ? license.type : (license ?? ''),
    author: typeof author === 'object' ? author.name : (author ?? ''),
    texts: files.map((entry) => ({
      file: entry.name,
      text: readFileSync(join(folder, entry.name), 'utf8').replaceAll('\r\n', '\n').trim()
    }))
  }
}

/** The packages that the sources name; what is built into the program is among them and what they depend on. */
function named(): string[] {
  const { dependencies = {}, devDependencies = {} } = manifestOf(ROOT)
  const sources = readdirSync(join(ROOT, 'src'), { recursive: true, encoding: 'utf8' })
    .filter((file) => /\.(ts|vue|css)$/.test(file))
    .map((file) => readFileSync(join(ROOT, 'src', file), 'utf8'))
    .join('\n')
  const all = Object.keys({ ...dependencies, ...devDependencies }).filter((name) => name !== 'electron' && !name.startsWith('@types/'))
  return all.filter((name) => sources.includes(`'${name}'`) || sources.includes(`'${name}/`) || sources.includes(`"${name}/`))
}

/** Where a package finds another: beside it, else in a folder above. */
function lookUp(name: string, from: string): string | undefined {
  for (let at = from; ; at = at.includes('/node_modules/') ? at.slice(0, at.lastIndexOf('/node_modules/')) : '') {
    const path = `${at === '' ? '' : `${at}/`}node_modules/${name}`
    if (path in lock.packages) return path
    if (at === '') return undefined
  }
}

/** All packages that stand below these in the lock file, each by its path there. */
function below(names: readonly string[]): Set<string> {
  const found = new Set<string>()
  const waiting = names.map((name) => `node_modules/${name}`)
  for (let path = waiting.pop(); path !== undefined; path = waiting.pop()) {
    if (found.has(path) || !(path in lock.packages)) continue
    found.add(path)
    for (const name of Object.keys({ ...lock.packages[path].dependencies, ...lock.packages[path].peerDependencies })) {
      const next = lookUp(name, path)
      if (next !== undefined) waiting.push(next)
    }
  }
  return found
}

/** Types and what belongs to no program at all. */
const isNothing = (path: string): boolean => /node_modules\/(@types\/|typescript$|undici-types$|csstype$)/.test(path)

/**
 * The licences of all that the program holds of others, by name: the packages it carries and those built into it. Of the latter
 * these are all that its sources name and all below them, a few more than end up in it.
 *
 * @param files what the program carries, as `programFiles` lists it.
 */
export function licencesOf(files: readonly string[]): Licence[] {
  const builtIn = [...below(named().filter((name) => !carriedApart(name)))].map((path) => join(ROOT, path))
  const folders = new Set([...packagesOf(files), ...builtIn.filter((folder) => existsSync(folder) && !isNothing(folder))])
  const all = [...folders].map(licenceOf)
  const unique = new Map(all.map((licence) => [`${licence.name}@${licence.version}`, licence]))
  return [...unique.values()].sort((a, b) => (`${a.name}@${a.version}` < `${b.name}@${b.version}` ? -1 : 1))
}

/** What stays outside the build is listed by the files that are carried. */
const carriedApart = (name: string): boolean => name in (manifestOf(ROOT).dependencies ?? {})

/** Packages that carry the whole text of a licence which others only name. */
const STANDARD: Readonly<Record<string, string>> = { 'Apache-2.0': 'long/LICENSE', 'MPL-2.0': 'axe-core/LICENSE' }

const holder = (author: string): string => `Copyright (c) ${author === '' ? 'its authors' : author}`

const ISC = `Permission to use, copy, modify, and/or distribute this software for any purpose with or without fee is hereby granted, provided that the above copyright notice and this permission notice appear in all copies.

THE SOFTWARE IS PROVIDED "AS IS" AND THE AUTHOR DISCLAIMS ALL WARRANTIES WITH REGARD TO THIS SOFTWARE INCLUDING ALL IMPLIED WARRANTIES OF MERCHANTABILITY AND FITNESS. IN NO EVENT SHALL THE AUTHOR BE LIABLE FOR ANY SPECIAL, DIRECT, INDIRECT, OR CONSEQUENTIAL DAMAGES OR ANY DAMAGES WHATSOEVER RESULTING FROM LOSS OF USE, DATA OR PROFITS, WHETHER IN AN ACTION OF CONTRACT, NEGLIGENCE OR OTHER TORTIOUS ACTION, ARISING OUT OF OR IN CONNECTION WITH THE USE OR PERFORMANCE OF THIS SOFTWARE.`

const MIT = `Permission is hereby granted, free of charge, to any person obtaining a copy of this software and associated documentation files (the "Software"), to deal in the Software without restriction, including without limitation the rights to use, copy, modify, merge, publish, distribute, sublicense, and/or sell copies of the Software, and to permit persons to whom the Software is furnished to do so, subject to the following conditions:

The above copyright notice and this permission notice shall be included in all copies or substantial portions of the Software.

THE SOFTWARE IS PROVIDED "AS IS", WITHOUT WARRANTY OF ANY KIND, EXPRESS OR IMPLIED, INCLUDING BUT NOT LIMITED TO THE WARRANTIES OF MERCHANTABILITY, FITNESS FOR A PARTICULAR PURPOSE AND NONINFRINGEMENT. IN NO EVENT SHALL THE AUTHORS OR COPYRIGHT HOLDERS BE LIABLE FOR ANY CLAIM, DAMAGES OR OTHER LIABILITY, WHETHER IN AN ACTION OF CONTRACT, TORT OR OTHERWISE, ARISING FROM, OUT OF OR IN CONNECTION WITH THE SOFTWARE OR THE USE OR OTHER DEALINGS IN THE SOFTWARE.`

/** The text of a licence that its package only names. Throws where the lab has no text for it. */
function standardText({ name, licence, author }: Licence): string {
  const said = 'The package carries no licence file of its own; this is the text of the licence it names.'
  const found = licence.split(/[() ]+/).find((part) => part in STANDARD)
  if (found !== undefined) return `${said}\n\n${readFileSync(join(MODULES, STANDARD[found]), 'utf8').trim()}`
  if (licence === 'MIT' || licence === 'ISC') return `${said}\n\n${holder(author)}\n\n${licence === 'MIT' ? MIT : ISC}`
  throw new Error(`${name} carries no licence file, and there is no text for "${licence}" in scripts/pack/licences.ts: add one`)
}

const RULE = '='.repeat(80)

/** All licences as one text. */
export function licenceText(licences: readonly Licence[]): string {
  const library = hasNativeTensors()
    ? 'The native tensor library (libtensorflow) is licensed under the Apache License 2.0 by the TensorFlow authors; its text is with @tensorflow/tfjs-core below.\n'
    : ''
  const entries = licences.map((each) => {
    const { name, version, licence, author, texts } = each
    const by = author === '' ? '' : `, by ${author}`
    const text =
      texts.length === 0
        ? standardText(each)
        : texts.map(({ file, text }) => (texts.length === 1 ? text : `--- ${file}\n\n${text}`)).join('\n\n')
    return `${RULE}\n${name} ${version} (${licence}${by})\n${RULE}\n\n${text}\n`
  })
  const head = `DMRO Lab is made of its own source, which is under the licence in LICENSE, and of the packages below.\nElectron and Chromium have their licences in LICENSE.electron.txt and LICENSES.chromium.html.\n${library}`
  return `${head}\n${entries.join('\n')}`
}
