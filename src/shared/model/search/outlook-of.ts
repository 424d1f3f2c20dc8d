import type { Executor } from '../batch/executor'
import { IndependentExecutor } from '../batch/independent'
import { RoundTripExecutor } from '../batch/round-trip'
import { SharedExecutor } from '../batch/shared'
import { BatchOutlook } from './batch-outlook'
import type { Outlook } from './outlook'
import { RoundTripOutlook } from './round-trip-outlook'

/** The outlook of an executor. Throws RangeError for one of a kind that has none. */
export function outlookOf(executor: Executor): Outlook {
  if (executor instanceof SharedExecutor || executor instanceof IndependentExecutor) return new BatchOutlook(executor)
  if (executor instanceof RoundTripExecutor) return new RoundTripOutlook(executor)
  throw new RangeError(`executions of kind ${executor.constructor.name} have no outlook; give them one to search for placements`)
}
