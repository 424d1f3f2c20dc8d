import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join, relative } from 'node:path'
import { MODULES, OUT, ROOT, slashed } from './places'
import { importedEntry, packageFolder, reachable } from './reach'

/** The parts of the program that are started by name. The command line is not among them: a packaged Electron does not run as Node. */
const STARTED = ['index', 'worker', 'heartbeat'].map((name) => join(OUT, 'main', `${name}.js`))

const NATIVE = '@tensorflow/tfjs-node'
const DATABASE = 'better-sqlite3'

/** Files of packages that are read by a computed name, which no import tells. Folder and what counts in it. */
function assets(): { folder: string; named: RegExp }[] {
  // One program for both processors of a Mac.
  const machines = process.platform === 'darwin' ? 'darwin-(x64|arm64)' : `${process.platform}-${process.arch}`
  return [
    { folder: `${DATABASE}/prebuilds`, named: new RegExp(`^${machines}\\.node$`) },
    { folder: '@tensorflow/tfjs-backend-wasm/dist', named: /\.wasm$/ },
    { folder: '@resvg/resvg-wasm', named: /^(index_bg\.wasm|package\.json)$/ },
    { folder: '@expo-google-fonts/inter', named: /^package\.json$/ },
    { folder: '@expo-google-fonts/inter/400Regular', named: /\.ttf$/ },
    { folder: '@expo-google-fonts/inter/600SemiBold', named: /\.ttf$/ },
    ...(hasNativeTensors() ? [{ folder: NATIVE, named: /\.node$/ }] : [])
  ]
}

/** Letters are read file by file; what their package exports is for another system of building. */
const READ_AS_FILES = ['@expo-google-fonts/inter']

/** Whether the native half of the tensor library is there to be packed; without it the program trains on WebAssembly. */
export function hasNativeTensors(): boolean {
  const folder = join(MODULES, NATIVE)
  return (
    existsSync(join(folder, 'deps/lib')) &&
    readdirSync(folder, { recursive: true, encoding: 'utf8' }).some((file) => file.endsWith('.node'))
  )
}

/** Both ways into a package: what `require` and what `import` of it load. */
function entriesOf(name: string): string[] {
  const imported = importedEntry(name, join(ROOT, 'package.json'))
  return [createRequire(join(ROOT, 'package.json')).resolve(name), ...(imported === undefined ? [] : [imported])]
}

function filesIn(folder: string, named = /./): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true }).flatMap((entry) =>
    entry.isFile() && named.test(entry.name) ? join(entry.parentPath, entry.name) : []
  )
}

/**
 * The files of the packaged program but for its package.json, relative to the project: the built page, what the desktop program and
 * its workers load, and what they read by name. Everything else of the build and of the packages stays out.
 */
export function programFiles(): string[] {
  const { dependencies } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as { dependencies: Record<string, string> }
  const leaveOut = hasNativeTensors() ? [] : [NATIVE]
  const packages = Object.keys(dependencies).filter((name) => !READ_AS_FILES.includes(name) && !leaveOut.includes(name))
  const loaded = reachable([...STARTED, ...packages.flatMap(entriesOf)], [...READ_AS_FILES, ...leaveOut])
  const read = assets().flatMap(({ folder, named }) => filesIn(join(MODULES, folder), named))
  const built = [...filesIn(join(OUT, 'renderer')), ...filesIn(join(OUT, 'preload'))]
  return [...new Set([...loaded, ...read, ...built])].map((file) => slashed(relative(ROOT, file))).sort()
}

/** The packages that these files come from, each with its folder. */
export function packagesOf(files: readonly string[]): string[] {
  const folders = files.filter((file) => file.startsWith('node_modules/')).map((file) => packageFolder(join(ROOT, file)))
  return [...new Set(folders)].sort()
}
