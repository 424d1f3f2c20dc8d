import { parseJson } from '@shared/formats'
import { textInBuffer } from '../opening/reading'

/** A file somebody opened, read but not yet judged: only the program knows the format. */
export interface OpenedDocument {
  file: string
  bytes: number
  content: unknown
}

/** What stands in the way of reading a file as an experiment. */
export type DocumentFault =
  | { kind: 'large'; bytes: number; most: number }
  | { kind: 'syntax'; message: string }
  | { kind: 'unreadable'; message: string }

/** As much as any document that is opened may have. */
export const MOST_OPENED_BYTES = 20_000_000

export async function openExperimentFile(
  file: Pick<File, 'name' | 'size' | 'arrayBuffer'>
): Promise<{ document: OpenedDocument } | { fault: DocumentFault }> {
  if (file.size > MOST_OPENED_BYTES) return { fault: { kind: 'large', bytes: file.size, most: MOST_OPENED_BYTES } }
  let content: ArrayBuffer
  try {
    content = await file.arrayBuffer()
  } catch (error) {
    return { fault: { kind: 'unreadable', message: error instanceof Error ? error.message : String(error) } }
  }
  const written = textInBuffer(content)
  const read = written.ok ? parseJson(written.value) : written
  if (read.ok) return { document: { file: file.name, bytes: file.size, content: read.value } }
  const [{ path, message }] = read.faults
  return { fault: { kind: 'syntax', message: path === '$' ? `it ${message}` : `${path} ${message}` } }
}

/** What a document says of itself, as far as it can be read without knowing the format. */
export interface DocumentSketch {
  name?: string
  scenarios?: number
  algorithms: string[]
  seeds: number[]
  /** Runs of one seed: scenarios × algorithms × every combination of swept values. */
  runsPerSeed: number
}

const isRecord = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null && !Array.isArray(value)

/** How many settings an algorithm's swept values make. */
function combinations(choice: unknown): number {
  if (!isRecord(choice) || typeof choice.id !== 'string') return 0
  const swept = isRecord(choice.parameters) ? Object.values(choice.parameters) : []
  return swept.reduce<number>((product, value) => product * (Array.isArray(value) ? value.length : 1), 1)
}

export function sketchOf(content: unknown): DocumentSketch {
  if (!isRecord(content)) return { algorithms: [], seeds: [], runsPerSeed: 0 }
  const { name, scenarios, algorithms, seeds } = content
  const choices: unknown[] = Array.isArray(algorithms) ? algorithms : []
  return {
    ...(typeof name === 'string' && { name }),
    ...(Array.isArray(scenarios) && { scenarios: scenarios.length }),
    algorithms: choices.flatMap((choice) => (isRecord(choice) && typeof choice.id === 'string' ? [choice.id] : [])),
    seeds: Array.isArray(seeds) ? seeds.filter((seed): seed is number => typeof seed === 'number') : [],
    runsPerSeed: (Array.isArray(scenarios) ? scenarios.length : 0) * choices.reduce<number>((sum, choice) => sum + combinations(choice), 0)
  }
}
