import { createHash } from 'node:crypto'
import type { Store } from '../../../src/main/store'

/** A hash of everything that a run repeats: points, evaluation, weights. Its speed and the milliseconds of a decision are the machine's. */
export function bitsOf(store: Store, id: string): string {
  const hash = createHash('sha256')
  for (const { metric } of [...store.curves.summaries(id)].sort((a, b) => (a.metric < b.metric ? -1 : 1))) {
    if (metric === 'speed') continue
    const { steps, values } = store.curves.read(id, metric)
    hash.update(metric).update(new Uint8Array(steps.buffer)).update(new Uint8Array(values.buffer))
  }
  const evaluation = store.evaluation(id)
  return hash
    .update(JSON.stringify({ ...evaluation, decisionMs: 0 }))
    .update(store.policies.get(id) ?? '')
    .digest('hex')
}
