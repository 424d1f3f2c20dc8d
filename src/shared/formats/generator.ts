import { z } from 'zod'
import { count, integer } from '../format'
import type { Fault } from '../experiment/experiment'
import { type GeneratorParameters, type GraphShape, PAPER_GENERATOR } from '../model/workload'
import { aboveZero, atLeastZero, MOST_FLOWS, MOST_WORKFLOWS } from './fields'
import { partsOf } from './read'

const range = (what: string, end: z.ZodType<number>) =>
  z
    .tuple([end, end], { error: `${what} must be two numbers, [low, high]` })
    .refine(([low, high]) => low <= high, `${what} goes from low to high; these are reversed`)
const amounts = (what: string) => range(what, atLeastZero(what))
const whole = (what: string, most: number) =>
  z.number().int(`${what} must be a whole number`).min(1, `${what} must be at least 1`).max(most, `${what} must not exceed ${most}`)

/** Tasks, and flows between tasks of graphs, that one generated workload may draw. */
const MOST_DRAWN = 1_000_000

const Generator = z.strictObject({
  users: whole('users', 1000).default(PAPER_GENERATOR.users),
  workflowsPerUser: whole('workflowsPerUser', 1000).default(PAPER_GENERATOR.workflowsPerUser),
  tasks: whole('tasks', 1000).default(PAPER_GENERATOR.tasks),
  firstMegabytes: amounts('firstMegabytes').default([...PAPER_GENERATOR.firstMegabytes]),
  laterMegabytes: amounts('laterMegabytes').default([...PAPER_GENERATOR.laterMegabytes]),
  megacycles: amounts('megacycles').default([...PAPER_GENERATOR.megacycles])
})

const Graph = z.strictObject({
  fat: range('fat', z.number().gt(0, 'fat must be greater than 0').max(1, 'fat must not exceed 1')).default([0.5, 0.7]),
  density: range('density', z.number().min(0, 'density must not be negative').max(1, 'density must not exceed 1')).default([0.4, 0.8]),
  flows: z.enum(['split', 'full']).default('split')
}) satisfies z.ZodType<GraphShape>

/** What came with `dmro-workload/2`. */
export const GENERATOR_2 = {
  graph: Graph.optional(),
  together: whole('together', MOST_WORKFLOWS).optional(),
  gapSeconds: aboveZero('gapSeconds').optional()
}

/** The parameters of a generator, those of the second version of its format or of the first. */
export const generatorSchema = (isSecond: boolean): z.ZodType<GeneratorParameters> => {
  const generator: z.ZodType<GeneratorParameters> = isSecond ? Generator.extend(GENERATOR_2) : Generator
  return generator.refine(
    ({ users, workflowsPerUser, tasks }) => users * workflowsPerUser * tasks <= MOST_DRAWN,
    `users × workflowsPerUser × tasks must not exceed ${MOST_DRAWN}`
  )
}

/** What no parameter shows alone. Works on whatever is there. */
export function generatorFaults(generator: unknown, path: string): Fault[] {
  const given = partsOf(generator)
  const number = (key: 'users' | 'workflowsPerUser' | 'tasks') => (given[key] === undefined ? PAPER_GENERATOR[key] : Number(given[key]))
  const drawn = number('users') * number('workflowsPerUser')
  const { together, gapSeconds } = given
  const faults: Fault[] = []
  if (typeof together === 'number' && together > drawn) {
    const message = `${count(together, 'workflow', 'workflows')} cannot be released together where users × workflowsPerUser draws ${integer(drawn)}; draw more, or release fewer`
    faults.push({ path: `${path}.together`, message })
  }
  if (gapSeconds !== undefined && (together === undefined || together === 1)) {
    const message = 'lies between workflows that are released together; say how many those are in together, or remove it'
    faults.push({ path: `${path}.gapSeconds`, message })
  }
  if (given.graph !== undefined) {
    const flows = mostFlows(partsOf(given.graph), number('tasks'))
    const refuse = (what: string, found: number, most: number) => {
      const message = `${what} may have ${integer(found)} flows, ${integer(most)} at most; draw fewer tasks or thinner graphs`
      faults.push({ path: `${path}.graph`, message })
    }
    if (flows > MOST_FLOWS) refuse('a workflow', flows, MOST_FLOWS)
    else if (flows * drawn > MOST_DRAWN) refuse(count(drawn, 'workflow', 'workflows'), flows * drawn, MOST_DRAWN)
  }
  return faults
}

/**
 * Flows that a layered graph of `tasks` may have: a task has no more parents than its density allows of the widest level, all pairs of two
 * neighbouring levels are at most a quarter of tasks², and each task may be an entry or an exit.
 */
function mostFlows({ fat, density }: Readonly<Record<string, unknown>>, tasks: number): number {
  const high = (given: unknown, otherwise: number) => (Array.isArray(given) && typeof given[1] === 'number' ? given[1] : otherwise)
  const width = Math.min(tasks, Math.max(1, Math.round(1.5 * tasks ** high(fat, 0.7))))
  const parents = Math.min(width, 1 + Math.floor(high(density, 0.8) * width))
  return Math.floor(Math.min(tasks * parents, Math.max(tasks, tasks ** 2 / 4))) + 2 * tasks
}
