import type { Fault, RunSpec } from '@shared/experiment/experiment'
import { isLearned } from '../learn/learner'
import { initialUnits, PolicyMisfitError } from '../learn/policy'
import { compileProblem, problemOptionsOf } from '../learn/problem'
import { algorithmOf } from '../run/training'
import { BadDocumentError } from './documents'
import { policyIdOf } from '../store'
import type { Lab } from './lab'
import { policyBytesOf } from './policies'

/** Why a run cannot start from a policy, or learn over its environments; undefined where it can. */
function misfitOf(spec: RunSpec, bytes: Uint8Array | undefined): string | undefined {
  const algorithm = algorithmOf(spec)
  if (!isLearned(algorithm) || (bytes === undefined && spec.environments === undefined)) return undefined
  try {
    const { shape } = compileProblem(spec, problemOptionsOf(spec.parameters))
    if (bytes) initialUnits(bytes, algorithm.network(shape, spec.parameters), 1)
  } catch (error) {
    if (error instanceof RangeError || error instanceof PolicyMisfitError) return error.message
    throw error
  }
}

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
export async function withInitialWeights(lab: Lab, specs: readonly RunSpec[]): Promise<RunSpec[]> {
  const names = [...new Set(specs.flatMap(({ initialWeights }) => initialWeights?.name ?? []))]
  const found = new Map(await Promise.all(names.map(async (name) => [name, await policyBytesOf(lab, name)] as const)))
  const faults = new Map<string, Fault>()
  for (const spec of specs) {
    const name = spec.initialWeights?.name
    const bytes = name === undefined ? undefined : found.get(name)
    const message =
      name !== undefined && !bytes
        ? `no policy is called "${name}", and no run of that id has one; keep a policy under this name, or name a completed run`
        : misfitOf(spec, bytes)
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
