import { basename } from 'node:path'
import { count } from '@shared/format'
import type { Fault } from '@shared/experiment/experiment'
import {
  type Format,
  gatherScenario,
  gatherWorkload,
  recognise,
  sentencesOf,
  stemOf,
  type WorkflowFile,
  writeScenario,
  writeWorkload
} from '@shared/formats'
import { EXECUTIONS, type Execution } from '@shared/model/scenario'
import { devicesOf, type Topology } from '@shared/model/topology'
import { presetOf } from '@shared/presets'
import { InputError, type Invocation, textOf, UsageError } from './command'
import { accept, type NamedDocument, openDocument, writeDocument } from './documents'
import { note, printJson } from './output'
import { DEFAULT_TOPOLOGY, documentTopology } from './scenario'

/** The execution asked for; undefined where none is. Throws UsageError. */
export function executionOf({ options }: Invocation): Execution | undefined {
  const asked = textOf(options, 'execution')
  const known = EXECUTIONS.find((each) => each === asked)
  if (asked !== undefined && known === undefined) throw new UsageError(`--execution takes ${EXECUTIONS.join(', ')}, not "${asked}"`)
  return known
}

/** Writes one scenario of all the files that were named. `believed`: the format they are in, where one was given. */
export async function importScenario(invocation: Invocation, execution: Execution, believed: Format | undefined): Promise<number> {
  const { arguments: files, options } = invocation
  if (files.length === 0) throw new UsageError('FILE is missing')
  const { topology, source } = topologyFor(invocation, execution)
  const device = textOf(options, 'device') ?? devicesOf(topology)[0].id
  const read = filesOf(invocation, { device, execution }, believed)
  const to = textOf(options, 'to')
  const name = to !== undefined ? stemOf(to) : files.length === 1 ? stemOf(files[0]) : count(files.length, 'file', 'files')
  const gathered = gatherScenario(read, { name: name.slice(0, 200), topology, execution })
  if (!gathered.ok)
    throw new InputError(
      source,
      gathered.faults.map((fault) => inTopology(fault, source))
    )
  const { scenario, assumptions } = gathered.value
  const document = writeScenario(scenario)
  if (to === undefined) await printJson(document)
  else writeDocument(to, document)
  note(`Execution: ${execution}.`)
  note(`Topology: ${topology.name}${topology.note === undefined ? '.' : `. ${topology.note}`}`)
  for (const assumption of assumptions) note(assumption)
  if (to !== undefined) note(`Written: ${to}`)
  return 0
}

/** Writes one workload of all the files that were named, and says what was assumed. */
export async function importWorkload(invocation: Invocation, believed: Format | undefined): Promise<number> {
  const { arguments: files, options } = invocation
  const read = filesOf(invocation, { device: textOf(options, 'device') ?? 'device' }, believed)
  const to = textOf(options, 'to')
  const gathered = gatherWorkload(read, to === undefined ? count(files.length, 'file', 'files') : stemOf(to))
  if (!gathered.ok) throw new InputError(count(files.length, 'file', 'files'), gathered.faults)
  const document = writeWorkload(gathered.value)
  if (to === undefined) await printJson(document)
  else writeDocument(to, document)
  for (const assumption of sentencesOf(gathered.value.note)) note(assumption)
  if (to !== undefined) note(`Written: ${to} (${count(gathered.value.workflows.length, 'workflow', 'workflows')})`)
  return 0
}

/** MRLCO's own two machines for round trips, or what is asked for. */
function topologyFor({ options, home }: Invocation, execution: Execution): { topology: Topology; source: string } {
  const asked = textOf(options, 'topology')
  const document =
    asked === undefined && execution === 'round-trip'
      ? { source: 'mrlco', value: presetOf('mrlco', 'topology') }
      : openDocument(asked ?? DEFAULT_TOPOLOGY, home, ['topology'])
  return { topology: documentTopology(document), source: document.source }
}

/** Every file's workflows. Throws InputError with the faults of all files, each behind its file's name. */
function filesOf(
  { arguments: files, home }: Invocation,
  reading: { device: string; execution?: Execution },
  believed: Format | undefined
): WorkflowFile[] {
  const faults: Fault[] = []
  const read = files.flatMap((file): WorkflowFile[] => {
    try {
      return [{ file, workload: workloadIn(openDocument(file, home, ['workload'], believed), reading, believed) }]
    } catch (error) {
      if (!(error instanceof InputError)) throw error
      for (const { path, message } of error.faults) faults.push({ path: `${file}: ${path}`, message })
      return []
    }
  })
  if (faults.length > 0) throw new InputError(basename(files[0]), faults)
  return read
}

function workloadIn({ source, value }: NamedDocument, reading: { device: string; execution?: Execution }, believed: Format | undefined) {
  const format = believed ?? recognise(value)
  if (format?.readWorkload) return accept(source, format.readWorkload(value, reading))
  const why = format ? `is in the format ${format.id}, which holds more than workflows` : 'does not name its format; give it with --as'
  throw new InputError(source, [{ path: '$', message: why }])
}

/** Faults of the scenario's topology stand in the document it came from. */
function inTopology({ path, message }: Fault, source: string): Fault {
  return { path: path.startsWith('$.topology') ? `${source}: $${path.slice('$.topology'.length)}` : path, message }
}
