import { stepUnitOf } from '@shared/run/steps'
import type { Store } from '../store'
import { stringifyReals } from '../store'

/**
 * Everything kept of runs as one JSON document (`dmro-runs/1`): what each is, where it was trained, its evaluation with the
 * values of single workflows, every point of every curve, and its policy (base64). NaN and ±Infinity stand as strings.
 * Throws DamagedRecordError, UnknownRunError.
 */
export function exportRuns(store: Store, ids: readonly string[]): string {
  const runs = ids.map((id) => {
    const run = store.detail(id)
    const policy = store.policies.get(id)
    const counted = run && stepUnitOf(run.row)
    const unit = counted === 'evaluations' || counted === 'steps' ? counted : 'learnSteps'
    const curves = run?.curves.map(({ metric }) => {
      const { steps, values } = store.curves.read(id, metric)
      return [metric, { [unit]: [...steps], values: [...values] }]
    })
    return {
      ...run?.row,
      spec: run?.spec,
      evaluation: store.evaluation(id),
      machine: run?.machine,
      attempts: run?.attempts,
      log: run?.log,
      curves: Object.fromEntries(curves ?? []),
      ...(policy && { policy: Buffer.from(policy).toString('base64') })
    }
  })
  return stringifyReals({ format: 'dmro-runs/1', runs })
}
