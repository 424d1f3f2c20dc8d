import type { Fault } from '../experiment/experiment'
import { INPUT, OUTPUT, type Flow, type Task, type Workflow } from '../model/workflow'
import type { ExplicitWorkload } from '../model/workload'
import { leftOut, noteOf, settledWorkload } from './conversion'
import { isOfTasks } from './csv-topology'
import { type Format, restated, claimedText } from './format'
import { MOST_FAULTS, type Read, refused } from './read'
import { headsOf, readTables, type TableRow } from './tables'
import { writeWorkload } from './workload'

/**
 * Tasks and flows as tables, in: CSV, TSV or cells pasted from a spreadsheet. A table of tasks has a column task and one of its work, one
 * of flows a column from and one to; a column workflow sets several workflows apart, and device says whose they are. Work and data are
 * read in the unit of their column's name.
 */

/** What turns a column into megacycles, and into 10⁶ bytes. */
const WORK: Readonly<Record<string, number>> = { megacycles: 1, cycles: 1e-6, gigacycles: 1000, seconds: 2400 }
const DATA: Readonly<Record<string, number>> = { megabytes: 1, mb: 1, kilobytes: 1e-3, kb: 1e-3, bytes: 1e-6, mbit: 1 / 8 }
const READ: ReadonlySet<string> = new Set([
  'workflow',
  'device',
  'task',
  'id',
  'from',
  'to',
  'release',
  'releaseseconds',
  'deadline',
  'deadlineseconds'
])

/** "release (s)" and "Release" are one. */
const bare = (head: string) =>
  head
    .toLowerCase()
    .replaceAll(/[^a-z]/g, '')
    .replace(/^(release|deadline)s$/, '$1')

function isWorkloadTable(text: string): boolean {
  const heads = headsOf(text)
  const names = new Set(heads.map(bare))
  return isOfTasks(heads) && !names.has('cyclesperbit') && (names.has('task') || names.has('id') || (names.has('from') && names.has('to')))
}

/** The workflows of tables of tasks and flows, belonging to `device` where no column says whose they are. */
function readCsvWorkload(value: unknown, device = 'device'): Read<ExplicitWorkload> {
  if (typeof value !== 'string') return refused([{ path: '$', message: 'is not a table but JSON' }])
  const read = readTables(value)
  if (!read.ok) return read
  const faults: Fault[] = []
  const fault = (path: string, message: string) => void (faults.length < MOST_FAULTS && faults.push({ path, message }))
  const workflows = new Map<string, { workflow: Workflow; place: string }>()
  const others = new Set<string>()
  let byTime = false
  for (const { heads, rows, place } of read.value) {
    const columns = new Map(heads.map((head) => [bare(head), head]))
    const isFlows = columns.has('from') && columns.has('to')
    const unit = [...columns.keys()].find((name) => Object.hasOwn(isFlows ? DATA : WORK, name))
    if (unit === undefined || !(isFlows || columns.has('task') || columns.has('id'))) {
      fault(place, 'is the head of neither tasks (task, megacycles) nor flows (from, to, megabytes)')
      continue
    }
    byTime ||= unit === 'seconds'
    for (const [name, head] of columns) if (!READ.has(name) && name !== unit) others.add(head)
    for (const row of rows) readRow(row, columns, isFlows, unit)
  }
  function readRow(row: TableRow, columns: ReadonlyMap<string, string>, isFlows: boolean, unit: string): void {
    const cell = (...names: string[]) => names.map((name) => row.cells.get(columns.get(name) ?? '')).find((each) => each !== undefined)
    const number = (what: string, written: string | undefined, fallback?: number): number => {
      const amount = written === undefined ? (fallback ?? Number.NaN) : Number(written)
      if (Number.isFinite(amount) && amount >= 0) return amount
      fault(row.place, written === undefined ? `has no ${what}` : `${what} must be 0 or more, not ${JSON.stringify(written.slice(0, 60))}`)
      return 0
    }
    const id = cell('workflow') ?? 'w1'
    let known = workflows.get(id)
    if (!known) {
      known = { workflow: { id, device: cell('device') ?? device, tasks: [], flows: [] }, place: row.place }
      workflows.set(id, known)
    }
    const { workflow } = known
    const release = cell('release', 'releaseseconds')
    const deadline = cell('deadline', 'deadlineseconds')
    if (release !== undefined) workflow.releaseSeconds = number('release', release)
    if (deadline !== undefined) workflow.deadlineSeconds = number('deadline', deadline)
    if (isFlows) {
      const flow: Flow = { from: cell('from') ?? INPUT, to: cell('to') ?? OUTPUT, megabytes: number(unit, cell(unit), 0) * DATA[unit] }
      workflow.flows.push(flow)
    } else {
      const name = cell('task', 'id')
      if (name === undefined) return fault(row.place, 'has no task')
      const task: Task = { id: name, megacycles: number(unit, cell(unit)) * WORK[unit] }
      workflow.tasks.push(task)
    }
  }
  if (faults.length > 0) return refused(faults)
  const list = [...workflows.values()].sort((a, b) => (a.workflow.releaseSeconds ?? 0) - (b.workflow.releaseSeconds ?? 0))
  const workload: ExplicitWorkload = {
    name: 'table',
    note: noteOf(
      'From a table.',
      byTime ? 'Work is seconds at an assumed 2,400 MHz.' : '',
      'Flows without a beginning come from the device, those without an end return to it.',
      leftOut(others)
    ),
    workflows: list.map(({ workflow }) => workflow)
  }
  return settledWorkload(workload, (i) => list[i].place, 'line 1')
}

export const csvWorkloadFormat: Format = {
  id: 'csv-workload',
  title: 'a table of tasks and flows (CSV, TSV)',
  claims: isWorkloadTable,
  recognises: claimedText(isWorkloadTable),
  restate: (value, { device }) => restated(readCsvWorkload(value, device), writeWorkload),
  readWorkload: (value, { device }) => readCsvWorkload(value, device)
}
