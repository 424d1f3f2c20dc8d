import { amount, count, integer } from '../format'
import type { BestOfSeeds } from './bestOfSeeds'
import type { GroupTraining, ReadAt } from './training'

/** What is said of how groups were trained: the same in the window, on the command line and in every document. */

/** Names that are said in full; of more only how many. */
const NAMED = 3

function namesText(names: readonly string[]): string {
  return names.length <= NAMED ? names.join(', ') : `${names.slice(0, NAMED - 1).join(', ')} and ${names.length - NAMED + 1} more`
}

/** `6,000 (dqn, double-dqn), 2,000 (dmro)`, the most first; undefined where all are equal. */
function unequalText(values: readonly (number | undefined)[], names: readonly string[]): string | undefined {
  const distinct = [...new Set(values.flatMap((value) => value ?? []))].sort((a, b) => b - a)
  if (distinct.length < 2) return undefined
  return distinct.map((value) => `${integer(value)} (${namesText(names.filter((_, g) => values[g] === value))})`).join(', ')
}

/** How groups differ in learn steps and in networks, a sentence each; none where they do not. */
export function trainingNotes(training: readonly (GroupTraining | undefined)[], names: readonly string[]): string[] {
  const steps = unequalText(
    training.map((each) => each?.learnSteps),
    names
  )
  const networks = unequalText(
    training.map((each) => each?.networks),
    names
  )
  return [...(steps ? [`Learn steps differ: ${steps}.`] : []), ...(networks ? [`Networks differ: ${networks}.`] : [])]
}

/** Where figures were read, as a sentence; undefined where that is the end of each run. */
export function readAtText(read: ReadAt): string | undefined {
  if (read.basis === 'trained') return undefined
  const rest =
    'each seed’s last evaluation by then. Algorithms that do not learn stand as they are. Figures that are recorded only at the end, and tests over workflows, have no value.'
  return read.basis === 'steps'
    ? `At equal learn steps: figures at learn step ${integer(read.at)}, the least that a compared run was to make; ${rest}`
    : `At equal seconds: figures after ${amount(read.at)} s of training, the least that a compared run took; ${rest}`
}

/** `best of 5 dqn`. */
export function bestOfName({ group, size }: Pick<BestOfSeeds, 'group' | 'size'>, names: readonly string[]): string {
  return `best of ${size} ${names[group]}`
}

/** What seeds taken together show, in sentences; undefined where none were. */
export function bestOfText(bests: readonly BestOfSeeds[]): string | undefined {
  if (bests.length === 0) return undefined
  const left = bests.reduce((sum, { leftOver }) => sum + leftOver, 0)
  return `“best of k”: each workflow is placed by k seeds of the group, trained independently, and the placement with the least true Q is used, as an algorithm of k networks does. n counts such sets, none of which share a seed${left > 0 ? `; ${count(left, 'seed is', 'seeds are')} left over` : ''}. Decision and training are sums over the k; against its own group it is not tested.`
}
