import type { ForeignSource } from '@shared/algorithms/foreign'
import type { Fault } from '@shared/experiment/experiment'
import type { RunStatus } from '@shared/run/lifecycle'

/** A run of another tracker as it was read, before it is kept. */
export interface ForeignRun {
  source: ForeignSource
  /** What tells it from every other of its tracker, however far it has come. */
  key: string
  name: string
  /** What its tracker keeps it with. */
  experiment: string
  /** The folder it was read from, below what was given. */
  place: string
  parameters: Readonly<Record<string, string>>
  /** Steps ascending; points of one step in the order they were recorded in. */
  curves: readonly ForeignCurve[]
  /** Steps per second by the wall times of its points, where its tracker recorded no `speed` of its own; axes of seconds follow from it. */
  pace?: ForeignCurve
  status: Extract<RunStatus, 'completed' | 'failed' | 'cancelled'>
  /** Milliseconds since 1970. */
  startedAt: number
  endedAt: number
  /** What could not be read, a sentence each: stands on the run's page. */
  troubles: readonly string[]
  /** What was put in order or left out, a sentence each. */
  notes: readonly string[]
}

export interface ForeignCurve {
  metric: string
  steps: Float64Array
  values: Float64Array
}

/** What was given is not what another tracker writes: what is wrong, in which file and where. Nothing of it was kept. */
export class BadForeignError extends Error {
  override name = 'BadForeignError'
  readonly faults: readonly Fault[]
  constructor(path: string, message: string) {
    super(`${path}: ${message}`)
    this.faults = [{ path, message }]
  }
}

export const MOST_RUNS = 1000
/** Of all runs of an import together: 16 bytes each while they are read. */
export const MOST_POINTS = 50_000_000
export const MOST_CURVES = 2000
/** Of a curve's name, as the store and the contract know them. */
export const MOST_NAME = 250
export const MOST_PARAMETERS = 1000
const MOST_PARAMETER_LETTERS = 6000

/** A parameter as it is kept: longer ones lose their end. */
export function parameterText(text: string): string {
  return text.length > MOST_PARAMETER_LETTERS ? `${text.slice(0, MOST_PARAMETER_LETTERS)} …` : text
}

/** Names for a sentence, the first few of many. */
export function namesListed(names: readonly string[]): string {
  return names.length > 4 ? `${names.slice(0, 3).join(', ')} and ${names.length - 3} more` : names.join(', ')
}
