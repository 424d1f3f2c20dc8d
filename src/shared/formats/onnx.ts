import type { Fault } from '../experiment/experiment'
import type { ExplicitWorkload } from '../model/workload'
import { leftOut } from './conversion'
import { MOST_TASKS } from './fields'
import { type Format, restated } from './format'
import { elementsOf, type NetworkLayer, type TensorShape, workloadOfLayers } from './layers'
import { OnnxFault, type OnnxModel, readOnnxModel } from './onnx-protobuf'
import { operationsOf, shapeOf } from './onnx-shapes'
import { partsOf, type Read, refused } from './read'
import { writeWorkload } from './workload'

/**
 * ONNX, in: the operators of a model. Shapes are those the model states (value_info), else they follow from what an operator reads; a
 * length the model leaves open is taken for one, as a batch is.
 */

/** Bytes an element, by ONNX's element types; float32 where one is not listed. */
const BYTES: Readonly<Record<number, number>> = { 1: 4, 2: 1, 3: 1, 4: 2, 5: 2, 6: 4, 7: 8, 9: 1, 10: 2, 11: 8, 12: 4, 13: 8, 16: 2 }

/** Whether bytes begin as ONNX does: the IR version, 3 to 20, then who produced it, or an import of operators or the graph. */
export const isOnnx = (bytes: Uint8Array): boolean =>
  bytes[0] === 0x08 && bytes[1] >= 3 && bytes[1] <= 20 && [0x12, 0x3a, 0x42].includes(bytes[2])

/** The model within bytes as a document, which its format reads. */
export function onnxDocument(bytes: Uint8Array): Read<unknown> {
  try {
    return { ok: true, value: readOnnxModel(bytes) }
  } catch (error) {
    if (!(error instanceof OnnxFault)) throw error
    return refused([{ path: '$', message: `is not a whole ONNX model: ${error.message}` }])
  }
}

const isModel = (value: unknown): value is OnnxModel => partsOf(value).format === 'onnx' && Array.isArray(partsOf(value).nodes)

/** The workflow of a model's operators, belonging to `device`. Its note says what is assumed. */
function readOnnx(value: unknown, device = 'device'): Read<ExplicitWorkload> {
  if (!isModel(value)) return refused([{ path: '$', message: 'is not an ONNX model' }])
  const { nodes, inputs, outputs, weights, stated, name } = value
  if (nodes.length === 0) return refused([{ path: '$.graph.node', message: 'a workflow needs at least one operator' }])
  if (nodes.length > MOST_TASKS) return refused([{ path: '$.graph.node', message: `a workflow has ${MOST_TASKS} tasks at most` }])
  let open = 0
  const closed = (shape: readonly (number | undefined)[]): TensorShape =>
    shape.map((length) => {
      if (length !== undefined && length > 0) return length
      open++
      return 1
    })
  const constants = new Map(weights.map((tensor) => [tensor.name, tensor.values]))
  const isWeight = new Set(weights.map((tensor) => tensor.name))
  const shapes = new Map<string, TensorShape>([...weights].map((tensor) => [tensor.name, tensor.shape.map((length) => length ?? 1)]))
  const types = new Map([...weights, ...stated, ...inputs].map((tensor) => [tensor.name, tensor.type]))
  for (const tensor of inputs) if (!isWeight.has(tensor.name)) shapes.set(tensor.name, closed(tensor.shape))
  const known = new Map(stated.filter(({ shape, type }) => type > 0 && shape.length > 0).map((tensor) => [tensor.name, tensor.shape]))
  const faults: Fault[] = []
  const layers: NetworkLayer[] = []
  const made = new Map<string, number>()
  const bytesOf = (tensor: string, shape: TensorShape) => elementsOf(shape) * (BYTES[types.get(tensor) ?? 1] ?? 4)
  nodes.forEach((node, i) => {
    const read = node.inputs.filter((input) => input !== '')
    const reads = { shapes: node.inputs.map((input) => shapes.get(input)), values: node.inputs.map((input) => constants.get(input)) }
    const label = node.name || `${node.kind} ${i + 1}`
    const written = known.get(node.outputs[0])
    const shape =
      (written?.every((length) => length !== undefined && length > 0) ? (written as TensorShape) : shapeOf(node, reads)) ??
      (written && closed(written))
    // Constants are weights of their own.
    if (node.kind === 'Constant') {
      isWeight.add(node.outputs[0])
      constants.set(node.outputs[0], node.attributes.value?.values)
      if (shape) shapes.set(node.outputs[0], shape)
      return
    }
    if (!shape || !Number.isFinite(elementsOf(shape)) || elementsOf(shape) < 0) {
      if (faults.length < 20)
        faults.push({
          path: `$.graph.node[${i}]`,
          message: `what "${label.slice(0, 60)}" (${node.kind.slice(0, 40)}) gives is not stated; run onnx.shape_inference on the model first`
        })
      return
    }
    const size = bytesOf(node.outputs[0], shape)
    for (const output of node.outputs) {
      const own = known.get(output)
      shapes.set(output, own ? closed(own) : shape)
      made.set(output, layers.length)
    }
    layers.push({
      name: label,
      place: `$.graph.node[${i}]`,
      operations: operationsOf(node, reads.shapes, shape),
      bytes: size,
      from: read
        .filter((input) => !isWeight.has(input) && shapes.has(input))
        .map((input) => ({ layer: made.get(input) ?? -1, bytes: bytesOf(input, shapes.get(input) ?? []) })),
      isOutput: node.outputs.some((output) => outputs.includes(output))
    })
  })
  if (faults.length > 0) return refused(faults)
  return workloadOfLayers(name || 'ONNX model', layers, device, 'From an ONNX model', [
    open > 0 ? 'Lengths it leaves open, as that of a batch, are 1.' : '',
    leftOut([
      'weights',
      ...new Set(
        nodes.filter(({ kind }) => kind === 'If' || kind === 'Loop' || kind === 'Scan').map(({ kind }) => `what is within ${kind}`)
      )
    ])
  ])
}

export const onnxFormat: Format = {
  id: 'onnx',
  title: 'ONNX model',
  recognises: isModel,
  restate: (value, { device }) => restated(readOnnx(value, device), writeWorkload),
  readWorkload: (value, { device }) => readOnnx(value, device)
}
