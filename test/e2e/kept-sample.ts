import { createHash } from 'node:crypto'
import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { cpus } from 'node:os'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { isAlive } from '../processes'
import { makeSample, type Sample } from './sample'
import { fillStudy } from './study'

// The sample is trained once for what it is made of, kept, and copied for every file of tests that looks at it.

const ROOT = fileURLToPath(new URL('../..', import.meta.url))
const CACHE = join(ROOT, '.cache/samples')

/** All that decides what is trained and how it is kept; hosts and pages only show it. */
const SOURCES = ['src/main', 'src/shared', 'resources', 'package-lock.json', 'out/main/worker.js']
const WITHOUT = join(ROOT, 'src/main/host')
const SCRIPTS = ['sample.ts', 'documents.ts', 'study.ts', 'kept-sample.ts'].map((name) => `test/e2e/${name}`)
const ALSO = 'test/main/studies/trial.ts'

/** Its bin keeps things for 30 days. */
const MOST_AGE_MS = 7 * 24 * 3_600_000
const LOOK_EVERY_MS = 200

function filesIn(path: string): string[] {
  if (statSync(path).isFile()) return [path]
  return readdirSync(path)
    .map((name) => join(path, name))
    .filter((inside) => inside !== WITHOUT)
    .flatMap(filesIn)
    .sort()
}

function keyOf(): string {
  const hash = createHash('sha256').update(`${process.version} ${process.arch} ${cpus()[0]?.model}`)
  for (const file of [...SOURCES, ...SCRIPTS, ALSO].flatMap((path) => filesIn(join(ROOT, path))))
    hash.update(file.slice(ROOT.length)).update(readFileSync(file))
  return hash.digest('hex').slice(0, 16)
}

/** Whether this process may make what `lock` stands for: nobody else does, or who did has died. */
function takes(lock: string): boolean {
  try {
    writeFileSync(lock, String(process.pid), { flag: 'wx' })
    return true
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
  }
  const owner = Number(readIfThere(lock))
  // An empty file is one whose owner is about to write it; a file that is gone is looked for again.
  if (owner > 0 && !isAlive(owner)) rmSync(lock, { force: true })
  return false
}

function readIfThere(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8')
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined
    throw error
  }
}

/** Appears whole or not at all; what older sources made goes. */
async function make(folder: string): Promise<void> {
  const making = mkdtempSync(join(CACHE, 'making-'))
  try {
    const home = join(making, 'home')
    const sample = await makeSample(home)
    fillStudy(home)
    writeFileSync(join(making, 'sample.json'), JSON.stringify(sample))
    for (const name of readdirSync(CACHE, { withFileTypes: true })) {
      const path = join(CACHE, name.name)
      if (name.isDirectory() && path !== making) rmSync(path, { recursive: true, force: true })
    }
    renameSync(making, folder)
  } catch (error) {
    rmSync(making, { recursive: true, force: true })
    throw error
  }
}

/** Puts a lab with some history into the data folder `home`, which may not exist yet. Trains it where that has not been done. */
export async function copySample(home: string): Promise<Sample> {
  mkdirSync(CACHE, { recursive: true })
  const folder = join(CACHE, keyOf())
  const ids = join(folder, 'sample.json')
  const lock = `${folder}.lock`
  const isThere = () => {
    const { mtimeMs } = statSync(ids, { throwIfNoEntry: false }) ?? {}
    return mtimeMs !== undefined && Date.now() - mtimeMs < MOST_AGE_MS
  }
  while (!isThere()) {
    if (takes(lock)) {
      try {
        if (!isThere()) await make(folder)
      } finally {
        rmSync(lock, { force: true })
      }
    } else await wait(LOOK_EVERY_MS)
  }
  cpSync(join(folder, 'home'), home, { recursive: true })
  return JSON.parse(readFileSync(ids, 'utf8')) as Sample
}
