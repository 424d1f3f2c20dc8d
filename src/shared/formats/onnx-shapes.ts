import { elementsOf, type TensorShape } from './layers'
import type { OnnxNode } from './onnx-protobuf'

/** What ONNX's operators give and compute, from the shapes they read. A batch whose length is open is one. */

interface Reads {
  /** Shapes of its inputs; undefined where one is not known. */
  shapes: readonly (TensorShape | undefined)[]
  /** Values of its inputs that are small constants. */
  values: readonly (readonly number[] | undefined)[]
}

const first = (node: OnnxNode, name: string, fallback: number) => node.attributes[name]?.i ?? fallback
const list = (node: OnnxNode, name: string, length: number, fallback: number) => {
  const ints = node.attributes[name]?.ints ?? []
  return ints.length > 0 ? ints : Array.from({ length }, () => fallback)
}

/** NumPy's broadcasting of shapes. */
function broadcast(a: TensorShape, b: TensorShape): TensorShape {
  const length = Math.max(a.length, b.length)
  return Array.from({ length }, (_, i) => Math.max(a[a.length - length + i] ?? 1, b[b.length - length + i] ?? 1))
}

/** Lengths after a window has passed over. */
function windowed(node: OnnxNode, space: TensorShape, windows: TensorShape): number[] {
  const strides = list(node, 'strides', space.length, 1)
  const dilations = list(node, 'dilations', space.length, 1)
  const pads = list(node, 'pads', 2 * space.length, 0)
  const padding = node.attributes.auto_pad?.s ?? 'NOTSET'
  const round = first(node, 'ceil_mode', 0) === 1 ? Math.ceil : Math.floor
  return space.map((length, i) => {
    if (padding.startsWith('SAME')) return Math.ceil(length / strides[i])
    const added = padding === 'VALID' ? 0 : pads[i] + pads[i + space.length]
    return round((length + added - (dilations[i] * (windows[i] - 1) + 1)) / strides[i]) + 1
  })
}

/** The shape of an operator's first output; undefined where it cannot be told from what it reads. */
export function shapeOf(node: OnnxNode, { shapes, values }: Reads): TensorShape | undefined {
  const [a, b] = shapes
  if (node.kind === 'Constant') return node.attributes.value?.values ? [node.attributes.value.values.length] : undefined
  if (!a) return undefined
  switch (node.kind) {
    case 'Conv':
      return b && [a[0], b[0], ...windowed(node, a.slice(2), node.attributes.kernel_shape?.ints ?? b.slice(2))]
    case 'MaxPool':
    case 'AveragePool':
      return [a[0], a[1], ...windowed(node, a.slice(2), list(node, 'kernel_shape', a.length - 2, 1))]
    case 'GlobalAveragePool':
    case 'GlobalMaxPool':
      return [a[0], a[1], ...a.slice(2).map(() => 1)]
    case 'Gemm': {
      if (!b) return undefined
      return [first(node, 'transA', 0) ? a[1] : a[0], first(node, 'transB', 0) ? b[0] : b[1]]
    }
    case 'MatMul': {
      if (!b || a.length === 0 || b.length < 2) return undefined
      return [...broadcast(a.slice(0, -2), b.slice(0, -2)), ...(a.length > 1 ? [a[a.length - 2]] : []), b[b.length - 1]]
    }
    case 'Flatten': {
      const axis = first(node, 'axis', 1)
      return [elementsOf(a.slice(0, axis)), elementsOf(a.slice(axis))]
    }
    case 'Reshape': {
      const target = values[1]
      if (!target) return undefined
      const kept = target.map((length, i) => (length === 0 ? (a[i] ?? 1) : length))
      const known = kept.filter((length) => length > 0).reduce((product, length) => product * length, 1)
      return kept.map((length) => (length < 0 ? elementsOf(a) / known : length))
    }
    case 'Transpose': {
      const order = node.attributes.perm?.ints ?? []
      return order.length === a.length ? order.map((at) => a[at]) : [...a].reverse()
    }
    case 'Concat': {
      if (shapes.some((shape) => shape === undefined)) return undefined
      const axis = first(node, 'axis', 0)
      const at = axis < 0 ? a.length + axis : axis
      return a.map((length, i) => (i === at ? shapes.reduce((sum, shape) => sum + (shape?.[i] ?? 0), 0) : length))
    }
    case 'Squeeze':
    case 'Unsqueeze': {
      const axes = values[1] ?? node.attributes.axes?.ints
      if (!axes) return node.kind === 'Squeeze' ? a.filter((length) => length !== 1) : undefined
      const rank = a.length + (node.kind === 'Unsqueeze' ? axes.length : 0)
      const at = new Set(axes.map((axis) => (axis < 0 ? rank + axis : axis)))
      if (node.kind === 'Squeeze') return a.filter((_, i) => !at.has(i))
      const rest = [...a]
      return Array.from({ length: rank }, (_, i) => (at.has(i) ? 1 : (rest.shift() ?? 1)))
    }
    default:
      if (/Normalization$/.test(node.kind)) return a
      if (ELEMENTWISE.has(node.kind))
        return shapes.reduce<TensorShape | undefined>((so, shape) => (so && shape ? broadcast(so, shape) : (so ?? shape)), a)
      return undefined
  }
}

/** Operators whose output has the shape of what they read, broadcast. */
const ELEMENTWISE: ReadonlySet<string> = new Set([
  ...['Add', 'Sub', 'Mul', 'Div', 'Pow', 'Sum', 'Max', 'Min', 'Where', 'Equal', 'Greater', 'Less', 'And', 'Or', 'PRelu'],
  ...['Relu', 'LeakyRelu', 'Elu', 'Selu', 'Sigmoid', 'Tanh', 'Softmax', 'LogSoftmax', 'HardSigmoid', 'HardSwish', 'Clip', 'Erf', 'Gelu'],
  ...['Identity', 'Dropout', 'Cast', 'Neg', 'Abs', 'Exp', 'Log', 'Sqrt', 'Reciprocal', 'Floor', 'Ceil', 'Round', 'LRN', 'Not', 'Softplus']
])
const NO_WORK: ReadonlySet<string> = new Set(
  'Reshape Flatten Transpose Concat Identity Dropout Squeeze Unsqueeze Cast Constant TensorShape Gather Slice Split Expand Pad'.split(' ')
)

/** Operations of one inference, a multiplication and an addition as two; of what is not known, one an element. */
export function operationsOf(node: OnnxNode, shapes: readonly (TensorShape | undefined)[], output: TensorShape): number {
  const [a, b] = shapes
  const size = elementsOf(output)
  if (node.kind === 'Conv' && b) return 2 * size * elementsOf(b.slice(1))
  if (node.kind === 'ConvTranspose' && a && b) return 2 * elementsOf(a) * elementsOf(b.slice(1))
  if (node.kind === 'Gemm' && a) return 2 * size * (first(node, 'transA', 0) ? a[0] : a[1])
  if (node.kind === 'MatMul' && a) return 2 * size * a[a.length - 1]
  if (node.kind === 'MaxPool' || node.kind === 'AveragePool') return size * elementsOf(list(node, 'kernel_shape', 0, 1))
  if (/^Global|^Reduce/.test(node.kind)) return a ? elementsOf(a) : size
  if (/Softmax$/.test(node.kind)) return 3 * size
  if (/Normalization$/.test(node.kind)) return (node.kind === 'BatchNormalization' ? 2 : 5) * size
  return NO_WORK.has(node.kind) ? 0 : size
}
