import '../services/schemas'
import type { Fault } from '@shared/experiment/experiment'
import { type Decode, decodedText, isOnnx, parseBytes, type Read, recognise, sentencesOf, stemOf, writeWorkload } from '@shared/formats'
import type { Workload } from '@shared/model/workload'
import { bytes } from '@shared/format'
import { text } from '../ui/text'

/** Of a file of text. What is kept of it travels in pieces where it is long. */
const MOST_TEXT_BYTES = 20_000_000
/** Of a network with its weights, which are passed over. */
const MOST_MODEL_BYTES = 500_000_000

export interface ToRead {
  file: Blob
  name: string
  /** The device that imported workflows belong to. */
  device: string
}

/** A document as it was read; workflows and topologies of any format as our own, with what was assumed of them. */
export type Document = { format: string; title: string; value: unknown; workload?: Workload; assumed: readonly string[] }
export type FileReading = { faults: readonly Fault[] } | Document

const refusal = (message: string): FileReading => ({ faults: [{ path: '', message }] })

/** Why a file of this many bytes is not even looked at. */
export const tooLarge = (size: number, most: number): Fault => ({ path: '', message: text.opening.tooLarge(bytes(size), bytes(most)) })

const decode: Decode = (part, encoding) => new TextDecoder(encoding, { fatal: true }).decode(part)

export const textInBuffer = (content: ArrayBuffer): Read<string> => decodedText(new Uint8Array(content), decode)

/** A file's document, in any text format. Takes a while for large ones: see readApart. */
export async function readGiven({ file, name, device }: ToRead): Promise<FileReading> {
  const most = isOnnx(new Uint8Array(await file.slice(0, 8).arrayBuffer())) ? MOST_MODEL_BYTES : MOST_TEXT_BYTES
  if (file.size > most) return { faults: [tooLarge(file.size, most)] }
  const parsed = parseBytes(new Uint8Array(await file.arrayBuffer()), decode)
  if (!parsed.ok) return { faults: parsed.faults }
  const format = recognise(parsed.value)
  if (!format) return refusal(text.opening.unknown)
  const { id, title, documents } = format
  if (!format.readWorkload) {
    if (documents || !format.restate) return { format: id, title, value: parsed.value, assumed: [] }
    const restated = format.restate(parsed.value, { device })
    if (!restated.ok) return { faults: restated.faults }
    const value = namedBy(restated.value as Restated, stemOf(name))
    return { format: id, title, value, assumed: [value, value.topology, value.workload].flatMap((part) => sentencesOf(part?.note)) }
  }
  const read = format.readWorkload(parsed.value, { device })
  if (!read.ok) return { faults: read.faults }
  const workload = { ...read.value, name: nameOf(read.value.name, id, name) }
  const kept = writeWorkload(workload)
  const size = JSON.stringify(kept).length
  return size > MOST_TEXT_BYTES
    ? refusal(text.opening.workloadTooLarge(bytes(size), bytes(MOST_TEXT_BYTES)))
    : { format: id, title, value: kept, workload, assumed: documents ? [] : sentencesOf(workload.note) }
}

/** A document of ours that another's was restated as, as far as it says what was assumed. */
interface Restated {
  name: string
  note?: string
  topology?: { note?: string }
  workload?: { note?: string }
}

/** Under its file's name where all files of its format bear the same. */
function namedBy(restated: Restated, stem: string): Restated {
  return GENERAL_NAMES.has(restated.name) ? { ...restated, name: stem } : restated
}

const GENERAL_NAMES: ReadonlySet<string> = new Set([
  'GraphML',
  'GML',
  'table',
  'EdgeSimPy dataset',
  'RayCloudSim',
  'SAGA network',
  'test',
  'G'
])
const GENERAL_WORKLOADS: ReadonlySet<string> = new Set(['mrlco', 'raycloudsim-tasks', 'saga-tasks'])

/** A graph's file names it better than its format does. */
function nameOf(own: string, format: string, file: string): string {
  return GENERAL_WORKLOADS.has(format) || own === 'test' ? stemOf(file) : own
}
