import type { RunSpec } from '@shared/run/spec'
import type { Fault } from '@shared/experiment/experiment'
import { BadDocumentError } from '../computing/documents'
import { computed } from './computed'
import { policyIdOf } from '../store'
import type { Lab } from './lab'
import { policyBytesOf } from './policies'

/** The same runs, each with the content of the policy that now stands under the name it starts from, where there is one. */
export async function withKnownWeights(lab: Lab, specs: readonly RunSpec[]): Promise<RunSpec[]> {
  const names = [...new Set(specs.flatMap(({ initialWeights }) => initialWeights?.name ?? []))]
  const policies = new Map(
    await Promise.all(
      names.map(async (name) => {
        const bytes = await policyBytesOf(lab, name)
        return [name, bytes && policyIdOf(bytes)] as const
      })
    )
  )
  return specs.map((spec) => {
    const policy = spec.initialWeights && policies.get(spec.initialWeights.name)
    return spec.initialWeights && policy ? { ...spec, initialWeights: { ...spec.initialWeights, policy } } : spec
  })
}

/**
 * Finds the policies that runs start from, and keeps their present content, so that a run can be repeated whatever happens to what it
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
