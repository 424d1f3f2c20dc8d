import { ProtoReader } from './proto-reader'

/** What of TensorFlow's event messages (event.proto, summary.proto, tensor.proto, hparams' plugin_data.proto) makes curves and parameters. */

export interface SummaryValue {
  tag: string
  scalar?: number
  text?: string
  /** Named by the first value of a tag alone. */
  plugin?: string
  /** What the plugin wrote of its own. */
  content?: Uint8Array
  /** What else the value is, where no plugin says. */
  other?: string
}

const OTHERS: Readonly<Record<number, string>> = { 4: 'images', 5: 'histograms', 6: 'audio' }

/** Throws ProtoFault. */
export function summaryValue(message: ProtoReader): SummaryValue {
  const value: SummaryValue = { tag: '' }
  while (message.next()) {
    if (message.number === 1) value.tag = message.text()
    else if (message.number === 2) value.scalar = message.float()
    else if (message.number === 8) Object.assign(value, tensorOf(message.message()))
    else if (message.number === 9) Object.assign(value, pluginOf(message.message()))
    else if (OTHERS[message.number]) value.other = OTHERS[message.number]
  }
  return value
}

function pluginOf(metadata: ProtoReader): Pick<SummaryValue, 'plugin' | 'content'> {
  const found: Pick<SummaryValue, 'plugin' | 'content'> = {}
  while (metadata.next()) {
    if (metadata.number !== 1) continue
    for (const data = metadata.message(); data.next(); ) {
      if (data.number === 1) found.plugin = data.text()
      else if (data.number === 2) found.content = data.slice()
    }
  }
  return found
}

/** Numbers of TensorFlow's types, and the field in which each has its values. */
const FLOAT = { type: 1, field: 5 }
const DOUBLE = { type: 2, field: 6 }
const INT = { type: 3, field: 7 }
const STRING = { type: 7, field: 8 }
const INT64 = { type: 9, field: 10 }
const BFLOAT16 = 14
const HALF = 19

/** A tensor of one value: a number, or a text. */
function tensorOf(tensor: ProtoReader): Pick<SummaryValue, 'scalar' | 'text' | 'other'> {
  let type = 0
  let elements = 1
  let content: Uint8Array | undefined
  const values: { field: number; scalar?: number; text?: string }[] = []
  while (tensor.next()) {
    const { number: field, kind } = tensor
    if (field === 1) type = tensor.whole()
    else if (field === 2) elements = elementsOf(tensor.message())
    else if (field === 4) content = tensor.slice()
    else if (values.length < 2 && field === STRING.field) values.push({ field, text: tensor.text() })
    else if (values.length < 2 && (field === FLOAT.field || field === DOUBLE.field)) {
      if (kind === 2) values.push({ field, scalar: packed(tensor.slice(), field === FLOAT.field) })
      else values.push({ field, scalar: field === FLOAT.field ? tensor.float() : tensor.double() })
    } else if (values.length < 2 && (field === INT.field || field === INT64.field)) {
      if (kind === 2) values.push({ field, scalar: firstWhole(tensor.slice()) })
      else values.push({ field, scalar: tensor.whole() })
    }
  }
  if (elements !== 1) return { other: 'tensors' }
  const own = values.find(({ field }) => [FLOAT, DOUBLE, INT, INT64, STRING].some((each) => each.type === type && each.field === field))
  if (own?.text !== undefined) return { text: own.text }
  const scalar = own?.scalar ?? (content && contentOf(type, content))
  return scalar === undefined ? { other: 'tensors' } : { scalar }
}

function elementsOf(shape: ProtoReader): number {
  let elements = 1
  while (shape.next()) {
    if (shape.number !== 2) continue
    for (const dimension = shape.message(); dimension.next(); ) if (dimension.number === 1) elements *= dimension.whole()
  }
  return elements
}

const viewOf = (bytes: Uint8Array) => new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)

function packed(bytes: Uint8Array, isFloat: boolean): number | undefined {
  if (bytes.length < (isFloat ? 4 : 8)) return undefined
  return isFloat ? viewOf(bytes).getFloat32(0, true) : viewOf(bytes).getFloat64(0, true)
}

/** Read as the one field of a message, whose number is put before it. */
function firstWhole(bytes: Uint8Array): number | undefined {
  const reader = new ProtoReader(Buffer.concat([Buffer.of(0x08), bytes]))
  return reader.next() ? reader.whole() : undefined
}

function contentOf(type: number, bytes: Uint8Array): number | undefined {
  const view = viewOf(bytes)
  if (type === FLOAT.type && bytes.length === 4) return view.getFloat32(0, true)
  if (type === DOUBLE.type && bytes.length === 8) return view.getFloat64(0, true)
  if (type === INT.type && bytes.length === 4) return view.getInt32(0, true)
  if (type === INT64.type && bytes.length === 8) return Number(view.getBigInt64(0, true))
  if (type === BFLOAT16 && bytes.length === 2) {
    const wide = new DataView(new ArrayBuffer(4))
    wide.setUint16(0, view.getUint16(0, true))
    return wide.getFloat32(0)
  }
  return type === HALF && bytes.length === 2 ? halfOf(view.getUint16(0, true)) : undefined
}

/** IEEE 754 binary16. */
function halfOf(bits: number): number {
  const sign = bits & 0x8000 ? -1 : 1
  const exponent = (bits >> 10) & 31
  const fraction = bits & 1023
  if (exponent === 31) return fraction === 0 ? sign * Number.POSITIVE_INFINITY : Number.NaN
  return sign * (exponent === 0 ? fraction * 2 ** -24 : (1 + fraction / 1024) * 2 ** (exponent - 15))
}

/** Whether a session log says that the program was started (again) from this step. */
export function startsAgain(log: ProtoReader): boolean {
  let status = 0
  while (log.next()) if (log.number === 1) status = log.whole()
  return status === 1
}

/** Parameters as the plugin for hyperparameters keeps them: the session's start has a map of names to numbers, texts and switches. */
export function sessionParameters(content: Uint8Array): Record<string, string> {
  const found: Record<string, string> = {}
  for (const data = new ProtoReader(content); data.next(); ) {
    if (data.number !== 3) continue
    for (const start = data.message(); start.next(); ) {
      if (start.number !== 1) continue
      let key = ''
      let text = ''
      for (const entry = start.message(); entry.next(); ) {
        if (entry.number === 1) key = entry.text()
        else if (entry.number === 2) text = plainValue(entry.message())
      }
      if (key !== '' && key !== '__proto__') found[key] = text
    }
  }
  return found
}

function plainValue(value: ProtoReader): string {
  let text = ''
  while (value.next()) {
    if (value.number === 2) text = String(value.double())
    else if (value.number === 3) text = value.text()
    else if (value.number === 4) text = value.whole() === 0 ? 'false' : 'true'
  }
  return text
}

/** Longer texts are not a table of parameters. */
const MOST_TABLE_LETTERS = 1_000_000

/** Parameters of a text that is a table of two columns in Markdown, as this lab writes them; undefined where it is none. */
export function textParameters(tag: string, markdown: string): Record<string, string> | undefined {
  if (!/^parameters(\/|$)/.test(tag) || markdown.length > MOST_TABLE_LETTERS) return undefined
  const [head, , ...lines] = markdown.split('\n')
  if (head.trim() !== '| parameter | value |') return undefined
  const found: Record<string, string> = {}
  for (const line of lines) {
    const middle = line.indexOf(' | ', 2)
    if (middle < 0 || !line.startsWith('| ') || !line.endsWith(' |')) continue
    const key = line.slice(2, middle)
    if (key !== '__proto__') found[key] = line.slice(middle + 3, -2).replaceAll('\\|', '|')
  }
  return found
}
