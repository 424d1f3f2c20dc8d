import { execFileSync } from 'node:child_process'
import { mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { cpus, loadavg, platform, totalmem } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Fault, Sum } from './row'

export const ROOT = fileURLToPath(new URL('../..', import.meta.url))
const FOLDER = join(ROOT, '.cache/soak')

/** How far the cases of a row have come under a seed. Kept after every few of them, so that a soak that was ended goes further where it was. */
export interface RowState {
  row: string
  seed: number
  /** Cases that are over; the next has this number. */
  done: number
  /** The case that was being made, and how often that was begun: still there at the next start where the process ended in it. */
  at?: { index: number; tries: number }
  seconds: number
  sums: Record<string, Sum>
  faults: Fault[]
  machine: string
  /** Versions of the program, oldest first. */
  versions: string[]
  /** Milliseconds since 1970. */
  changedAt: number
}

const pathOf = (row: string, seed: number) => join(FOLDER, `${row}-${seed}.json`)

export function freshState(row: string, seed: number): RowState {
  return { row, seed, done: 0, seconds: 0, sums: {}, faults: [], machine: '', versions: [], changedAt: 0 }
}

export function readState(row: string, seed: number): RowState | undefined {
  try {
    return JSON.parse(readFileSync(pathOf(row, seed), 'utf8')) as RowState
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined
    throw error
  }
}

/** Written whole or not at all. */
export function writeState(state: RowState): void {
  mkdirSync(FOLDER, { recursive: true })
  const path = pathOf(state.row, state.seed)
  writeFileSync(`${path}.part`, JSON.stringify(state))
  renameSync(`${path}.part`, path)
}

export function forgetState(row: string, seed: number): void {
  rmSync(pathOf(row, seed), { force: true })
}

/** Every state there is. */
export function statesKept(): RowState[] {
  mkdirSync(FOLDER, { recursive: true })
  return readdirSync(FOLDER)
    .filter((name) => name.endsWith('.json'))
    .map((name) => JSON.parse(readFileSync(join(FOLDER, name), 'utf8')) as RowState)
}

/** The machine and how busy it is, as a reader of a figure needs it. */
export function machineText(): string {
  const [first, ...others] = cpus()
  const model = first?.model.trim() || 'unknown processor'
  return `${1 + others.length} × ${model}, ${Math.round(totalmem() / 2 ** 30)} GiB, ${platform()}, Node ${process.versions.node}, load ${loadavg()[0].toFixed(1)}`
}

/** The version of the program and, in a clone, the commit it is built from; a `+` says that files differ from it. */
export function versionText(): string {
  const { version } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as { version: string }
  try {
    const git = (...given: string[]) =>
      execFileSync('git', given, { cwd: ROOT, encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }).trim()
    const isChanged = git('status', '--porcelain', '--untracked-files=no', '--', 'src', 'test') !== ''
    return `${version} ${git('rev-parse', '--short=7', 'HEAD')}${isChanged ? '+' : ''}`
  } catch {
    // No clone, or no git: the version alone has to do.
    return version
  }
}
