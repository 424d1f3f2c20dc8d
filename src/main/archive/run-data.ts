import { pack, type PackedArray, unpack } from '../learn/packing'
import { bad } from './errors'

/** A curve as a bundle holds it. */
interface BundledCurve {
  steps: Float64Array
  values: Float64Array
}

/** The numbers of a run: every curve, the values of single workflows, the policy, the state to resume from. */
export interface RunData {
  curves: ReadonlyMap<string, BundledCurve>
  values?: { gaps: number[]; costs: number[] }
  policy?: Uint8Array
  checkpoint?: Uint8Array
}

const FORMAT = 'dmro-run-data/1'
/** A plain view: what comes out of the database is of Node's own kind. */
const plain = (bytes: Uint8Array) => new Uint8Array(bytes.buffer, bytes.byteOffset, bytes.byteLength)

/**
 * Packed as policies are: the header's length (u32), the header as JSON with each array's type, offset and length, then the
 * arrays, little-endian, on 8-byte borders.
 */
export function packRunData({ curves, values, policy, checkpoint }: RunData): Uint8Array {
  const arrays: Record<string, PackedArray> = {}
  for (const [metric, { steps, values: points }] of curves) {
    arrays[`steps/${metric}`] = steps
    arrays[`values/${metric}`] = points
  }
  if (values) {
    arrays.gaps = Float64Array.from(values.gaps)
    arrays.costs = Float64Array.from(values.costs)
  }
  if (policy) arrays.policy = plain(policy)
  if (checkpoint) arrays.checkpoint = plain(checkpoint)
  return pack({ data: { format: FORMAT }, arrays })
}

/** The curves of `metrics` and whatever else is there. Throws BadBundleError. */
export function unpackRunData(bytes: Uint8Array, metrics: readonly string[], path: string): RunData {
  const arrays = new Map(Object.entries(unpacked(bytes, path)))
  const take = <T extends PackedArray>(key: string, Type: new (...given: never[]) => T): T | undefined => {
    const array = arrays.get(key)
    arrays.delete(key)
    if (array === undefined || array instanceof Type) return array as T | undefined
    throw bad(path, `holds "${key}" in the wrong number type`)
  }
  const curves = new Map<string, BundledCurve>()
  for (const metric of metrics) {
    const steps = take(`steps/${metric}`, Float64Array)
    const values = take(`values/${metric}`, Float64Array)
    if (!steps || !values) throw bad(path, `lacks the curve "${metric}"`)
    if (steps.length !== values.length || !steps.every((step, i) => Number.isFinite(step) && step >= (steps[i - 1] ?? step)))
      throw bad(path, `holds a curve "${metric}" whose learn steps do not ascend or have no values`)
    curves.set(metric, { steps, values })
  }
  const gaps = take('gaps', Float64Array)
  const costs = take('costs', Float64Array)
  if (gaps?.length !== costs?.length) throw bad(path, 'holds gaps and costs of different numbers of workflows')
  const policy = take('policy', Uint8Array)
  const checkpoint = take('checkpoint', Uint8Array)
  const [unknown] = arrays.keys()
  if (unknown !== undefined) throw bad(path, `holds "${unknown.slice(0, 60)}", which its record does not know`)
  return {
    curves,
    ...(gaps && costs && { values: { gaps: [...gaps], costs: [...costs] } }),
    ...(policy && { policy }),
    ...(checkpoint && { checkpoint })
  }
}

function unpacked(bytes: Uint8Array, path: string): Record<string, PackedArray> {
  try {
    const { data, arrays } = unpack(bytes)
    if (typeof data === 'object' && data !== null && 'format' in data && data.format === FORMAT) return arrays
  } catch (error) {
    if (!(error instanceof RangeError)) throw error
  }
  throw bad(path, `is not in the format ${FORMAT}`)
}
