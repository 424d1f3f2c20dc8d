import type { PlacementList } from '@shared/contract/placements'
import { type Invocation, UsageError } from './command'
import { number, percent, print, printJson, table } from './output'
import { type Session, withHistory } from './session'

/** Where each task of each workflow runs, and what it costs. */
interface Placed {
  id: string
  cost: number
  gap: number
  /** Node by task. */
  placement: Record<string, string>
}

/** Each held-out workflow of a run, of batches each workflow of each. */
async function placedOf({ client }: Session, run: string, { workflows }: PlacementList): Promise<Placed[]> {
  const placed: Placed[] = []
  for (const { id, cost, gap, together } of workflows) {
    if (together === undefined) {
      const { policy } = await client.runs.inspect({ id: run, workflow: id })
      placed.push({ id, cost, gap, placement: Object.fromEntries(policy.tasks.map((task) => [task.id, task.node])) })
      continue
    }
    const batch = await client.runs.inspectBatch({ id: run, batch: id })
    for (const each of batch.policy.workflows) placed.push({ id: each.id, cost: each.cost, gap, placement: each.placement })
  }
  return placed
}

/** Prints how the one run that `asked` names placed its held-out workflows. */
export async function printPlacements(invocation: Invocation, asked: (session: Session) => string[]): Promise<number> {
  return withHistory(invocation, async (session) => {
    const [id, ...more] = asked(session)
    if (more.length > 0) throw new UsageError('placements are shown of one run at a time')
    const list = await session.client.runs.placements({ id })
    const workflows = await placedOf(session, id, list)
    if (invocation.json) await printJson({ run: id, workflows, places: list.places })
    else {
      const rows = workflows.map(({ id: name, cost, gap, placement }) => [
        name,
        number(cost, 6),
        percent(gap),
        Object.values(placement).join(' → ')
      ])
      await print(
        table([{ head: 'workflow' }, { head: 'cost Q', align: 'right' }, { head: 'gap', align: 'right' }, { head: 'placement' }], rows)
      )
    }
    return 0
  })
}
