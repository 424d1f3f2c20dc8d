import type { Fault, RunSpec } from '@shared/experiment/experiment'
import { BadDocumentError } from '../computing/documents'
import { computed } from './computed'
import type { Lab } from './lab'
import { policyBytesOf } from './policies'

/**
 * Finds the policies that runs start from, and keeps them as they stand now, so that a run can be repeated whatever becomes of what it
 * names. Throws BadDocumentError where there is none of that name or it does not fit, or where an environment set does not.
 */
export async function withInitialWeights(lab: Lab, specs: readonly RunSpec[], signal: AbortSignal | undefined): Promise<RunSpec[]> {
  const names = [...new Set(specs.flatMap(({ initialWeights }) => initialWeights?.name ?? []))]
  const found = new Map(await Promise.all(names.map(async (name) => [name, await policyBytesOf(lab, name)] as const)))
  const faults = new Map<string, Fault>()
  /** Runs that differ in their seed alone fit or do not fit together. */
  const known = new Map<string, Promise<string | undefined>>()
  const scenarios = new Map<RunSpec['scenario'], number>()
  const misfitOf = (spec: RunSpec, policy: Uint8Array | undefined): Promise<string | undefined> => {
    const { scenario, seed: _, ...rest } = spec
    const number = scenarios.get(scenario) ?? scenarios.size
    scenarios.set(scenario, number)
    const key = JSON.stringify([number, rest])
    const asked = known.get(key) ?? computed(lab, { what: 'fit', spec, policy }, `Start of ${scenario.name}`, signal)
    known.set(key, asked)
    return asked
  }
  for (const spec of specs) {
    const name = spec.initialWeights?.name
    const bytes = name === undefined ? undefined : found.get(name)
    const message =
      name !== undefined && !bytes
        ? `no policy is called "${name}", and no run of that id has one; keep a policy under this name, or name a completed run`
        : bytes || spec.environments
          ? await misfitOf(spec, bytes)
          : undefined
    const path = `$.algorithms (${spec.algorithm}).${name === undefined ? 'environments' : 'initialWeights'}`
    if (message !== undefined) faults.set(`${path} ${message}`, { path, message })
  }
  if (faults.size > 0) throw new BadDocumentError([...faults.values()])
  return specs.map((spec) => {
    const bytes = spec.initialWeights && found.get(spec.initialWeights.name)
    if (!spec.initialWeights || !bytes) return spec
    return { ...spec, initialWeights: { ...spec.initialWeights, policy: lab.store.keptPolicies.keep(bytes, Date.now()) } }
  })
}
