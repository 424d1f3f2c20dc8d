import { type BatchPolicyCard, isBatchPolicy, readBatchPolicy } from './batches/policy'
import type { TollCard } from './batches/toll-policy'
import { type PolicyCard, readPolicy } from './policy'

/** What a policy says of itself, whether it places chains or graphs. Throws RangeError where the bytes hold no policy. */
export function cardOf(bytes: Uint8Array): PolicyCard | BatchPolicyCard | TollCard {
  return isBatchPolicy(bytes) ? readBatchPolicy(bytes).card : readPolicy(bytes).card
}
