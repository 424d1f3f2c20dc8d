import { elementsOf, type TensorShape } from './layers'
import { partsOf } from './read'

/** What Keras's layers give and how much they compute, from their configuration and the shapes they read. Shapes are without the batch. */

export interface Computed {
  shape: TensorShape
  operations: number
  /** Said where a layer is not known: its shape and work are guessed. */
  guess?: string
}
type Config = Readonly<Record<string, unknown>>

/** A number, or a pair of them, as Keras lets either be written. */
function pair(value: unknown, fallback: number, dimensions: number): number[] {
  const list = Array.isArray(value) ? value : Array.from({ length: dimensions }, () => value)
  return Array.from({ length: dimensions }, (_, i) => {
    const each: unknown = list[i]
    return typeof each === 'number' && each > 0 ? each : fallback
  })
}

const channelsFirst = ({ data_format: order }: Config) => order === 'channels_first' || order === 'channelsFirst'

/** Lengths of space and number of channels. */
function split(shape: TensorShape, config: Config): { space: number[]; channels: number } {
  return channelsFirst(config)
    ? { channels: shape[0], space: shape.slice(1) }
    : { channels: shape[shape.length - 1], space: shape.slice(0, -1) }
}
const joined = (space: readonly number[], channels: number, config: Config): TensorShape =>
  channelsFirst(config) ? [channels, ...space] : [...space, channels]

/** Lengths after a window has passed over: as Keras pads "same" and "valid". */
function windowed(space: readonly number[], windows: readonly number[], config: Config, defaultStrides: readonly number[]): number[] {
  const strides = pair(config.strides, 1, space.length).map((stride, i) => (config.strides == null ? defaultStrides[i] : stride))
  const dilations = pair(config.dilation_rate, 1, space.length)
  return space.map((length, i) => {
    if (config.padding === 'same') return Math.ceil(length / strides[i])
    return Math.max(0, Math.floor((length - (dilations[i] * (windows[i] - 1) + 1)) / strides[i]) + 1)
  })
}

const number = (value: unknown, fallback: number) => (typeof value === 'number' && Number.isFinite(value) && value >= 0 ? value : fallback)

function convolution(kind: string, shape: TensorShape, config: Config): Computed {
  const { space, channels } = split(shape, config)
  const windows = pair(config.kernel_size, 1, space.length)
  const window = elementsOf(windows)
  const filters = number(config.filters, channels)
  if (/Transpose$/.test(kind)) {
    const strides = pair(config.strides, 1, space.length)
    const larger = space.map((length, i) =>
      config.padding === 'same' ? length * strides[i] : length * strides[i] + Math.max(windows[i] - strides[i], 0)
    )
    return { shape: joined(larger, filters, config), operations: 2 * elementsOf(space) * channels * window * filters }
  }
  const smaller = windowed(
    space,
    windows,
    config,
    space.map(() => 1)
  )
  const places = elementsOf(smaller)
  const multiplier = number(config.depth_multiplier, 1)
  if (/^Depthwise/.test(kind))
    return { shape: joined(smaller, channels * multiplier, config), operations: 2 * places * channels * multiplier * window }
  if (/^Separable/.test(kind))
    return { shape: joined(smaller, filters, config), operations: 2 * places * channels * multiplier * (window + filters) }
  return { shape: joined(smaller, filters, config), operations: (2 * places * filters * channels * window) / number(config.groups, 1) }
}

/** Operations an element of what a layer gives, of layers that work on each by itself. */
const EACH: Readonly<Record<string, number>> = {
  Activation: 1,
  ReLU: 1,
  LeakyReLU: 1,
  PReLU: 2,
  ELU: 2,
  Softmax: 3,
  BatchNormalization: 2,
  LayerNormalization: 5,
  Rescaling: 2,
  Normalization: 2,
  Dropout: 0,
  SpatialDropout1D: 0,
  SpatialDropout2D: 0,
  GaussianNoise: 0,
  Masking: 0
}
const MERGES: ReadonlySet<string> = new Set(['Add', 'Subtract', 'Multiply', 'Average', 'Maximum', 'Minimum'])

/** What a layer gives and computes. Undefined where its inputs do not fit it. */
export function computedBy(kind: string, config: Config, shapes: readonly TensorShape[]): Computed | undefined {
  const [shape] = shapes
  if (shape === undefined || shape.length === 0) return undefined
  const size = elementsOf(shape)
  if (Object.hasOwn(EACH, kind)) return { shape, operations: EACH[kind] * size }
  if (kind === 'Dense') {
    const units = number(config.units, 1)
    return { shape: [...shape.slice(0, -1), units], operations: 2 * size * units }
  }
  if (/^(?:Depthwise|Separable)?Conv[123]D(?:Transpose)?$/.test(kind)) return convolution(kind, shape, config)
  if (/^(?:Max|Average)Pooling[123]D$/.test(kind)) {
    const { space, channels } = split(shape, config)
    const windows = pair(config.pool_size, 2, space.length)
    const after = joined(windowed(space, windows, config, windows), channels, config)
    return { shape: after, operations: elementsOf(after) * elementsOf(windows) }
  }
  if (/^Global(?:Max|Average)Pooling[123]D$/.test(kind)) {
    const { space, channels } = split(shape, config)
    return {
      shape:
        config.keepdims === true
          ? joined(
              space.map(() => 1),
              channels,
              config
            )
          : [channels],
      operations: size
    }
  }
  if (kind === 'Flatten') return { shape: [size], operations: 0 }
  if (kind === 'Reshape' && Array.isArray(config.target_shape)) {
    const target = config.target_shape.map((length) => number(length, -1))
    const known = target.filter((length) => length >= 0).reduce((product, length) => product * length, 1)
    return { shape: target.map((length) => (length < 0 ? size / known : length)), operations: 0 }
  }
  if (kind === 'Permute' && Array.isArray(config.dims))
    return { shape: config.dims.map((at) => shape[number(at, 1) - 1] ?? 1), operations: 0 }
  if (kind === 'RepeatVector') return { shape: [number(config.n, 1), ...shape], operations: 0 }
  if (MERGES.has(kind))
    return { shape: shapes.reduce((a, b) => (elementsOf(b) > elementsOf(a) ? b : a)), operations: size * (shapes.length - 1) }
  if (kind === 'Concatenate') {
    const axis = number(config.axis, -1) < 1 ? shape.length - 1 : number(config.axis, 1) - 1
    return { shape: shape.map((length, i) => (i === axis ? shapes.reduce((sum, each) => sum + (each[i] ?? 0), 0) : length)), operations: 0 }
  }
  if (/^ZeroPadding[12]D$/.test(kind) || /^UpSampling[12]D$/.test(kind)) {
    const { space, channels } = split(shape, config)
    if (kind.startsWith('Up'))
      return {
        shape: joined(
          space.map((length, i) => length * pair(config.size, 2, space.length)[i]),
          channels,
          config
        ),
        operations: 0
      }
    const around = Array.isArray(config.padding) ? config.padding : space.map(() => config.padding)
    const added = around.map((each) => (Array.isArray(each) ? number(each[0], 1) + number(each[1], 1) : 2 * number(each, 1)))
    return {
      shape: joined(
        space.map((length, i) => length + (added[i] ?? 0)),
        channels,
        config
      ),
      operations: 0
    }
  }
  if (kind === 'Embedding') return { shape: [...shape, number(config.output_dim, 1)], operations: 0 }
  if (kind === 'LSTM' || kind === 'GRU' || kind === 'SimpleRNN') {
    const units = number(config.units, 1)
    const [steps, features] = shape.length > 1 ? [shape[0], shape[1]] : [1, shape[0]]
    const gates = kind === 'LSTM' ? 4 : kind === 'GRU' ? 3 : 1
    return {
      shape: config.return_sequences === true ? [steps, units] : [units],
      operations: 2 * gates * steps * units * (features + units)
    }
  }
  return { shape, operations: size, guess: kind }
}

/** The shape that a layer says it reads, without the batch; undefined where it does not say, or leaves lengths open. */
export function statedShape(config: unknown): TensorShape | undefined {
  const { batch_input_shape, batch_shape, batchInputShape, input_shape } = partsOf(config)
  const whole = batch_input_shape ?? batch_shape ?? batchInputShape
  const shape: unknown = Array.isArray(whole) ? whole.slice(1) : input_shape
  return Array.isArray(shape) && shape.length > 0 && shape.length < 8 && shape.every((length) => typeof length === 'number' && length > 0)
    ? shape
    : undefined
}
