import { count } from '@shared/format'
import { excerpt, ProgramFault } from './fault'

/** Arrays as they travel in a line of JSON: little-endian numbers in base64, beside their type and shape. */
export interface WiredArray {
  dtype: 'float32' | 'int32' | 'uint8'
  shape: number[]
  data: string
}

type Numbers = Float32Array | Int32Array | Uint8Array

const TYPES = { float32: Float32Array, int32: Int32Array, uint8: Uint8Array } as const

/** Writes an array [shape]. */
export function wired(array: Numbers, ...shape: number[]): WiredArray {
  const dtype = array instanceof Float32Array ? 'float32' : array instanceof Int32Array ? 'int32' : 'uint8'
  return { dtype, shape, data: Buffer.from(array.buffer, array.byteOffset, array.byteLength).toString('base64') }
}

/** [rows] the places that a program has chosen, as a list of numbers or an array. Throws ProgramFault where they are anything else. */
export function actionsIn(value: unknown, rows: number): Int32Array {
  const numbers = Array.isArray(value) ? value : unwired(value)
  if (numbers.length !== rows) throw new ProgramFault(`It sent ${numbers.length} actions where ${rows} were asked for.`)
  return Int32Array.from(numbers as ArrayLike<unknown>, (action, row) => {
    if (typeof action !== 'number' || Number.isNaN(action))
      throw new ProgramFault(`Its action of row ${row} is not a number: ${excerpt(action)}.`)
    if (!Number.isInteger(action)) throw new ProgramFault(`Its action of row ${row} is ${action}, not the number of a place.`)
    return action
  })
}

function unwired(value: unknown): Numbers {
  const { dtype, shape, data } = (value ?? {}) as Partial<WiredArray>
  const Type = dtype !== undefined && Object.hasOwn(TYPES, dtype) ? TYPES[dtype] : undefined
  if (!Type || !Array.isArray(shape) || typeof data !== 'string') {
    throw new ProgramFault(
      `Its actions are neither a list of numbers nor an array of dtype ${Object.keys(TYPES).join(', ')} with shape and data: ${excerpt(value)}.`
    )
  }
  const bytes = Uint8Array.from(Buffer.from(data, 'base64'))
  const size = shape.reduce<number>((product, length) => product * Number(length), 1)
  if (shape.length !== 1) throw new ProgramFault(`Its actions have the shape [${shape.join(', ')}]; one number a row is asked for.`)
  if (bytes.length !== size * Type.BYTES_PER_ELEMENT) {
    throw new ProgramFault(
      `Its actions hold ${count(bytes.length, 'byte', 'bytes')}, which is not what ${dtype} of shape [${shape.join(', ')}] takes.`
    )
  }
  return new Type(bytes.buffer)
}
