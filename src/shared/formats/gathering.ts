import { count, integer } from '../format'
import type { Fault } from '../experiment/experiment'
import { DEFAULT_OBJECTIVE, type Objective } from '../model/objective'
import { DEFAULT_EXECUTION, type Execution, type Scenario } from '../model/scenario'
import type { Topology } from '../model/topology'
import type { Workflow } from '../model/workflow'
import { type ExplicitWorkload, isGenerated, type Workload } from '../model/workload'
import { freeId } from './ids'
import { type Read, refused } from './read'
import { readScenario, writeScenario } from './scenario'
import { stemOf } from './text'
import { readWorkload, writeWorkload } from './workload'

/** A file of workflows that was read. */
export interface WorkflowFile {
  /** As it was given. */
  file: string
  workload: Workload
}

export interface Gathering {
  name: string
  topology: Topology
  execution: Execution
}

export interface Gathered {
  scenario: Scenario
  /** Everything that was assumed, a sentence or more each. */
  assumptions: string[]
}

/** Characters of a note; what does not fit is said when files are gathered, and not kept. */
const MOST_NOTE = 2000

/**
 * Files of workflows as one scenario, whose workflows come in the order of the files. A file of one workflow names it; those of several
 * stand behind their file's name. Faults name the file they come from.
 */
export function gatherScenario(files: readonly WorkflowFile[], { name, topology, execution }: Gathering): Read<Gathered> {
  const drawn = files.filter(({ workload }) => isGenerated(workload))
  if (drawn.length > 0 && files.length > 1)
    return refused(drawn.map(({ file }) => ({ path: file, message: 'draws its workflows by a generator; give it alone' })))
  const objective = objectiveOf(execution)
  const assumptions = [...notesOf(files), objectiveNote(objective, execution)]
  const [{ workload: first }] = files
  const { workflows, origins } = listed(files)
  const note = kept(assumptions)
  const workload = isGenerated(first) ? first : { name, ...(note !== '' && { note }), workflows }
  const said = execution === DEFAULT_EXECUTION ? {} : { execution }
  const read = readScenario(writeScenario({ name, topology, workload, objective, ...said }))
  if (!read.ok) return refused(read.faults.map((fault) => inItsFile(fault, origins)))
  const order = isGenerated(first)
    ? []
    : [`${count(files.length, 'file', 'files')}, ${count(workflows.length, 'workflow', 'workflows')}, in the order given.`]
  return { ok: true, value: { scenario: read.value, assumptions: [...order, ...assumptions] } }
}

/** Files of workflows as one workload, whose workflows come in the order of the files; its note says what was assumed of which. */
export function gatherWorkload(files: readonly WorkflowFile[], name: string): Read<ExplicitWorkload> {
  const drawn = files.filter(({ workload }) => isGenerated(workload))
  if (drawn.length > 0)
    return refused(
      drawn.map(({ file }) => ({ path: file, message: 'draws its workflows by a generator, which cannot be listed among others' }))
    )
  const { workflows, origins } = listed(files)
  const order = workflows.map((workflow, i) => ({ workflow, origin: origins[i] }))
  // Workflows stand in the order of their release; those of one time in that of their files.
  order.sort((a, b) => (a.workflow.releaseSeconds ?? 0) - (b.workflow.releaseSeconds ?? 0))
  const note = kept(notesOf(files))
  const workload: ExplicitWorkload = {
    name: name.slice(0, 200),
    ...(note !== '' && { note }),
    workflows: order.map(({ workflow }) => workflow)
  }
  const read = readWorkload(writeWorkload(workload))
  if (read.ok) return { ok: true, value: workload }
  const from = order.map(({ origin }) => origin)
  return refused(
    read.faults.map(({ path, message }) => inItsFile({ path: path.replace('$.workflows', '$.workload.workflows'), message }, from))
  )
}

/** The sentences of a note. */
export const sentencesOf = (note = ''): string[] => note.split(/(?<=\.) (?=\p{Lu}|\d)/u).filter((sentence) => sentence !== '')

/** Round trips are measured by their delay, as in MRLCO's own figures. */
function objectiveOf(execution: Execution): Objective {
  return execution === 'round-trip' ? { ...DEFAULT_OBJECTIVE, energyWeight: 0 } : DEFAULT_OBJECTIVE
}

function objectiveNote({ energyWeight, scaling }: Objective, execution: Execution): string {
  const why = execution === 'round-trip' ? 'delay alone counts, as in MRLCO, and energy is measured beside it' : 'the default'
  return `Objective: δ is ${energyWeight}, ${why}; delay and energy are scaled by the workload’s means under "${scaling}" placement.`
}

/** What was assumed of the files, each sentence once, behind the files it is true of where it is not true of all. */
function notesOf(files: readonly WorkflowFile[]): string[] {
  const filesOf = new Map<string, string[]>()
  for (const { file, workload } of files) {
    for (const sentence of new Set(sentencesOf(workload.note))) {
      const known = filesOf.get(sentence)
      if (known) known.push(file)
      else filesOf.set(sentence, [file])
    }
  }
  return [...filesOf].map(([sentence, those]) => {
    if (those.length === files.length) return sentence
    const more = those.length - 3
    return `${those.slice(0, 3).map(stemOf).join(', ')}${more > 0 ? ` and ${integer(more)} more` : ''}: ${sentence}`
  })
}

/** As many of the notes as fit, whole. */
function kept(notes: readonly string[]): string {
  let text = ''
  for (const note of notes) {
    const longer = text === '' ? note : `${text} ${note}`
    if (longer.length <= MOST_NOTE) text = longer
  }
  return text
}

interface Origin {
  file: string
  /** Of the workflow in its file. */
  index: number
}

function listed(files: readonly WorkflowFile[]): { workflows: Workflow[]; origins: Origin[] } {
  const taken = new Set<string>()
  const origins: Origin[] = []
  const workflows = files.flatMap(({ file, workload }) => {
    const own = isGenerated(workload) ? [] : (workload satisfies ExplicitWorkload).workflows
    return own.map((workflow, index) => {
      origins.push({ file, index })
      return { ...workflow, id: freeId(own.length === 1 ? stemOf(file) : `${stemOf(file)} ${workflow.id}`, taken, 'workflow') }
    })
  })
  return { workflows, origins }
}

function inItsFile({ path, message }: Fault, origins: readonly Origin[]): Fault {
  const found = /^\$\.workload\.workflows\[(\d+)\](.*)$/.exec(path)
  const origin = found && origins[Number(found[1])]
  return origin ? { path: `${origin.file}: $.workflows[${origin.index}]${found[2]}`, message } : { path, message }
}
