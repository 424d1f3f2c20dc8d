import type { AlgorithmCard } from '../algorithms/card'
import type { ParameterValues } from '../algorithms/parameters'
import type { RunStatus } from './lifecycle'

/** How long learn steps take here, by what completed runs took. Runs train side by side, and their seconds are shares of their group's. */

/** What a learn step's time follows from. */
export interface Work {
  algorithm: string
  parameters: ParameterValues
  /** N and K of the world. */
  facts?: { tasks: number; locations: number }
  /** Of the evaluation. */
  evaluation?: { workflows: number }
}

/** A run as far as its time is concerned. `seconds` are its own: its share of its group's. */
export interface TimedRun extends Work {
  status: RunStatus
  learnSteps: number
  seconds: number
  /** Milliseconds since 1970: runs of one group begin at one moment. */
  startedAt?: number
}

/** Seconds of a run's own that a learn step takes, trained beside others. */
export interface StepTime {
  seconds: number
  /** By runs of this algorithm at other sizes. */
  isRough: boolean
}

/** `undefined` where the algorithm was never completed here. `members`: runs of the group, itself included. */
export type Timing = (work: Work, members: number) => StepTime | undefined

/** One completed run: seconds of its own per learn step, and how many trained side by side. */
interface Measurement {
  seconds: number
  members: number
  networks: number
}

/** Runs of a kind that are looked at, the latest: a machine is not always as busy. */
const MOST_MEASURED = 12

/**
 * Networks whose arithmetic takes as long as what a learn step costs whatever their number. A step of a group then takes
 * FIXED + networks such times, which its members share. Measured: 2 on a busy machine to 8 on an idle one.
 */
const FIXED = 4

const networksOf = ({ parameters }: Work) => (typeof parameters.units === 'number' ? parameters.units : 1)

/** What one member's share of a step comes to, up to a factor that all sizes of groups have in common. */
const shareOfStep = (networks: number, members: number) => FIXED / members + networks

/** What work has in common with others that take as long: from all that is known of it to its algorithm alone. */
function kindsOf(work: Work, cards: ReadonlyMap<string, AlgorithmCard>): string[] {
  const { algorithm, parameters, facts, evaluation } = work
  const sizes = cards.get(algorithm)?.parameters.filter(({ paces }) => paces) ?? []
  const size = [algorithm, ...sizes.map(({ key }) => parameters[key] ?? null)]
  const world = [...size, facts?.tasks ?? null, facts?.locations ?? null]
  return [[...world, evaluation?.workflows ?? null], world, size, [algorithm]].map((kind) => JSON.stringify(kind))
}

/** Reads timings off completed runs; those that began at one moment with settings of one size trained side by side. */
export function timingOf(runs: Iterable<TimedRun>, cards: ReadonlyMap<string, AlgorithmCard>): Timing {
  const timed = [...runs].filter(({ learnSteps, seconds }) => learnSteps > 0 && seconds > 0)
  const groupOf = (run: TimedRun) => `${kindsOf(run, cards)[2]} ${run.startedAt}`
  const groups = new Map<string, number>()
  for (const run of timed) groups.set(groupOf(run), (groups.get(groupOf(run)) ?? 0) + 1)
  const measured = new Map<string, Measurement[]>()
  for (const run of timed.sort((a, b) => (b.startedAt ?? 0) - (a.startedAt ?? 0))) {
    if (run.status !== 'completed') continue
    const members = run.startedAt === undefined ? 1 : (groups.get(groupOf(run)) ?? 1)
    const one = { seconds: run.seconds / run.learnSteps, members, networks: networksOf(run) }
    for (const kind of kindsOf(run, cards)) {
      const known = measured.get(kind) ?? []
      if (known.length < MOST_MEASURED) measured.set(kind, [...known, one])
    }
  }
  return (work, members) => {
    const kinds = kindsOf(work, cards)
    const at = kinds.findIndex((kind) => measured.has(kind))
    const found = measured.get(kinds[at])
    if (!found) return undefined
    const wanted = shareOfStep(networksOf(work), members)
    const seconds = found.map((one) => (one.seconds * wanted) / shareOfStep(one.networks, one.members))
    return { seconds: seconds.reduce((sum, each) => sum + each, 0) / seconds.length, isRough: at === kinds.length - 1 }
  }
}
