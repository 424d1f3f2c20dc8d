import { readPolicy } from './policy'

/** A policy that comes with the lab: its card and weights as base64, and what it was trained on. */
interface ShippedDocument {
  name: string
  note: string
  bytes: string
}

export interface ShippedPolicy {
  name: string
  note: string
  bytes: Uint8Array
}

const files = import.meta.glob<ShippedDocument>('../../../resources/policies/*.policy.json', { import: 'default' })

let loaded: Promise<ShippedPolicy[]> | undefined

/** Every policy that comes with the lab, read once. */
export function shippedPolicies(): Promise<ShippedPolicy[]> {
  loaded ??= Promise.all(
    Object.keys(files)
      .sort()
      .map(async (path) => {
        const { name, note, bytes } = await files[path]()
        const policy = { name, note, bytes: Uint8Array.from(Buffer.from(bytes, 'base64')) }
        readPolicy(policy.bytes)
        return policy
      })
  )
  return loaded
}
