import { count, duration } from '@shared/format'
import { writeFileSync } from 'node:fs'
import type { RunRow } from '@shared/contract/records'
import type { Sources } from '@shared/contract/sources'
import { versionText } from '@shared/formats'
import { foreignSentence } from '@shared/algorithms/foreign'
import { RUN_STATUSES } from '@shared/run/lifecycle'
import { stepUnitOf } from '@shared/run/steps'
import { versionedLabels } from '@shared/run/versionedLabels'
import { parseCondition } from '@shared/conditions/condition'
import { cardsById } from '@shared/run/naming'
import { algorithmCards } from '../../algorithms'
import { runPolicyOf } from '../../api/policies'
import { type Command, InputError, type Invocation, listOf, textOf, UsageError, wholeOf } from './command'
import { noteDeleted, usesBefore } from './bin'
import { exportTo } from './bundles'
import { comparisonTable, groupJson, runJson } from './comparison'
import { hasWeakReference, kindsText, referenceName } from './kinds'
import { note, number, percent, print, printDocument, printJson, table } from './output'
import { runMarkCommand, MARKS } from './marks'
import { exportedFiles } from '../../exports/exported'
import { importRuns } from './run-imports'
import { exportFolder, folderAsked, formAsked } from './run-exports'
import { printPlacements } from './placements'
import { type Session, withHistory, withLab } from './session'
import { onStop, reportTroubles, watchRuns } from './watch'

/** Ids that were typed, whole or as far as they are unique. Throws UsageError naming what fits nothing or several. */
export function resolveIds({ lab }: Session, typed: readonly string[]): string[] {
  const known = lab.store.runs.list().map((run) => run.id)
  return typed.map((text) => {
    const fitting = known.filter((id) => id.startsWith(text.toLowerCase()))
    if (fitting.length === 1) return fitting[0]
    throw new UsageError(
      fitting.length === 0
        ? `run ${text} does not exist; see "lab runs list"`
        : `${text} is the beginning of ${count(fitting.length, 'run', 'runs')}: ${fitting.join(', ')}`
    )
  })
}

async function list(invocation: Invocation): Promise<number> {
  const statuses = listOf(invocation.options, 'status')
  const wrong = statuses?.find((status) => !RUN_STATUSES.some((known) => known === status))
  if (wrong !== undefined) throw new UsageError(`"${wrong}" is not a state of a run; the states are ${RUN_STATUSES.join(', ')}`)
  const where = textOf(invocation.options, 'where')
  const parsed = parseCondition(where ?? '', { cards: cardsById(algorithmCards) })
  if (!parsed.ok) throw new InputError('--where', [{ path: '--where', message: parsed.fault }])
  const { test, fields } = parsed.condition
  const archivedToo = fields.has('archived') || invocation.options.archived === true
  return withHistory(invocation, async ({ client }) => {
    const rows = (await client.runs.list({})).filter(
      (run) => (!statuses || statuses.includes(run.status)) && (archivedToo || !run.archived) && test(run)
    )
    if (invocation.json) await printJson({ runs: rows.map(runJson) })
    else if (rows.length === 0) note(where || statuses ? 'No run matches.' : 'No runs. Start some with: lab run quick')
    else await print(runTable(rows))
    return 0
  })
}

function runTable(rows: readonly RunRow[]): string {
  const right = (head: string) => ({ head, align: 'right' as const })
  const labels = versionedLabels(rows)
  const isWeaker = hasWeakReference(rows)
  return table(
    [
      { head: 'run' },
      { head: 'status' },
      { head: 'algorithm' },
      { head: 'scenario' },
      right('seed'),
      right('gap'),
      ...(isWeaker ? [{ head: 'gap to' }] : []),
      right('cost Q'),
      right('steps'),
      right('time')
    ],
    rows.map((run, i) => [
      run.id,
      run.approximate === undefined ? run.status : `${run.status}, approximate`,
      run.algorithm,
      labels[i],
      run.foreign ? '–' : String(run.seed),
      percent(run.evaluation?.gapMean ?? run.latest.gap),
      ...(isWeaker ? [referenceName([run])] : []),
      number(run.evaluation?.meanCost ?? run.latest.cost),
      stepsOf(run),
      duration(run.seconds)
    ])
  )
}

/** The versions of the library that a run came from, a line each. */
function sourceLines({ sources = {} }: { sources?: Partial<Sources> }): string[] {
  return Object.entries(sources).flatMap(([kind, { name, id, version, byContent, isGone }]) => {
    if (id === undefined || version === undefined) return []
    const marks = [...(byContent ? ['by content'] : []), ...(isGone ? ['deleted for good'] : [])]
    return [`from ${kind} ${versionText({ name, version })} (${[id, ...marks].join(', ')})`]
  })
}

/** "20 of 2000", in another unit than learn steps with its name; nothing of a rule that has placed everything. */
function stepsOf(run: RunRow): string {
  const unit = stepUnitOf(run)
  if (run.totalLearnSteps === 0 || (unit === 'workflows' && run.status === 'completed')) return '–'
  return `${run.learnSteps} of ${run.totalLearnSteps}${unit === 'learn steps' ? '' : ` ${unit}`}`
}

async function show(invocation: Invocation, typed: readonly string[]): Promise<number> {
  return withHistory(invocation, async (session) => {
    const details = await Promise.all(resolveIds(session, typed).map((id) => session.client.runs.get({ id })))
    if (invocation.json) {
      const all = details.map(({ row, ...rest }) => ({ ...runJson(row), ...rest }))
      await printJson(all.length === 1 ? all[0] : { runs: all })
      return 0
    }
    for (const { row, machine, attempts, log, metrics } of details) {
      await print(runTable([row]))
      await print(
        Object.entries(row.parameters)
          .map(([key, value]) => `  ${key} = ${value}`)
          .join('\n')
      )
      if (row.foreign) {
        await print(`  ${foreignSentence(row.id, row.foreign.source, 'no gap can be computed')}`)
        await print(`  curves: ${metrics.join(', ')}`)
      }
      const references = row.evaluation?.references
      if (references) await print(`  gaps are to ${kindsText(references)}`)
      if (row.scenarioNote) await print(`  ${row.scenarioNote}`)
      for (const line of sourceLines(row)) await print(`  ${line}`)
      for (const { fromStep, machine: where } of attempts.length > 1 ? attempts : [])
        await print(`  from learn step ${fromStep}: ${where.backend} ${where.library}, tfjs ${where.tfjs}, ${where.cpu}`)
      if (row.approximate !== undefined) await print(`  ${row.approximate}`)
      if (machine)
        await print(
          `  ${machine.backend} ${machine.library}, tfjs ${machine.tfjs}, Node ${machine.node}, ${machine.cpu}, threads: ${machine.threads}`
        )
      await print(log.map((line) => `  ${new Date(line.at).toISOString()}  ${line.text}`).join('\n'))
    }
    return 0
  })
}

async function exportRuns(invocation: Invocation, typed: readonly string[]): Promise<number> {
  const out = textOf(invocation.options, 'out')
  if (out !== undefined) return withHistory(invocation, (session) => exportTo(invocation, session, resolveIds(session, typed), out))
  const to = textOf(invocation.options, 'to')
  const folder = folderAsked(invocation.options)
  if (folder) return withHistory(invocation, (session) => exportFolder(invocation, session, resolveIds(session, typed), folder))
  const form = formAsked(invocation.options)
  return withHistory(invocation, async (session) => {
    const ids = resolveIds(session, typed)
    if (form !== undefined) {
      const [{ content }] = exportedFiles(session.lab.store, ids, form, '')
      if (to === undefined) await printDocument(String(content))
      else writeFileSync(to, content)
    } else if (invocation.options.policy) {
      if (ids.length !== 1 || to === undefined) throw new UsageError('a policy is exported from one run, --to a file')
      const policy = runPolicyOf(session.lab.store, ids[0])
      if (!policy) throw new UsageError(`run ${ids[0]} has no policy: it has not completed, or its algorithm does not learn`)
      writeFileSync(to, policy)
    } else {
      const bytes = Buffer.from(await (await session.client.runs.export({ ids })).arrayBuffer())
      if (to === undefined) await printDocument(bytes.toString('utf8'))
      else writeFileSync(to, bytes)
    }
    if (to !== undefined) note(`Written: ${to}`)
    return 0
  })
}

async function remove(invocation: Invocation, typed: readonly string[]): Promise<number> {
  return withLab(invocation, async (session) => {
    const ids = resolveIds(session, typed)
    const uses = await usesBefore(session.client, 'run', ids)
    const { changed, bin } = await session.client.runs.remove({ ids })
    if (invocation.json) await printJson({ deleted: changed, bin, usedBy: uses })
    else noteDeleted(changed.join(' '), bin, uses)
    return 0
  })
}

async function resume(invocation: Invocation, typed: readonly string[]): Promise<number> {
  const parallel = wholeOf(invocation.options, 'parallel', 1, 256)
  const stop = onStop()
  try {
    return await withLab({ ...invocation, parallel }, async (session) => {
      const stopped = session.lab.store.runs.list().filter((run) => run.status === 'interrupted' || run.status === 'paused')
      const ids = typed.length > 0 ? resolveIds(session, typed) : stopped.map((run) => run.id)
      if (ids.length === 0) {
        if (invocation.json) await printJson({ runs: [], groups: [] })
        else note('No run can be resumed.')
        return 0
      }
      await session.client.runs.resume({ ids, approximate: invocation.options.approximate === true })
      await watchRuns(session, ids, stop.signal)
      return finish(invocation, session, ids)
    })
  } finally {
    stop.release()
  }
}

/** Prints what runs have come to; 0 where all of them completed. */
export async function finish({ json }: Invocation, session: Session, ids: readonly string[]): Promise<number> {
  const { runs, groups } = await session.client.runs.compare({ ids: [...ids] })
  if (json) await printJson({ runs: runs.map(runJson), groups: groups.map(groupJson) })
  else await print(comparisonTable(groups, runs))
  reportTroubles(runs)
  return runs.every((run) => run.status === 'completed') ? 0 : 1
}

export const runsCommand: Command = {
  usage: 'runs list|show|placements|export|import|tag|note|pin|archive|delete|resume [RUN…]',
  summary: 'the history: every run that was ever started here',
  details: [
    'runs list [--status completed,failed]   every run except archived ones (--archived: all)',
    'runs list --where "gap < 1 % seed = 3"  those that match a condition: fields and parameters, <, <=, =, !=, tag:WORD, and, or, not',
    '             units = 5, seed = 1..3, time < 5 min, started > 2026-11-01, started today; --where=-dqn leaves out dqn alone',
    'runs show RUN…                          one run: parameters, evaluation, machine, log',
    'runs placements RUN                    where it placed each task of its held-out workflows',
    'runs export RUN… [--to FILE]            all of it as JSON, including every point of every curve',
    'runs export RUN --policy --to FILE      the trained policy alone',
    'runs export RUN… --as FORM [--to FILE]  a line a run: csv, tsv, latex (booktabs, siunitx), saga (its table of results);',
    '                                        methods: a paragraph for a paper; bibtex: what it cites',
    'runs export RUN… --tensorboard DIR      event files, a folder a run; scalars are float32 there',
    'runs export RUN… --mlflow DIR           a file store of MLflow: parameters, metrics over steps, artefacts',
    'runs export RUN… --out FILE.dmro        a bundle for another lab: lab import takes it',
    '             --with topology,policy,…   from the library as well: topology, workload, experiment, environments, comparison, policy',
    'runs import DIR|FILE…                   runs that TensorBoard or MLflow recorded: a folder of event files or of mlruns, a zip of one,',
    '                                        an event file; they have curves and no scenario. Read again, a run is brought up to date',
    '             --rename THERE=HERE        what a metric is called here, as in train/loss=loss; may be given again',
    '             --look                     lists what is there and keeps nothing',
    'runs tag RUN… --add a,b [--remove c]    words to find runs by',
    'runs note RUN… --text TEXT | --clear    a note in Markdown; "-" reads it from stdin',
    'runs pin RUN… [--off]                   to the top of the lists',
    'runs archive RUN… [--off]               out of the lists; nothing deleted',
    'runs delete RUN…                        to the bin; lab bin restore restores them',
    'runs resume [RUN…] [--parallel N]       resume from the last checkpoint; without ids, all that were stopped',
    '             --approximate              also where another backend or machine made it: labelled approximate from then on'
  ].join('\n'),
  options: {
    status: { type: 'string' },
    where: { type: 'string' },
    archived: { type: 'boolean' },
    add: { type: 'string' },
    remove: { type: 'string' },
    text: { type: 'string' },
    clear: { type: 'boolean' },
    off: { type: 'boolean' },
    to: { type: 'string' },
    out: { type: 'string' },
    with: { type: 'string' },
    as: { type: 'string' },
    tensorboard: { type: 'string' },
    mlflow: { type: 'string' },
    rename: { type: 'string', multiple: true },
    look: { type: 'boolean' },
    policy: { type: 'boolean' },
    parallel: { type: 'string' },
    approximate: { type: 'boolean' }
  },
  async run(invocation) {
    const [action, ...typed] = invocation.arguments
    const needsIds = () => {
      if (typed.length === 0) throw new UsageError(`which run? Give its id, e.g. "lab runs ${action} 1a2b3c4d"; see "lab runs list"`)
    }
    if (action === 'list') return list(invocation)
    if (action === 'resume') return resume(invocation, typed)
    if (action === 'import') {
      if (typed.length === 0) throw new UsageError('import what? Name a folder of TensorBoard or MLflow, e.g. "lab runs import mlruns"')
      return importRuns(invocation, typed)
    }
    if (action === 'placements') {
      needsIds()
      return printPlacements(invocation, (session) => resolveIds(session, typed))
    }
    if (action === 'show' || action === 'export' || action === 'delete') {
      needsIds()
      if (action === 'show') return show(invocation, typed)
      return action === 'export' ? exportRuns(invocation, typed) : remove(invocation, typed)
    }
    const mark = MARKS.find((each) => each === action)
    if (mark) {
      needsIds()
      return runMarkCommand(invocation, mark, (session) => resolveIds(session, typed))
    }
    const known = ['list', 'show', 'placements', 'export', 'import', ...MARKS, 'delete', 'resume'].join(', ')
    throw new UsageError(action === undefined ? `runs needs one of ${known}` : `runs does not know "${action}"; it takes ${known}`)
  }
}
