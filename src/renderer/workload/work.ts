import { WORKLOAD, WORKLOAD_2 } from '@shared/formats'
import { INPUT, OUTPUT, type Flow, type Task, type Workflow } from '@shared/model/workflow'
import { type GeneratorParameters, PAPER_GENERATOR } from '@shared/model/workload'
import type { Topology } from '@shared/model/topology'

/** A workload's document in the hand: a generator and its seed, or workflows. What came with the second version is kept unseen. */
export interface Work {
  format: typeof WORKLOAD | typeof WORKLOAD_2
  name: string
  note?: string
  generator?: GeneratorParameters
  seed?: number
  workflows?: Workflow[]
}

const isRecord = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null && !Array.isArray(value)
const textOf = (value: unknown, otherwise: string) => (typeof value === 'string' ? value : otherwise)
const numberOf = (value: unknown, otherwise: number) => (typeof value === 'number' ? value : otherwise)
/** Those of the keys that are there, as they are: nothing here edits them, and nothing may lose them. */
const keptOf = <T extends object>(record: Record<string, unknown>, ...keys: readonly (keyof T & string)[]): Partial<T> =>
  Object.fromEntries(keys.flatMap((key) => (record[key] === undefined ? [] : [[key, record[key]]]))) as Partial<T>
const listOf = (value: unknown): Record<string, unknown>[] => (Array.isArray(value) ? value.filter(isRecord) : [])

function generatorOf(value: unknown): GeneratorParameters {
  const given = isRecord(value) ? value : {}
  const range = (key: 'firstMegabytes' | 'laterMegabytes' | 'megacycles'): readonly [number, number] => {
    const pair: unknown = given[key]
    return Array.isArray(pair)
      ? [numberOf(pair[0], PAPER_GENERATOR[key][0]), numberOf(pair[1], PAPER_GENERATOR[key][1])]
      : PAPER_GENERATOR[key]
  }
  return {
    users: numberOf(given.users, PAPER_GENERATOR.users),
    workflowsPerUser: numberOf(given.workflowsPerUser, PAPER_GENERATOR.workflowsPerUser),
    tasks: numberOf(given.tasks, PAPER_GENERATOR.tasks),
    firstMegabytes: range('firstMegabytes'),
    laterMegabytes: range('laterMegabytes'),
    megacycles: range('megacycles'),
    ...keptOf<GeneratorParameters>(given, 'graph', 'together', 'gapSeconds')
  }
}

function workflowOf(value: Record<string, unknown>, i: number): Workflow {
  return {
    id: textOf(value.id, `w${i + 1}`),
    device: textOf(value.device, 'device'),
    tasks: listOf(value.tasks).map(
      (task, k): Task => ({
        id: textOf(task.id, `t${k + 1}`),
        megacycles: numberOf(task.megacycles, 0),
        ...keptOf<Task>(task, 'uploadMegabytes', 'resultMegabytes')
      })
    ),
    flows: listOf(value.flows).map(
      (flow): Flow => ({ from: textOf(flow.from, INPUT), to: textOf(flow.to, OUTPUT), megabytes: numberOf(flow.megabytes, 0) })
    ),
    ...keptOf<Workflow>(value, 'releaseSeconds', 'deadlineSeconds')
  }
}

/** The work of whatever was kept: what does not belong to it is left out. */
export function workOf(content: unknown, untitled: string): Work {
  const given = isRecord(content) ? content : {}
  const head: Pick<Work, 'format' | 'name' | 'note'> = {
    format: given.format === WORKLOAD_2 ? WORKLOAD_2 : WORKLOAD,
    name: textOf(given.name, untitled),
    ...(typeof given.note === 'string' && { note: given.note })
  }
  if (Array.isArray(given.workflows)) return { ...head, workflows: listOf(given.workflows).map(workflowOf) }
  return { ...head, generator: generatorOf(given.generator), seed: numberOf(given.seed, 1) }
}

/** A first workflow to write on from: two tasks in a row. */
export const FIRST_WORKFLOW: Workflow = {
  id: 'w1',
  device: 'device',
  tasks: [
    { id: 't1', megacycles: 5000 },
    { id: 't2', megacycles: 40_000 }
  ],
  flows: [
    { from: INPUT, to: 't1', megabytes: 60 },
    { from: 't1', to: 't2', megabytes: 20 },
    { from: 't2', to: OUTPUT, megabytes: 12 }
  ]
}

export function unusedId(taken: readonly string[], prefix: string): string {
  const known = new Set(taken)
  let n = taken.length + 1
  while (known.has(`${prefix}${n}`)) n += 1
  return `${prefix}${n}`
}

export function addWorkflow(workflows: readonly Workflow[]): Workflow[] {
  const last = workflows.at(-1) ?? FIRST_WORKFLOW
  return [
    ...workflows,
    {
      ...last,
      id: unusedId(
        workflows.map((workflow) => workflow.id),
        'w'
      )
    }
  ]
}

/** A task after the last: the flow that went to the output then continues to it. */
export function addTask(workflow: Workflow): Workflow {
  const id = unusedId(
    workflow.tasks.map((task) => task.id),
    't'
  )
  const last = workflow.tasks.at(-1)
  const task = { id, megacycles: last?.megacycles ?? 1000 }
  if (!last)
    return {
      ...workflow,
      tasks: [task],
      flows: [
        { from: INPUT, to: id, megabytes: 10 },
        { from: id, to: OUTPUT, megabytes: 10 }
      ]
    }
  const out = workflow.flows.find((flow) => flow.from === last.id && flow.to === OUTPUT)
  const megabytes = out?.megabytes ?? 10
  const flows = workflow.flows.map((flow) => (flow === out ? { ...flow, to: id } : flow))
  return {
    ...workflow,
    tasks: [...workflow.tasks, task],
    flows: [...flows, ...(out ? [] : [{ from: last.id, to: id, megabytes }]), { from: id, to: OUTPUT, megabytes }]
  }
}

/** A task between many others is not replaced by a flow for each pair of them. */
const MOST_BRIDGES = 1000

/**
 * Without a task: what flowed into it flows on to where it sent its data. Where that would be more flows than a person reads, its
 * flows go with it; `bridged` says which it was.
 */
export function removeTask(workflow: Workflow, id: string): { workflow: Workflow; bridged: boolean } {
  const into = workflow.flows.filter((flow) => flow.to === id)
  const outOf = workflow.flows.filter((flow) => flow.from === id)
  const kept = workflow.flows.filter((flow) => flow.from !== id && flow.to !== id)
  const bridged = into.length * outOf.length <= MOST_BRIDGES
  const joined = new Set(kept.map(({ from, to }) => pairOf(from, to)))
  const bridges = (bridged ? into : []).flatMap(({ from, megabytes }) =>
    outOf.flatMap(({ to }) => ((from === INPUT && to === OUTPUT) || joined.has(pairOf(from, to)) ? [] : [{ from, to, megabytes }]))
  )
  return { workflow: { ...workflow, tasks: workflow.tasks.filter((task) => task.id !== id), flows: [...kept, ...bridges] }, bridged }
}

const pairOf = (from: string, to: string) => `${from}\n${to}`

/** A flow more: the first pair forwards that is not joined yet; undefined where all are. */
export function addFlow(workflow: Workflow): Workflow | undefined {
  const used = new Set(workflow.flows.map(({ from, to }) => pairOf(from, to)))
  const ids = workflow.tasks.map((task) => task.id)
  const ends = [...ids, OUTPUT]
  for (const [k, from] of [INPUT, ...ids].entries()) {
    // By index: of the ends behind it the first that is free is soon found.
    for (let i = k; i < ends.length; i++) {
      const to = ends[i]
      if (from === to || used.has(pairOf(from, to)) || (from === INPUT && to === OUTPUT)) continue
      return { ...workflow, flows: [...workflow.flows, { from, to, megabytes: 10 }] }
    }
  }
  return undefined
}

/** Renames a task wherever it is named. */
export function renameTask(workflow: Workflow, before: string, after: string): Workflow {
  const name = (id: string) => (id === before ? after : id)
  return {
    ...workflow,
    tasks: workflow.tasks.map((task) => ({ ...task, id: name(task.id) })),
    flows: workflow.flows.map((flow) => ({ ...flow, from: name(flow.from), to: name(flow.to) }))
  }
}

/** Tasks and flows of all workflows: what everything that is made of them takes time for. */
export const partCount = (workflows: readonly Workflow[]): number =>
  workflows.reduce((sum, { tasks, flows }) => sum + tasks.length + flows.length, 0)

/** Seconds and joules of each workflow where all its tasks run on its own device, eqs. (3) and (7); workflows of unknown devices are left out. */
export function localOnlyTotals(workflows: readonly Workflow[], topology: Topology): { seconds: number[]; joules: number[] } {
  const devices = new Map(topology.nodes.filter((node) => node.tier === 'device').map((node) => [node.id, node]))
  const known = workflows.flatMap(({ device, tasks }) => {
    const node = devices.get(device)
    const megacycles = tasks.reduce((sum, task) => sum + task.megacycles, 0)
    return node ? [{ seconds: megacycles / node.computeMHz, joules: megacycles * node.energyPerMegacycle }] : []
  })
  return { seconds: known.map(({ seconds }) => seconds), joules: known.map(({ joules }) => joules) }
}
