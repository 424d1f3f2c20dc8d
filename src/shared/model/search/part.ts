import type { Batch } from '../batch/batch'
import { SharedExecutor } from '../batch/shared'

/** Shared machines that are taken over as others left them; untouched until they are. */
export class ResumedExecutor extends SharedExecutor {
  readonly #clocks: Float64Array

  /** Decisions `from` to `to` of an executor, whose workflows must lie wholly within. */
  constructor(executor: SharedExecutor, from: number, to: number) {
    super(partOf(executor.batch, from, to), executor.objective, executor.references)
    this.#clocks = new Float64Array(this.layout.size - this.layout.clocks)
  }

  /** Begins with the clocks of a state of the whole, at `at`, from now on. */
  takeOver({ layout: { clocks, size } }: SharedExecutor, states: Float64Array, at = 0): void {
    this.#clocks.set(states.subarray(at + clocks, at + size))
  }

  override begin(states: Float64Array, at = 0): void {
    super.begin(states, at)
    states.set(this.#clocks, at + this.layout.clocks)
  }
}

/** Decisions `from` to `to` of a batch as a batch on the same machines. */
function partOf(batch: Batch, from: number, to: number): Batch {
  const { places } = batch
  const own = [...new Set(batch.workflowOf.subarray(from, to))]
  const numberOf = new Map(own.map((workflow, w) => [workflow, w]))
  const [firstIn, firstOut] = [batch.inStart[from], batch.outStart[from]]
  const flows = [firstIn, batch.inStart[to]] as const
  const returns = [firstOut, batch.outStart[to]] as const
  const cells = [from * places, to * places] as const
  const rows = <A extends Int32Array | Uint8Array>(all: A, into: A): A => {
    own.forEach((workflow, w) => {
      into.set(all.subarray(workflow * places, (workflow + 1) * places), w * places)
    })
    return into
  }
  return {
    ...batch,
    workflows: own.map((workflow) => batch.workflows[workflow]),
    graphs: own.map((workflow) => batch.graphs[workflow]),
    decisions: to - from,
    order: batch.order.slice(from, to).map(({ workflow, task }) => ({ workflow: numberOf.get(workflow) ?? 0, task })),
    ranks: batch.ranks.subarray(from, to),
    workflowOf: batch.workflowOf.slice(from, to).map((workflow) => numberOf.get(workflow) ?? 0),
    release: Float64Array.from(own, (workflow) => batch.release[workflow]),
    nodeOf: rows(batch.nodeOf, new Int32Array(own.length * places)),
    reachable: rows(batch.reachable, new Uint8Array(own.length * places)),
    computeSeconds: batch.computeSeconds.subarray(...cells),
    computeJoules: batch.computeJoules.subarray(...cells),
    inStart: batch.inStart.slice(from, to + 1).map((flow) => flow - firstIn),
    inFrom: batch.inFrom.slice(...flows).map((producer) => (producer < 0 ? producer : producer - from)),
    inMegabytes: batch.inMegabytes.subarray(...flows),
    inRoutes: batch.inRoutes.subarray(...flows),
    inFlow: batch.inFlow.subarray(...flows),
    outStart: batch.outStart.slice(from, to + 1).map((flow) => flow - firstOut),
    outMegabytes: batch.outMegabytes.subarray(...returns),
    outRoutes: batch.outRoutes.subarray(...returns),
    outFlow: batch.outFlow.subarray(...returns)
  }
}
