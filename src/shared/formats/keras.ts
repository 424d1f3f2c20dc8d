import type { Fault } from '../experiment/experiment'
import type { ExplicitWorkload } from '../model/workload'
import { leftOut } from './conversion'
import { MOST_TASKS } from './fields'
import { type Format, restated } from './format'
import { computedBy, statedShape } from './keras-shapes'
import { elementsOf, type NetworkLayer, type TensorShape, workloadOfLayers } from './layers'
import { partsOf, type Read, refused } from './read'
import { writeWorkload } from './workload'
import { guardFaults } from './guard'

/**
 * Keras, in: the layers of a Sequential or functional model, as TensorFlow.js's `model.json` or Keras's own `to_json()` and `config.json`
 * list them. Weights are not needed. Activations are float32.
 */

const BYTES = 4

/** The model within a file, and the path to it. */
function modelIn(value: unknown): { model: Readonly<Record<string, unknown>>; path: string } | undefined {
  const topology = partsOf(value).modelTopology
  const ways: [unknown, string][] = [
    [partsOf(topology).model_config, '$.modelTopology.model_config'],
    [topology, '$.modelTopology'],
    [value, '$']
  ]
  for (const [candidate, path] of ways) {
    const { class_name: kind, config } = partsOf(candidate)
    if (typeof kind === 'string' && (Array.isArray(config) || Array.isArray(partsOf(config).layers)))
      return { model: partsOf(candidate), path }
  }
  return undefined
}

/** The layers that a layer reads, by name: functional models of Keras 2 and 3 both. */
function inboundOf(layer: Readonly<Record<string, unknown>>): string[] {
  const names: string[] = []
  const waiting: unknown[] = [layer.inbound_nodes]
  while (waiting.length > 0 && names.length < 10_000) {
    const next = waiting.shift()
    if (Array.isArray(next)) {
      // Keras 2: ["name", node, tensor, {}]; Keras 3: {args: [{config: {keras_history: ["name", 0, 0]}}]}.
      if (typeof next[0] === 'string') names.push(next[0])
      else waiting.push(...next)
    } else if (typeof next === 'object' && next !== null) {
      const { args, config, keras_history: history } = next as Record<string, unknown>
      waiting.push(args, config, history)
    }
  }
  return [...new Set(names)]
}

/** The workflow of a model's layers, belonging to `device`. Its note says what is assumed. */
function readKeras(value: unknown, device = 'device'): Read<ExplicitWorkload> {
  const dangers = guardFaults(value)
  if (dangers.length > 0) return refused(dangers)
  const found = modelIn(value)
  if (!found) {
    const isGraph = partsOf(value).format === 'graph-model'
    return refused([
      {
        path: '$',
        message: isGraph
          ? 'is a graph model, which does not say the shapes of its layers; save it as a layers model'
          : 'holds no layers of a Keras model'
      }
    ])
  }
  const { model, path } = found
  const config = partsOf(model.config)
  const list = Array.isArray(model.config) ? model.config : (config.layers as unknown[])
  const at = (i: number) => `${path}.config${Array.isArray(model.config) ? '' : '.layers'}[${i}]`
  if (list.length === 0) return refused([{ path: `${path}.config`, message: 'a workflow needs at least one layer' }])
  if (list.length > MOST_TASKS) return refused([{ path: `${path}.config`, message: `a workflow has ${MOST_TASKS} tasks at most` }])
  const isSequential = model.class_name === 'Sequential'
  const faults: Fault[] = []
  const layers: NetworkLayer[] = []
  /** What each name gives, and which task gives it; data of the device has none. */
  const given = new Map<string, { shape: TensorShape; layer: number }>()
  const guesses: string[] = []
  let before: string | undefined
  list.forEach((each, i) => {
    const layer = partsOf(each)
    const own = partsOf(layer.config)
    const kind = String(layer.class_name ?? '')
    const name = String(layer.name ?? own.name ?? `${kind} ${i + 1}`)
    const stated =
      statedShape(layer.config) ??
      (i === 0 ? statedShape(partsOf(config.build_input_shape ? { batch_shape: config.build_input_shape } : {})) : undefined)
    if (kind === 'InputLayer') {
      if (!stated)
        faults.push({
          path: at(i),
          message: `input "${name.slice(0, 60)}" leaves its shape open; save the model with the lengths it is used with`
        })
      else given.set(name, { shape: stated, layer: -1 })
      before = name
      return
    }
    const names = isSequential ? (before === undefined ? [] : [before]) : inboundOf(layer)
    const reads = names.flatMap((from) => {
      const known = given.get(from)
      if (!known && faults.length === 0)
        faults.push({ path: at(i), message: `layer "${name.slice(0, 60)}" reads "${from.slice(0, 60)}", which is not before it` })
      return known ? [known] : []
    })
    const inputs = reads.length > 0 ? reads : stated ? [{ shape: stated, layer: -1 }] : []
    before = name
    if (faults.length > 0) return
    const computed = computedBy(
      kind,
      own,
      inputs.map(({ shape }) => shape)
    )
    if (!computed || !Number.isFinite(elementsOf(computed.shape)) || elementsOf(computed.shape) <= 0) {
      faults.push({
        path: at(i),
        message: `what layer "${name.slice(0, 60)}" (${kind.slice(0, 40)}) reads or gives cannot be told; a shape is missing`
      })
      return
    }
    if (computed.guess !== undefined) guesses.push(computed.guess)
    given.set(name, { shape: computed.shape, layer: layers.length })
    layers.push({
      name,
      place: at(i),
      operations: computed.operations,
      bytes: elementsOf(computed.shape) * BYTES,
      from: inputs.map(({ shape, layer: from }) => ({ layer: from, bytes: elementsOf(shape) * BYTES })),
      isOutput: false
    })
  })
  if (faults.length > 0) return refused(faults)
  const read = new Set(layers.flatMap(({ from }) => from.map(({ layer }) => layer)))
  const ended = layers.map((layer, i) => ({ ...layer, isOutput: !read.has(i) }))
  const unknown = [...new Set(guesses)]
  return workloadOfLayers(String(config.name ?? 'Keras model'), ended, device, 'From a Keras model', [
    'Activations are float32.',
    unknown.length > 0
      ? `Guessed to give what they read, with one operation an element: ${unknown.slice(0, 10).join(', ').slice(0, 300)}.`
      : '',
    leftOut(['weights'])
  ])
}

export const kerasFormat: Format = {
  id: 'keras',
  title: 'Keras or TensorFlow.js model (model.json)',
  recognises: (value) => modelIn(value) !== undefined || partsOf(value).format === 'graph-model',
  restate: (value, { device }) => restated(readKeras(value, device), writeWorkload),
  readWorkload: (value, { device }) => readKeras(value, device)
}
