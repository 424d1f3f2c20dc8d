import { z } from 'zod'
import type { AlgorithmCard } from '../algorithms/card'
import {
  type AlgorithmChoice,
  algorithmFaults,
  EXPERIMENT_DEFAULTS,
  type Experiment,
  type Fault,
  removedNotes,
  withoutRemoved
} from '../experiment/experiment'
import { type ObjectiveSweep, objectivesOf, sweptScenarios } from '../experiment/objectives'
import type { EnvironmentSet } from '../model/environment-set'
import { readEnvironments, writeEnvironments } from './environments'
import { atLeastZero, Name, Note, Seed } from './fields'
import { type Format, names, part, type Reading, restated } from './format'
import { addFaults, partsIn, partsOf, type Read, readBy, refused } from './read'
import { readPart, readScenario, writeScenario } from './scenario'

export const EXPERIMENT = 'dmro-experiment/1'

/** Runs one experiment may ask for. */
const MOST_RUNS = 10_000

const Value = z.union([z.number(), z.string(), z.boolean()], 'must be a number, a text, true or false, or a list of such')
const Choice = z.strictObject({
  id: z.string(),
  parameters: z
    .record(z.string(), z.union([Value, z.array(Value).max(1000)], 'must be a number, a text, true or false, or a list of such'))
    .default({}),
  // Embedded, or a name; read by its own format.
  environments: part('environments').optional(),
  initialWeights: z.string().min(1, 'names a policy or a run; leave it out for random weights').max(200).optional()
})

/** One value for all scenarios, or a list that is swept. */
const swept = <T extends z.ZodType>(value: T, what: string) =>
  z.union([value, z.array(value).min(1).max(1000)], `must be ${what}, or a list of 1 to 1,000 of them`).optional()

const ObjectiveDocument = z.strictObject({
  energyWeight: swept(atLeastZero('energyWeight'), 'a number from 0 to 1e15'),
  edgeEnergyWeight: swept(atLeastZero('edgeEnergyWeight'), 'a number from 0 to 1e15'),
  cloudEnergyWeight: swept(atLeastZero('cloudEnergyWeight'), 'a number from 0 to 1e15'),
  scaling: swept(z.enum(['local-only', 'none']), '"local-only" or "none"'),
  countReturn: swept(z.boolean(), 'true or false')
}) satisfies z.ZodType<ObjectiveSweep>

const MOST_SCENARIOS = 1000
const MOST_CHOICES = 1000

const Document = z.strictObject({
  format: z.literal(EXPERIMENT),
  name: Name,
  note: Note,
  scenarios: z
    .array(part('scenario'))
    .min(1, 'an experiment needs at least one scenario')
    .max(MOST_SCENARIOS, 'an experiment has 1,000 scenarios at most'),
  /** Set for all scenarios; lists are swept. */
  objective: ObjectiveDocument.optional(),
  algorithms: z
    .array(Choice)
    .min(1, 'an experiment needs at least one algorithm')
    .max(MOST_CHOICES, 'an experiment has 1,000 algorithms at most'),
  seeds: z
    .array(Seed)
    .min(1, 'an experiment needs at least one seed')
    .max(1000, 'an experiment has 1,000 seeds at most')
    .refine((seeds) => new Set(seeds).size === seeds.length, 'each seed once: the same seed gives the same run'),
  heldOut: z
    .number()
    .int('heldOut must be a whole number')
    .min(1, 'heldOut must be at least 1')
    .max(10_000, 'heldOut must not exceed 10000')
    .default(EXPERIMENT_DEFAULTS.heldOut),
  split: z.number().min(0, 'split must be from 0 to 0.9').max(0.9, 'split must be from 0 to 0.9').default(EXPERIMENT_DEFAULTS.split)
})

/**
 * An experiment from its document (`dmro-experiment/1`); scenarios embedded or by name. What it sets of the objective is told in its
 * scenarios: each stands once for every objective.
 */
export function readExperiment(value: unknown, { resolve, catalogue }: Reading = {}, root = '$'): Read<Experiment> {
  const head = readBy(Document, value, root)
  const faults = head.ok ? [] : [...head.faults]
  const given = partsOf(value)
  const scenarios = partsIn(given.scenarios, MOST_SCENARIOS).map((part, i) =>
    readPart(part, `${root}.scenarios[${i}]`, 'scenario', resolve, (found, path) => readScenario(found, resolve, path))
  )
  addFaults(
    faults,
    scenarios.flatMap((scenario) => (scenario.ok ? [] : scenario.faults))
  )
  const choices = z.array(Choice).safeParse(partsIn(given.algorithms, MOST_CHOICES))
  const sets = (choices.success ? choices.data : []).map(({ environments }, i) =>
    environments === undefined
      ? undefined
      : readPart(environments, `${root}.algorithms[${i}].environments`, 'environments', resolve, (found, path) =>
          readEnvironments(found, resolve, path)
        )
  )
  addFaults(
    faults,
    sets.flatMap((set) => (set && !set.ok ? set.faults : []))
  )
  const algorithms = (choices.success ? choices.data : []).map((choice, i) => chosen(choice, sets[i]))
  if (catalogue && choices.success) addFaults(faults, algorithmFaults({ algorithms }, catalogue, root))
  if (head.ok) addFaults(faults, countFaults(head.value, root))
  if (!head.ok || faults.length > 0) return refused(faults)
  const own = scenarios.flatMap((scenario) => (scenario.ok ? [scenario.value] : []))
  const { format: _, objective = {}, ...rest } = head.value
  const asked = algorithms.map((choice) => withoutRemoved(choice, catalogue ?? []))
  return { ok: true, value: { ...rest, algorithms: asked, scenarios: sweptScenarios(own, objective) } }
}

/** Swept lists multiply; a short document may ask for more runs than anyone can wait for. */
function countFaults({ scenarios, objective = {}, algorithms, seeds }: z.infer<typeof Document>, root: string): Fault[] {
  const settings = algorithms.reduce((sum, { parameters }) => {
    const lists = Object.values(parameters).filter((given) => Array.isArray(given))
    return sum + lists.reduce((product, { length }) => product * length, 1)
  }, 0)
  const runs = scenarios.length * objectivesOf(objective) * settings * seeds.length
  if (runs <= MOST_RUNS) return []
  return [
    { path: root, message: `asks for ${runs.toLocaleString('en')} runs, ${MOST_RUNS.toLocaleString('en')} at most; sweep less or split it` }
  ]
}

/** What `readExperiment` passes over in a document: parameters that algorithms no longer have, each with its place. */
export function passedOver(value: unknown, catalogue: readonly AlgorithmCard[]): Fault[] {
  const choices = z.array(Choice).safeParse(partsOf(value).algorithms)
  return choices.success
    ? removedNotes(
        choices.data.map((choice) => chosen(choice, undefined)),
        catalogue
      )
    : []
}

function chosen({ id, parameters, initialWeights }: z.infer<typeof Choice>, set: Read<EnvironmentSet> | undefined): AlgorithmChoice {
  return { id, parameters, ...(set?.ok && { environments: set.value }), ...(initialWeights !== undefined && { initialWeights }) }
}

export function writeExperiment({ scenarios, algorithms, ...rest }: Experiment): object {
  return {
    format: EXPERIMENT,
    ...rest,
    scenarios: scenarios.map(writeScenario),
    algorithms: algorithms.map(({ environments, ...choice }) =>
      environments ? { ...choice, environments: writeEnvironments(environments) } : choice
    )
  }
}

export const experimentFormat: Format = {
  id: 'experiment',
  title: `our experiment (${EXPERIMENT})`,
  documents: [{ name: EXPERIMENT, schema: Document }],
  recognises: names(EXPERIMENT),
  restate: (value, reading) => restated(readExperiment(value, reading), writeExperiment)
}
