import { count } from '@shared/format'
import type { ParseArgsOptionsConfig } from 'node:util'
import type { Fault } from '@shared/experiment/experiment'
import { readNumber } from '@shared/numbers'

/** Where the built program is; each entry knows it for itself. */
export interface Places {
  worker: string
  page: string
}

export type OptionValues = Record<string, string | boolean | undefined>

/** What a command is run with. */
export interface Invocation {
  /** What follows the command's name and is not an option. */
  arguments: string[]
  options: OptionValues
  /** One JSON document on stdout, and nothing else there. */
  json: boolean
  home: string
  places: Places
}

export interface Command {
  /** After `lab`, e.g. `run EXPERIMENT.json|PRESET [--seeds 1,2,3]`. */
  usage: string
  /** One line. */
  summary: string
  /** Further lines of its help. */
  details?: string
  options?: ParseArgsOptionsConfig
  /** Returns the exit code. */
  run(invocation: Invocation): Promise<number>
}

/** The command line itself was wrong. Exit code 2. */
export class UsageError extends Error {
  override name = 'UsageError'
}

/** A file or preset was wrong: every fault of it. Exit code 2. */
export class InputError extends Error {
  override name = 'InputError'
  constructor(
    readonly source: string,
    readonly faults: readonly Fault[]
  ) {
    super(`${source}: ${count(faults.length, 'fault', 'faults')}`)
  }
}

/** The text of an option that was given; undefined where it was not. */
export function textOf(options: OptionValues, name: string): string | undefined {
  const value = options[name]
  return typeof value === 'string' ? value : undefined
}

/** A whole number given to an option. Throws UsageError. */
export function wholeOf(options: OptionValues, name: string, least: number, most: number): number | undefined {
  const text = textOf(options, name)
  if (text === undefined) return undefined
  const read = readNumber(text, { scripted: true })
  const value = 'value' in read ? read.value : Number.NaN
  if (!Number.isInteger(value) || value < least || value > most)
    throw new UsageError(`--${name} must be a whole number between ${least} and ${most}, not "${text}"`)
  return value
}

/** A number given to an option. Throws UsageError. */
export function numberOf(options: OptionValues, name: string, least: number, most: number): number | undefined {
  const text = textOf(options, name)
  if (text === undefined) return undefined
  const read = readNumber(text, { scripted: true })
  const value = 'value' in read ? read.value : Number.NaN
  if (!(value >= least && value <= most)) throw new UsageError(`--${name} must be a number between ${least} and ${most}, not "${text}"`)
  return value
}

/** Comma-separated values of an option. */
export function listOf(options: OptionValues, name: string): string[] | undefined {
  return textOf(options, name)
    ?.split(',')
    .map((part) => part.trim())
    .filter((part) => part !== '')
}

/** The only argument of a command that takes one. Throws UsageError. */
export function onlyArgument({ arguments: given }: Invocation, what: string): string {
  if (given.length === 0) throw new UsageError(`${what} is missing`)
  if (given.length > 1) throw new UsageError(`one ${what} at a time; "${given[1]}" is one too many`)
  return given[0]
}
