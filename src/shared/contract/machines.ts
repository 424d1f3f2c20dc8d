import type { Machine } from './records'

/** What a run's bits depend on, and what it is called. The version of Node and of the program are told and not compared. */
const COMPARED: readonly { keys: readonly (keyof Machine)[]; name: string }[] = [
  { keys: ['backend', 'library'], name: 'backend' },
  { keys: ['tfjs'], name: 'tfjs' },
  { keys: ['threads'], name: 'threads' },
  { keys: ['platform'], name: 'platform' },
  { keys: ['cpu'], name: 'processor' },
  { keys: ['cpuFlags'], name: 'vector instructions' }
]

/** What differs between two machines of what the bits of a run depend on, in words; undefined where nothing does. */
export function machineDifference(before: Machine, now: Machine): string | undefined {
  const wordsOf = (machine: Machine, keys: readonly (keyof Machine)[]) => keys.map((key) => machine[key] || 'unknown').join(' ')
  const differing = COMPARED.filter(({ keys }) => keys.some((key) => before[key] !== now[key]))
  if (differing.length === 0) return undefined
  return differing.map(({ keys, name }) => `${name} ${wordsOf(before, keys)} → ${wordsOf(now, keys)}`).join('; ')
}

/** Why a run is not resumed as exact, and the ways out. */
export function inexactResume(run: string, learnSteps: number, difference: string): string {
  return `Run ${run} was trained elsewhere up to learn step ${learnSteps} (${difference}); it could not come to the same bits here. Resume it where it was trained, or resume it approximately (lab runs resume ${run} --approximate): it is then labelled so.`
}

/** What is said of a run from then on. */
export function approximation(learnSteps: number, difference: string): string {
  return `Approximate: it went on from learn step ${learnSteps} on another machine (${difference}).`
}
