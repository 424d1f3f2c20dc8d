import { inexactResume, machineDifference } from '@shared/contract/machines'
import type { Machine } from '@shared/contract/records'
import type { Lab } from './lab'

/** A run that could not go on to the same bits here, and why. */
interface InexactRun {
  id: string
  reason: string
}

/** Those of `ids` whose checkpoint was made by another backend or on another machine than would resume it. */
export async function inexactRuns({ store, supervisor, training }: Lab, ids: readonly string[]): Promise<InexactRun[]> {
  if (!supervisor) return []
  const started = [...new Set(ids)].flatMap((id) => {
    if (!store.runs.row(id)) return []
    const checkpoint = store.checkpoints.summary(id)
    const machine = checkpoint && store.attempts.machineAt(id, checkpoint.learnSteps)
    return checkpoint && machine ? [{ id, learnSteps: checkpoint.learnSteps, machine }] : []
  })
  if (started.length === 0) return []
  // Where no training process can be started the runs will say so themselves.
  const here = await training().catch((): Machine | undefined => undefined)
  if (!here) return []
  return started.flatMap(({ id, learnSteps, machine }) => {
    const difference = machineDifference(machine, here)
    return difference === undefined ? [] : [{ id, reason: inexactResume(id, learnSteps, difference) }]
  })
}
