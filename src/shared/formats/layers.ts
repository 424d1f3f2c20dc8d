import { INPUT, OUTPUT } from '../model/workflow'
import type { ExplicitWorkload } from '../model/workload'
import { conversionFaults, noteOf } from './conversion'
import { freeId } from './ids'
import { type Read, settled } from './read'

/**
 * A neural network as a workflow whose tasks are its layers (Neurosurgeon, Y. Kang et al. 2017): work is the operations of one inference,
 * a flow the activation that one layer gives another.
 */

/** Lengths of what a layer gives, in its library's order. */
export type TensorShape = readonly number[]
export const elementsOf = (shape: TensorShape): number => shape.reduce((product, length) => product * length, 1)

/** A layer of one inference: `from` are the layers whose activations it reads, by their place in the list; the device's data where it is negative. */
export interface NetworkLayer {
  name: string
  place: string
  operations: number
  /** Of what it gives. */
  bytes: number
  from: readonly { layer: number; bytes: number }[]
  /** Whether the network answers with it. */
  isOutput: boolean
}

/** The workflow of a network's layers. `source` begins its note, `guesses` end it. */
export function workloadOfLayers(
  name: string,
  layers: readonly NetworkLayer[],
  device: string,
  source: string,
  guesses: readonly string[]
): Read<ExplicitWorkload> {
  const taken = new Set<string>()
  const ids = layers.map((layer) => freeId(layer.name, taken, 'layer'))
  const flows: { from: string; to: string; megabytes: number; place: number }[] = []
  layers.forEach(({ from, isOutput, bytes }, i) => {
    // A layer that reads one activation twice, as a square does, fetches it once.
    const read = new Map(from.map(({ layer, bytes: size }) => [layer < 0 ? INPUT : ids[layer], size]))
    for (const [origin, size] of read) flows.push({ from: origin, to: ids[i], megabytes: size / 1e6, place: i })
    if (isOutput) flows.push({ from: ids[i], to: OUTPUT, megabytes: bytes / 1e6, place: i })
  })
  const workload: ExplicitWorkload = {
    name: name.slice(0, 200) || 'network',
    note: noteOf(
      `${source}: its tasks are its layers, for one input.`,
      'Work counts operations, a multiplication and an addition as two, and a cycle is assumed to do one.',
      'Flows are activations; weights are taken to be everywhere already.',
      ...guesses
    ),
    workflows: [
      {
        id: 'w1',
        device,
        tasks: layers.map(({ operations }, i) => ({ id: ids[i], megacycles: operations / 1e6 })),
        flows: flows.map(({ place: _, ...flow }) => flow)
      }
    ]
  }
  const placeOf = (kind: 'tasks' | 'flows', i: number) => layers[kind === 'tasks' ? i : flows[i].place].place
  return settled(workload, conversionFaults(workload, placeOf, '$'))
}
