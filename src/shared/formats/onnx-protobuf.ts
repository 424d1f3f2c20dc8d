/**
 * The fields of ONNX's Protocol Buffers (onnx.proto, IR version 3 and later) that tell the shapes and work of its operators. Weights are
 * passed over: of an initialiser only its name, type and dimensions are kept.
 */

export class OnnxFault extends Error {}

interface OnnxTensor {
  name: string
  type: number
  /** Lengths; undefined where the model leaves one open. */
  shape: (number | undefined)[]
}
export interface OnnxAttribute {
  ints: number[]
  i?: number
  s?: string
  /** A small tensor of whole numbers, as constants of shapes are. */
  values?: number[]
}
export interface OnnxNode {
  name: string
  kind: string
  inputs: string[]
  outputs: string[]
  attributes: Record<string, OnnxAttribute>
}
/** What is kept of a model, as plain data. */
export interface OnnxModel {
  format: 'onnx'
  name: string
  nodes: OnnxNode[]
  inputs: OnnxTensor[]
  outputs: string[]
  /** Initialisers, and values whose shape the model states. */
  weights: (OnnxTensor & { values?: number[] })[]
  stated: OnnxTensor[]
}

/** Values of constants are kept up to this many: shapes have no more. */
const MOST_VALUES = 64
const MOST_FIELDS = 5_000_000

interface Field {
  number: number
  /** Of varints and fixed numbers. */
  value: number
  bytes?: Uint8Array
}

/** One budget for all messages of a file, so that nothing is read for ever. */
class Wire {
  constructor(private left = MOST_FIELDS) {}

  *fields(bytes: Uint8Array): Generator<Field> {
    let at = 0
    const varint = (): number => {
      let value = 0
      for (let shift = 1, i = 0; i < 10; i++, shift *= 128) {
        if (at >= bytes.length) throw new OnnxFault('a field is cut off')
        const byte = bytes[at++]
        // The tenth byte and those before it are of negative numbers, which are dimensions of -1.
        value += (byte & 127) * shift
        if (byte < 128) return value >= 2 ** 63 ? value - 2 ** 64 : value
      }
      throw new OnnxFault('a number is too long')
    }
    while (at < bytes.length) {
      if (--this.left < 0) throw new OnnxFault('it holds too many fields')
      const key = varint()
      const number = Math.floor(key / 8)
      const type = key % 8
      if (type === 0) yield { number, value: varint() }
      else if (type === 2) {
        const length = varint()
        if (length < 0 || at + length > bytes.length) throw new OnnxFault('a field is longer than the file')
        yield { number, value: Number.NaN, bytes: bytes.subarray(at, at + length) }
        at += length
      } else if (type === 5 || type === 1) {
        const length = type === 5 ? 4 : 8
        if (at + length > bytes.length) throw new OnnxFault('a field is cut off')
        at += length
        yield { number, value: Number.NaN }
      } else throw new OnnxFault(`a field has the type ${type}, which ONNX does not use`)
    }
  }

  /** Numbers of a repeated field, packed or one by one. */
  numbers({ bytes, value }: Field, into: number[]): void {
    if (!bytes) return void into.push(value)
    for (let at = 0; at < bytes.length && into.length < 10_000; ) {
      let number = 0
      let shift = 1
      for (;;) {
        const byte = bytes[at++]
        if (byte === undefined) throw new OnnxFault('a list of numbers is cut off')
        number += (byte & 127) * shift
        shift *= 128
        if (byte < 128) break
        if (shift > 2 ** 70) throw new OnnxFault('a number is too long')
      }
      into.push(number >= 2 ** 63 ? number - 2 ** 64 : number)
    }
  }
}

/** UTF-8; what is not UTF-8 letter by letter, as names of one file must only differ from each other. */
function textOf(bytes: Uint8Array | undefined): string {
  if (!bytes) return ''
  const codes = Array.from(bytes.subarray(0, 10_000), (byte) => byte.toString(16).padStart(2, '0'))
  try {
    return decodeURIComponent(codes.map((code) => `%${code}`).join(''))
  } catch {
    // Not UTF-8.
    return codes.map((code) => String.fromCharCode(Number.parseInt(code, 16))).join('')
  }
}

/** A model of ONNX. Throws OnnxFault. */
export function readOnnxModel(bytes: Uint8Array): OnnxModel {
  const wire = new Wire()
  for (const field of wire.fields(bytes)) if (field.number === 7 && field.bytes) return graphOf(field.bytes, wire)
  throw new OnnxFault('it holds no graph')
}

function graphOf(bytes: Uint8Array, wire: Wire): OnnxModel {
  const model: OnnxModel = { format: 'onnx', name: '', nodes: [], inputs: [], outputs: [], weights: [], stated: [] }
  for (const { number, bytes: inner } of wire.fields(bytes)) {
    if (!inner) continue
    if (number === 1) model.nodes.push(nodeOf(inner, wire))
    else if (number === 2) model.name = textOf(inner)
    else if (number === 5) model.weights.push(tensorOf(inner, wire))
    else if (number === 11) model.inputs.push(valueInfoOf(inner, wire))
    else if (number === 12) {
      const output = valueInfoOf(inner, wire)
      model.outputs.push(output.name)
      model.stated.push(output)
    } else if (number === 13) model.stated.push(valueInfoOf(inner, wire))
  }
  return model
}

function nodeOf(bytes: Uint8Array, wire: Wire): OnnxNode {
  const node: OnnxNode = { name: '', kind: '', inputs: [], outputs: [], attributes: {} }
  for (const { number, bytes: inner } of wire.fields(bytes)) {
    if (number === 1) node.inputs.push(textOf(inner))
    else if (number === 2) node.outputs.push(textOf(inner))
    else if (number === 3) node.name = textOf(inner)
    else if (number === 4) node.kind = textOf(inner)
    else if (number === 5 && inner) {
      const [name, attribute] = attributeOf(inner, wire)
      if (name !== '__proto__') node.attributes[name] = attribute
    }
  }
  return node
}

function attributeOf(bytes: Uint8Array, wire: Wire): [string, OnnxAttribute] {
  const attribute: OnnxAttribute = { ints: [] }
  let name = ''
  for (const field of wire.fields(bytes)) {
    if (field.number === 1) name = textOf(field.bytes)
    else if (field.number === 3) attribute.i = field.value
    else if (field.number === 4) attribute.s = textOf(field.bytes)
    else if (field.number === 5 && field.bytes) attribute.values = tensorOf(field.bytes, wire).values
    else if (field.number === 8) wire.numbers(field, attribute.ints)
  }
  return [name, attribute]
}

function tensorOf(bytes: Uint8Array, wire: Wire): OnnxTensor & { values?: number[] } {
  const shape: number[] = []
  const values: number[] = []
  let [type, name] = [0, '']
  let raw: Uint8Array | undefined
  for (const field of wire.fields(bytes)) {
    if (field.number === 1) wire.numbers(field, shape)
    else if (field.number === 2) type = field.value
    else if (field.number === 7) wire.numbers(field, values)
    else if (field.number === 8) name = textOf(field.bytes)
    else if (field.number === 9) raw = field.bytes
  }
  // INT64, as shapes are.
  if (type === 7 && raw && raw.length <= 8 * MOST_VALUES && raw.length % 8 === 0) {
    const view = new DataView(raw.buffer, raw.byteOffset, raw.byteLength)
    for (let at = 0; at < raw.length; at += 8) values.push(Number(view.getBigInt64(at, true)))
  }
  return { name, type, shape, ...(type === 7 && values.length <= MOST_VALUES && { values }) }
}

/** ValueInfoProto: a name and, of a tensor, its element type and dimensions. */
function valueInfoOf(bytes: Uint8Array, wire: Wire): OnnxTensor {
  const tensor: OnnxTensor = { name: '', type: 0, shape: [] }
  for (const field of wire.fields(bytes)) {
    if (field.number === 1) tensor.name = textOf(field.bytes)
    if (field.number !== 2 || !field.bytes) continue
    for (const type of wire.fields(field.bytes)) {
      if (type.number !== 1 || !type.bytes) continue
      for (const part of wire.fields(type.bytes)) {
        if (part.number === 1) tensor.type = part.value
        if (part.number !== 2 || !part.bytes) continue
        for (const { number, bytes: dimension } of wire.fields(part.bytes)) {
          if (number !== 1 || !dimension) continue
          let length: number | undefined
          for (const each of wire.fields(dimension)) if (each.number === 1) length = each.value
          tensor.shape.push(length)
        }
      }
    }
  }
  return tensor
}
