import '../services/schemas'
import type { Fault } from '@shared/experiment/experiment'
import { encodingOf, FORMATS, type Format, isOnnx } from '@shared/formats'
import type { GivenFile } from '../services/files'
import { text } from '../ui/text'
import { readApart } from './background'
import { type Document, tooLarge } from './reading'

/** Enough to tell any kind of file by: a policy's card stands at its beginning. */
const HEAD_BYTES = 64 * 1024
/** Of a policy, which goes to the program within one message. */
const MOST_POLICY_BYTES = 1_000_000

/** What a policy's file says of itself at its beginning. */
export interface PolicyHead {
  places: number
  tasks: number
}

/** What a file is, by what it holds and not by what it is called. */
export type Content =
  /** What the program says of: a zip, or an event file of TensorBoard. */
  | { kind: 'sent' }
  | { kind: 'policy'; head: PolicyHead }
  | { kind: 'document'; format: Format; document: Document }
  | { kind: 'fault'; faults: readonly Fault[] }

const fault = (message: string): Content => ({ kind: 'fault', faults: [{ path: '', message }] })

export async function contentOf(file: GivenFile): Promise<Content> {
  if (file.size === 0) return fault(text.opening.empty)
  const head = await file.head(HEAD_BYTES)
  // Every zip begins so; whether it is a bundle, the program says.
  if ((head[0] === 0x50 && head[1] === 0x4b && head[2] <= 8) || isEventFile(head)) return { kind: 'sent' }
  const policy = policyHeadOf(head)
  if (policy)
    return file.size > MOST_POLICY_BYTES
      ? { kind: 'fault', faults: [tooLarge(file.size, MOST_POLICY_BYTES)] }
      : { kind: 'policy', head: policy }
  // No text holds a NUL, but where each of its characters is two bytes; models of ONNX do.
  if (encodingOf(head) === 'utf-8' && head.includes(0) && !isOnnx(head)) return fault(text.opening.unknown)
  const document = await readApart({ file: await file.content(), name: file.name, device: 'device' })
  if ('faults' in document) return { kind: 'fault', faults: document.faults }
  const format = FORMATS.find(({ id }) => id === document.format)
  return format ? { kind: 'document', format, document } : fault(text.opening.unknown)
}

const FIRST_EVENT = new TextEncoder().encode('brain.Event:')

/** Whether a file's first record names the version of its events, as those of TensorBoard do. */
export function isEventFile(head: Uint8Array): boolean {
  for (let at = 12; at < 48; at++) if (FIRST_EVENT.every((byte, i) => head[at + i] === byte)) return true
  return false
}

/** The head of a policy: its length, then JSON. Undefined where the bytes begin with none. */
export function policyHeadOf(head: Uint8Array): PolicyHead | undefined {
  if (head.length < 8) return undefined
  const length = new DataView(head.buffer, head.byteOffset, head.byteLength).getUint32(0, true)
  if (length < 2 || 4 + length > head.length) return undefined
  try {
    const { data } = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(head.subarray(4, 4 + length)))
    if (data?.format !== 'dmro-policy/1') return undefined
    return { places: Number(data.shape?.places) || 0, tasks: Number(data.shape?.tasks) || 0 }
  } catch {
    return undefined
  }
}
