import { bandwidthFrom, type Topology } from '@shared/model/topology'
import { INPUT, OUTPUT, type Workflow } from '@shared/model/workflow'
import { graphOf } from './graph'

/** What the shapes of workflows come to: one width and one depth a workflow, the parents of every task. */
export interface Shapes {
  /** Tasks of the fullest layer. */
  widths: number[]
  /** Layers, by the longest way from the input. */
  depths: number[]
  /** Tasks that a task has data from. */
  parents: number[]
}

export function shapesOf(workflows: readonly Workflow[]): Shapes {
  const shapes: Shapes = { widths: [], depths: [], parents: [] }
  for (const workflow of workflows) {
    const { nodes, layers } = graphOf(workflow)
    const counts = new Map<number, number>()
    for (const { layer, megacycles } of nodes) if (megacycles !== undefined) counts.set(layer, (counts.get(layer) ?? 0) + 1)
    shapes.depths.push(layers - 2)
    shapes.widths.push([...counts.values()].reduce((most, count) => Math.max(most, count), 0))
    const from = new Map(workflow.tasks.map((task) => [task.id, 0]))
    for (const flow of workflow.flows) if (flow.from !== INPUT && flow.to !== OUTPUT) from.set(flow.to, (from.get(flow.to) ?? 0) + 1)
    shapes.parents.push(...from.values())
  }
  return shapes
}

const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length

/**
 * How much a topology's links have to do beside its processors: the seconds in which all flows of a workflow pass one link, over those in
 * which all its tasks are computed on one processor, at the mean seconds per MB of all link directions and the mean seconds per megacycle
 * of all nodes. One number a workflow; none without links.
 */
export function communicationRatios(workflows: readonly Workflow[], { nodes, links }: Topology): number[] {
  if (links.length === 0) return []
  const perMegabyte = mean(links.flatMap((link) => [1 / link.bandwidthMBps, 1 / bandwidthFrom(link, link.to)]))
  const perMegacycle = mean(nodes.map(({ computeMHz }) => 1 / computeMHz))
  return workflows.flatMap(({ tasks, flows }) => {
    const sent = flows.reduce((sum, { megabytes }) => sum + megabytes, 0) * perMegabyte
    const computed = tasks.reduce((sum, { megacycles }) => sum + megacycles, 0) * perMegacycle
    return computed > 0 ? [sent / computed] : []
  })
}
