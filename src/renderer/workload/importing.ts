import type { Fault } from '@shared/experiment/experiment'
import { parseDocument, recognise } from '@shared/formats'
import type { Workload } from '@shared/model/workload'
import { text } from '../ui/text'

const words = text.workloads

/** What a file came to: its workload, or everything that is wrong with it. */
export type Imported = { workload: Workload } | { faults: readonly Fault[] }

/** A workload from a file's text in any format that holds one; imported workflows belong to `device`. */
export function importWorkload(written: string, fileName: string, device: string): Imported {
  const parsed = parseDocument(written)
  if (!parsed.ok) return { faults: parsed.faults }
  const format = recognise(parsed.value)
  if (!format?.readWorkload) {
    const message = format ? words.noWorkload(format.title) : words.unknownFormat
    return { faults: [{ path: '$', message }] }
  }
  const read = format.readWorkload(parsed.value, { device })
  if (!read.ok) return { faults: read.faults }
  // A graph's file names it better than its format does.
  const name = format.id === 'mrlco' || read.value.name === 'test' ? fileName.replace(/\.\w+$/, '') : read.value.name
  return { workload: { ...read.value, name } }
}
