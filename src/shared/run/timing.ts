import type { AlgorithmCard } from '../algorithms/card'
import type { ParameterValues } from '../algorithms/parameters'
import type { RunStatus } from './lifecycle'

/** How long learn steps take here, by what completed runs took. Runs train side by side, and their seconds are shares of their group's. */

/** What a learn step's time follows from. */
export interface TimedWork {
  algorithm: string
  parameters: ParameterValues
  /** N and K of the world. */
  facts?: { tasks: number; locations: number }
  /** Of the evaluation. */
  evaluation?: { workflows: number }
}

/** A run as far as its time is concerned. `seconds` are its own: its share of its group's. */
export interface TimedRun extends TimedWork {
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
export type Timing = (work: TimedWork, members: number) => StepTime | undefined

/** One completed run: seconds of its own per learn step, and how many trained side by side. */
interface Measurement {
  seconds: number
  members: number
  networks: number
}

/** Runs of a kind that are looked at, the latest: a machine is not always as busy. */
const MOST_MEASURED = 30

/**
 * Networks whose arithmetic takes as long as what a learn step costs whatever their number: a group's step takes FIXED + networks such times,
 * which its members share. Between 2 on a busy machine and 8 on an idle one.
 */
const FIXED = 3
/** A network alone learns beside a copy of itself. */
const LEAST_NETWORKS = 2

const networksOf = ({ parameters }: TimedWork) => (typeof parameters.units === 'number' ? parameters.units : 1)

/** What one member's share of a step comes to, up to a factor that all sizes of groups have in common. */
const shareOfStep = (networks: number, members: number) => (FIXED + Math.max(LEAST_NETWORKS, members * networks)) / members

/** How far groups of two sizes are apart. */
const distance = (a: number, b: number) => Math.abs(Math.log(a / b))

/** Names what work has in common with others that take as long: from its algorithm alone to all that is known of it. */
type Kinds = readonly [algorithm: string, size: string, world: string, whole: string]

function kindsBy(cards: ReadonlyMap<string, AlgorithmCard>): (work: TimedWork) => Kinds {
  const sizes = new Map([...cards].map(([id, { parameters }]) => [id, parameters.flatMap(({ key, paces }) => (paces ? [key] : []))]))
  return ({ algorithm, parameters, facts, evaluation }) => {
    let size = algorithm
    for (const key of sizes.get(algorithm) ?? []) size += `|${parameters[key]}`
    const world = `${size}|${facts?.tasks}|${facts?.locations}`
    return [algorithm, size, world, `${world}|${evaluation?.workflows}`]
  }
}

/** Reads timings off completed runs; those that began at one moment with settings of one size trained side by side. */
export function timingOf(runs: Iterable<TimedRun>, cards: ReadonlyMap<string, AlgorithmCard>): Timing {
  const kindsOf = kindsBy(cards)
  const groups = new Map<string, number>()
  const timed: { run: TimedRun; kinds: Kinds; group: string }[] = []
  for (const run of runs) {
    if (run.learnSteps === 0 || !(run.seconds > 0)) continue
    const kinds = kindsOf(run)
    const group = `${run.startedAt} ${kinds[1]}`
    groups.set(group, (groups.get(group) ?? 0) + 1)
    if (run.status === 'completed') timed.push({ run, kinds, group })
  }
  const measured = new Map<string, Measurement[]>()
  for (const { run, kinds, group } of timed.sort((a, b) => (b.run.startedAt ?? 0) - (a.run.startedAt ?? 0))) {
    let one: Measurement | undefined
    for (const kind of kinds) {
      const known = measured.get(kind)
      if (known && known.length >= MOST_MEASURED) continue
      const members = run.startedAt === undefined ? 1 : (groups.get(group) ?? 1)
      one ??= { seconds: run.seconds / run.learnSteps, members, networks: networksOf(run) }
      if (known) known.push(one)
      else measured.set(kind, [one])
    }
  }
  return (work, members) => {
    const kinds = kindsOf(work)
    const at = kinds.findLastIndex((kind) => measured.has(kind))
    const found = measured.get(kinds[at])
    if (!found) return undefined
    const wanted = shareOfStep(networksOf(work), members)
    // Those trained in groups most like this one say most.
    const nearest = Math.min(...found.map((one) => distance(one.members, members)))
    const seconds = found
      .filter((one) => distance(one.members, members) === nearest)
      .map((one) => (one.seconds * wanted) / shareOfStep(one.networks, one.members))
    return { seconds: seconds.reduce((sum, each) => sum + each, 0) / seconds.length, isRough: at === 0 }
  }
}
