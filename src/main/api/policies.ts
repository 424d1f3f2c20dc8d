import { cardOf } from '../learn/any-policy'
import type { PolicyRow } from '@shared/contract/policies'
import { algorithmCards } from '../algorithms'
import { BadDocumentError } from '../computing/documents'
import { PolicyMisfitError, readPolicy } from '../learn/policy'
import { shippedPolicies } from '../learn/shipped-policies'
import type { NamedPolicy } from '../store'
import { api } from './context'
import { orInvalid } from './documents'
import type { Lab } from './lab'

/** The bytes of a policy: one kept under a name, one that comes with the lab, or the policy of a run. Undefined where there is none. */
export async function policyBytesOf(lab: Lab, name: string): Promise<Uint8Array | undefined> {
  const kept = lab.store.keptPolicies.find(name)
  if (kept) return lab.store.keptPolicies.get(kept.policy)
  const shipped = (await shippedPolicies()).find((policy) => policy.name === name)
  if (shipped) return shipped.bytes
  return lab.store.runs.row(name) ? lab.store.policies.get(name) : undefined
}

function rowOf(bytes: Uint8Array, head: Pick<PolicyRow, 'name' | 'origin' | 'meta'> & Partial<PolicyRow>): PolicyRow {
  const card = cardOf(bytes)
  return {
    ...head,
    kind: card.kind,
    places: card.shape.places,
    tasks: card.shape.tasks,
    units: card.kind === 'toll' ? 0 : card.units,
    hidden: card.kind === 'toll' ? 0 : card.network.hidden,
    conditioned: card.format === 'dmro-policy/1' && card.shape.coefficients > 0,
    bytes: bytes.length
  }
}

/** Whether a run learned over environments, so that its policy is ψ. */
function isMetaRun(lab: Lab, run: string | undefined): boolean {
  const algorithm = run === undefined ? undefined : lab.store.runs.row(run)?.algorithm
  return algorithmCards.some((card) => card.id === algorithm && card.needsEnvironments === true)
}

/** Whether a name or a run's id stands for ψ: what meta-learning made, or a shipped policy that was trained for every environment. */
export async function isPsi(lab: Lab, name: string): Promise<boolean> {
  const kept = lab.store.keptPolicies.find(name)
  if (kept) return isMetaRun(lab, kept.run)
  const shipped = (await shippedPolicies()).find((policy) => policy.name === name)
  return shipped ? readPolicy(shipped.bytes).card.shape.coefficients > 0 : isMetaRun(lab, name)
}

function keptRow(lab: Lab, { name, policy, note, run, namedAt }: NamedPolicy): PolicyRow | undefined {
  const bytes = lab.store.keptPolicies.get(policy)
  return (
    bytes &&
    rowOf(bytes, {
      name,
      origin: 'kept',
      meta: isMetaRun(lab, run),
      namedAt,
      ...(note !== undefined && { note }),
      ...(run !== undefined && { run })
    })
  )
}

/** Writes to the history. Throws BadDocumentError where it is open for reading only. */
function writable(lab: Lab): void {
  if (lab.store.readOnly !== undefined) throw new BadDocumentError([{ path: '$', message: lab.store.readOnly }])
}

export const policiesRoom = {
  list: api.policies.list.handler(async ({ context: { lab } }) => {
    const kept = lab.store.keptPolicies.list().flatMap((named) => keptRow(lab, named) ?? [])
    const shipped = (await shippedPolicies()).map(({ name, note, bytes }) =>
      rowOf(bytes, { name, note, origin: 'shipped', meta: readPolicy(bytes).card.shape.coefficients > 0 })
    )
    return [...shipped, ...kept]
  }),

  keep: api.policies.keep.handler(async ({ input: { name, note, from }, errors, context: { lab } }) => {
    const bytes = 'run' in from ? await policyBytesOf(lab, from.run) : new Uint8Array(await from.bytes.arrayBuffer())
    const shipped = await shippedPolicies()
    return orInvalid(errors.INVALID, () => {
      writable(lab)
      if (!bytes) {
        const path = '$.from.run'
        throw new BadDocumentError([
          { path, message: 'this run has no policy: it does not exist, has not completed, or its algorithm does not learn' }
        ])
      }
      if (shipped.some((policy) => policy.name === name))
        throw new BadDocumentError([{ path: '$.name', message: `"${name}" comes with the lab; choose another name` }])
      try {
        cardOf(bytes)
      } catch (error) {
        if (error instanceof RangeError || error instanceof PolicyMisfitError)
          throw new BadDocumentError([{ path: '$.from', message: error.message }])
        throw error
      }
      const now = lab.now()
      const run = 'run' in from ? from.run : undefined
      lab.store.keptPolicies.name({ name, ...(note !== undefined && { note }), ...(run !== undefined && { run }) }, bytes, now)
      lab.notices.tell({ bin: true })
      return rowOf(bytes, {
        name,
        origin: 'kept',
        meta: isMetaRun(lab, run),
        namedAt: now,
        ...(note !== undefined && { note }),
        ...(run !== undefined && { run })
      })
    })
  }),

  export: api.policies.export.handler(async ({ input: { name }, errors, context: { lab } }) => {
    const bytes = await policyBytesOf(lab, name)
    if (bytes) return new Blob([Uint8Array.from(bytes)])
    throw errors.NOT_FOUND({ message: `No policy is called "${name}", and no run of that id has one.`, data: { name } })
  }),

  remove: api.policies.remove.handler(({ input: { name }, errors, context: { lab } }) => {
    if (lab.store.readOnly !== undefined) throw errors.REFUSED({ message: lab.store.readOnly, data: { reasons: [lab.store.readOnly] } })
    const id = lab.store.keptPolicies.remove(name, lab.now())
    if (id === undefined) throw errors.NOT_FOUND({ message: `No policy you kept is called "${name}".`, data: { name } })
    lab.notices.tell({ bin: true })
    return { name, bin: `policy-${id}` }
  })
}
