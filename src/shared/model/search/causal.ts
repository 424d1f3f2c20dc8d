import type { Executor } from '../batch/executor'
import { SharedExecutor } from '../batch/shared'
import type { Outlook } from './outlook'
import { outlookOf } from './outlook-of'
import { ResumedExecutor } from './part'
import type { Plan } from './search'

/** Plans what is released at one moment, knowing nothing of what is released later. */
export type Planner = (outlook: Outlook) => Plan

/**
 * The plan that a planner comes to which is asked at each release: all that is released then is placed at once, on machines as the workflows
 * before it have left them, for its own cost. Where nothing is shared, that is its plan for the whole.
 */
export function causal(executor: Executor, planner: Planner): Plan {
  if (!(executor instanceof SharedExecutor)) return planner(outlookOf(executor))
  const { batch, layout } = executor
  const placement = new Uint8Array(batch.decisions)
  const state = new Float64Array(layout.size)
  executor.begin(state)
  for (const [from, to] of releases(executor)) {
    placement.set(planner(outlookOf(new ResumedExecutor(executor, from, to, state, 0))).placement, from)
    for (let i = from; i < to; i++) executor.step(state, 0, placement[i])
  }
  return { placement, cost: executor.run(placement) }
}

/** The decisions of each moment of release, from and to; earlier releases are decided first. */
function releases({ batch: { decisions, release, workflowOf } }: SharedExecutor): [from: number, to: number][] {
  const parts: [number, number][] = []
  for (let from = 0, to = 0; from < decisions; from = to) {
    while (to < decisions && release[workflowOf[to]] === release[workflowOf[from]]) to++
    parts.push([from, to])
  }
  return parts
}
