import { readFileSync, writeFileSync } from 'node:fs'
import type { PolicyRow } from '@shared/contract/policies'
import { type Command, type Invocation, textOf, UsageError } from './command'
import { noteDeleted, usesBefore } from './bin'
import { note, print, printJson, table } from './output'
import { resolveIds } from './runs'
import { type Session, withHistory, withLab } from './session'

const ACTIONS = ['list', 'keep', 'export', 'import', 'delete']

async function printPolicies(policies: readonly PolicyRow[], json: boolean): Promise<number> {
  if (json) {
    await printJson({ policies })
    return 0
  }
  const right = (head: string) => ({ head, align: 'right' as const })
  const columns = [
    { head: 'policy' },
    { head: 'from' },
    right('K'),
    right('N'),
    right('s'),
    right('H'),
    { head: 'values' },
    { head: 'weights' },
    { head: '' }
  ]
  const rows = policies.map(({ name, origin, run, places, tasks, units, hidden, kind, conditioned, meta, note: said }) => [
    name,
    origin === 'shipped' ? 'the lab' : run ? `run ${run}` : 'a file',
    ...[places, tasks, units, hidden].map(String),
    conditioned ? `${kind}, conditioned` : kind,
    meta ? 'ψ' : 'trained',
    said ?? ''
  ])
  await print(table(columns, rows))
  return 0
}

/** Does what changes the kept policies, then shows them. */
async function change(invocation: Invocation, work: (session: Session) => Promise<void>): Promise<number> {
  return withLab(invocation, async (session) => {
    await work(session)
    return printPolicies(await session.client.policies.list({}), invocation.json)
  })
}

export const policiesCommand: Command = {
  usage: 'policies list|keep|export|import|delete [RUN|FILE|NAME]',
  summary: 'trained named policies, which runs can start from',
  details: [
    'policies list                        kept policies, and those that come with the lab',
    'policies keep RUN --name NAME        the policy of a run, under a name',
    'policies export NAME|RUN --to FILE   its card and weights',
    'policies import FILE --name NAME     what was exported',
    'policies delete NAME                 to the bin; runs that started from it keep what they need',
    '',
    '--note TEXT   what it is for',
    'An experiment names one as "initialWeights" of an algorithm; lab decide takes one as --policy.'
  ].join('\n'),
  options: { name: { type: 'string' }, note: { type: 'string' }, to: { type: 'string' } },
  async run(invocation) {
    const [action = 'list', given, ...rest] = invocation.arguments
    if (!ACTIONS.includes(action) || rest.length > 0)
      throw new UsageError(`policies takes one of ${ACTIONS.join(', ')}, followed by one name`)
    if (action === 'list') {
      return withHistory(invocation, async ({ client }) => printPolicies(await client.policies.list({}), invocation.json))
    }
    if (given === undefined) throw new UsageError(`policies ${action} needs a name`)
    const wanted = (option: string): string => {
      const text = textOf(invocation.options, option)
      if (text === undefined) throw new UsageError(`policies ${action} needs --${option}`)
      return text
    }
    if (action === 'export') {
      const to = wanted('to')
      return withHistory(invocation, async ({ client }) => {
        writeFileSync(to, Buffer.from(await (await client.policies.export({ name: given })).arrayBuffer()))
        note(`Written: ${to}`)
        return 0
      })
    }
    if (action === 'delete') {
      return change(invocation, async ({ client }) => {
        const uses = await usesBefore(client, 'policy', [given])
        const { name, bin } = await client.policies.remove({ name: given })
        noteDeleted(name, bin, uses)
      })
    }
    const name = wanted('name')
    const said = textOf(invocation.options, 'note')
    return change(invocation, async (session) => {
      const from = action === 'keep' ? { run: resolveIds(session, [given])[0] } : { bytes: new Blob([readFileSync(given)]) }
      const kept = await session.client.policies.keep({ name, from, ...(said !== undefined && { note: said }) })
      note(`Kept: ${kept.name}`)
    })
  }
}
