/** Where a workflow's data comes from and goes back to: the owning device, under these names. */
export const INPUT = '@input'
export const OUTPUT = '@output'

export interface Task {
  id: string
  /** Work in 10⁶ cycles: v of eq. (1). */
  megacycles: number
  /** Under execution "round-trip": data in 10⁶ bytes that an offloaded task uploads, and that it returns. */
  uploadMegabytes?: number
  resultMegabytes?: number
}

export interface Flow {
  from: string
  to: string
  /** Data in 10⁶ bytes: e of eq. (1). */
  megabytes: number
}

/** A directed acyclic graph of tasks that belongs to one device. The paper's chain is the special case. */
export interface Workflow {
  id: string
  device: string
  tasks: Task[]
  flows: Flow[]
  /** When it is released, in seconds from the batch's zero; 0 unless said. */
  releaseSeconds?: number
  /** Seconds from its release within which it should end: a measure, not a constraint. */
  deadlineSeconds?: number
}

/**
 * A workflow in the paper's form, eq. (1): e₀,₁ v₁ e₁,₂ v₂ … v_N e_N,N+1.
 * `megabytes` has N + 1 entries; NaN stands for a flow that does not exist: nothing is sent, nothing is paid.
 *
 * @paper eq. (1): The text writes the last flow once as e_n+1 and once as e_n; both are taken for the way back to the device, e_N,N+1.
 */
export interface Chain {
  id: string
  device: string
  taskIds: string[]
  megacycles: Float64Array
  megabytes: Float64Array
}

/** Thrown where a workflow is a graph and only chains can be evaluated. */
export class NotAChainError extends Error {
  override name = 'NotAChainError'
}

const nameOf = (end: string) => (end === INPUT ? 'the input' : end === OUTPUT ? 'the output' : `"${end}"`)

/** The chain of a workflow whose graph is one; throws NotAChainError naming the task at which it is not. */
export function chainOf(workflow: Workflow): Chain {
  const fail = (reason: string): never => {
    throw new NotAChainError(
      `workflow "${workflow.id}" is not a chain: ${reason}. Costs, optimum and learning are defined for chains (eq. (5)); make it one task after another.`
    )
  }
  const after = new Map<string, Flow>()
  const before = new Map<string, Flow>()
  for (const flow of workflow.flows) {
    if (flow.from === INPUT && flow.to === OUTPUT) fail('a flow leads from @input straight to @output')
    const [next, previous] = [after.get(flow.from), before.get(flow.to)]
    if ([next, previous].some((known) => known?.from === flow.from && known.to === flow.to))
      fail(`two flows lead from ${nameOf(flow.from)} to ${nameOf(flow.to)}`)
    if (flow.from !== INPUT) {
      if (next) fail(`task "${flow.from}" has two outgoing flows`)
      after.set(flow.from, flow)
    }
    if (flow.to !== OUTPUT) {
      if (previous) fail(`task "${flow.to}" has two incoming flows`)
      before.set(flow.to, flow)
    }
  }
  const first = workflow.tasks.filter((task) => (before.get(task.id)?.from ?? INPUT) === INPUT)
  if (first.length === 0) fail('it has no first task')
  if (first.length > 1) fail(`it starts with both "${first[0].id}" and "${first[1].id}"`)
  const tasks = new Map(workflow.tasks.map((task) => [task.id, task]))
  const ordered: Task[] = []
  const megabytes = [before.get(first[0].id)?.megabytes ?? Number.NaN]
  for (let task: Task | undefined = first[0]; task; ) {
    ordered.push(task)
    const flow: Flow | undefined = after.get(task.id)
    megabytes.push(flow?.megabytes ?? Number.NaN)
    task = flow && flow.to !== OUTPUT ? tasks.get(flow.to) : undefined
  }
  if (ordered.length < workflow.tasks.length) {
    const reached = new Set(ordered)
    const missed = workflow.tasks.find((task) => !reached.has(task))
    fail(`task "${missed?.id}" is not on the path from "${first[0].id}"`)
  }
  return {
    id: workflow.id,
    device: workflow.device,
    taskIds: ordered.map((task) => task.id),
    megacycles: Float64Array.from(ordered, (task) => task.megacycles),
    megabytes: Float64Array.from(megabytes)
  }
}

/** The workflow a chain stands for, e.g. to show or export a generated one. */
export function workflowOf(chain: Chain): Workflow {
  const ids = [INPUT, ...chain.taskIds, OUTPUT]
  return {
    id: chain.id,
    device: chain.device,
    tasks: chain.taskIds.map((id, i) => ({ id, megacycles: chain.megacycles[i] })),
    flows: Array.from(chain.megabytes, (megabytes, i) => ({ from: ids[i], to: ids[i + 1], megabytes })).filter(
      (flow) => !Number.isNaN(flow.megabytes)
    )
  }
}

/** Whether a workflow's graph is a chain. */
export function isChain(workflow: Workflow): boolean {
  try {
    chainOf(workflow)
    return true
  } catch (error) {
    if (error instanceof NotAChainError) return false
    throw error
  }
}
