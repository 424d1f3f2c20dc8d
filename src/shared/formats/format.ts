import { z } from 'zod'
import type { AlgorithmCard } from '../algorithms/card'
import type { Execution } from '../model/scenario'
import type { Topology } from '../model/topology'
import type { Workload } from '../model/workload'
import type { Read } from './read'
import type { NamedPart } from './library-version'

/** The parts of a document that may stand in it by name. */
export type PartKind = 'topology' | 'workload' | 'scenario' | 'environments'

/** What a name or a version in a document stands for; undefined where there is none of that kind. May throw with its own account. */
export type Resolve = (part: NamedPart, kind: PartKind) => unknown

/** What a document is read with. */
export interface Reading {
  resolve?: Resolve
  /** The algorithms there are; without it, names and parameters of algorithms are not checked. */
  catalogue?: readonly AlgorithmCard[]
  /** The device that imported workflows belong to. */
  device?: string
  /** What imported workflows are for: some formats mean other numbers by their fields under another execution. */
  execution?: Execution
}

/** The name a document bears, and what each field of it may be. Further rules are checked by its reader. */
export interface DocumentVersion {
  name: string
  schema: z.ZodType
}

/** A file format: how it is told from others, and how its documents are read. */
export interface Format {
  /** Its name after `lab import --as`. */
  id: string
  title: string
  /** Its versions, oldest first, of our own formats. */
  documents?: readonly DocumentVersion[]
  recognises(value: unknown): boolean
  /** Of formats other than JSON: why a text is not in this one, in a clause; undefined where it is. */
  whyNot?(text: string): string | undefined
  /** Of texts that say by their beginning what they are: whether this one is in the format, whole or not. */
  claims?(text: string): boolean
  /** The document as our own format states it: defaults filled in, names resolved. Absent where one makes no sense alone. */
  restate?(value: unknown, reading: Reading): Read<object>
  /** Its workflows, of formats that hold nothing else. */
  readWorkload?(value: unknown, reading: Reading): Read<Workload>
  /** Its topology, of formats that hold nothing else. Of formats of others the note says what is assumed and what is left out. */
  readTopology?(value: unknown): Read<Topology>
}

/** Stands in a schema where a document of another format may: itself, by its name, or as a version of the library. Its own reader reads it. */
export const part = (kind: PartKind) => z.unknown().meta({ part: kind })

/** Recognises documents that name their format, as ours do. */
export const names =
  (...formats: string[]) =>
  (value: unknown) =>
    typeof value === 'object' && value !== null && 'format' in value && formats.some((format) => format === value.format)

/** Recognises texts by the beginning that their format claims. */
export const claimedText =
  (claims: (text: string) => boolean) =>
  (value: unknown): boolean =>
    typeof value === 'string' && claims(value)

/** What was read, written by `write`. */
export function restated<T>(read: Read<T>, write: (value: T) => object): Read<object> {
  return read.ok ? { ok: true, value: write(read.value) } : read
}
