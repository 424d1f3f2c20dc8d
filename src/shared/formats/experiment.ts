import { z } from 'zod'
import { EXPERIMENT_DEFAULTS, type Experiment } from '../experiment/experiment'
import { Name, Note, Seed } from './fields'
import { type Read, readBy, refused } from './read'
import { type Resolve, readPart, readScenario, writeScenario } from './scenario'

export const EXPERIMENT = 'dmro-experiment/1'

const Value = z.union([z.number(), z.string(), z.boolean()], 'must be a number, a text, true or false, or a list of such')
const Choice = z.strictObject({
  id: z.string(),
  parameters: z.record(z.string(), z.union([Value, z.array(Value).max(1000)], 'must be a number, a text, true or false, or a list of such')).default({})
})

const Document = z.strictObject({
  format: z.literal(EXPERIMENT),
  name: Name,
  note: Note,
  scenarios: z.array(z.unknown()).min(1, 'an experiment needs at least one scenario').max(1000),
  algorithms: z.array(Choice).min(1, 'an experiment needs at least one algorithm').max(1000),
  seeds: z
    .array(Seed)
    .min(1, 'an experiment needs at least one seed')
    .max(1000)
    .refine((seeds) => new Set(seeds).size === seeds.length, 'each seed once: the same seed gives the same run'),
  heldOut: z.number().int('heldOut must be a whole number').min(1, 'heldOut must be at least 1').max(10_000, 'heldOut must not exceed 10000').default(EXPERIMENT_DEFAULTS.heldOut),
  split: z.number().min(0, 'split must be from 0 to 0.9').max(0.9, 'split must be from 0 to 0.9').default(EXPERIMENT_DEFAULTS.split)
})

/** An experiment from its document (`dmro-experiment/1`); scenarios embedded or by name. Algorithms are checked against the catalogue elsewhere. */
export function readExperiment(value: unknown, resolve?: Resolve, root = '$'): Read<Experiment> {
  const head = readBy(Document, value, root)
  if (!head.ok) return head
  const { format: _, scenarios: parts, ...rest } = head.value
  const scenarios = parts.map((part, i) => readPart(part, `${root}.scenarios[${i}]`, 'scenario', resolve, (found, path) => readScenario(found, resolve, path)))
  const faults = scenarios.flatMap((scenario) => (scenario.ok ? [] : scenario.faults))
  if (faults.length > 0) return refused(faults)
  return { ok: true, value: { ...rest, scenarios: scenarios.flatMap((scenario) => (scenario.ok ? [scenario.value] : [])) } }
}

export function writeExperiment({ scenarios, ...rest }: Experiment): object {
  return { format: EXPERIMENT, ...rest, scenarios: scenarios.map(writeScenario) }
}
