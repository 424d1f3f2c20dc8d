import { z } from 'zod'

/** A Blob, named by what is used of it: this floor knows neither Node nor the DOM. */
export interface BinaryPart {
  readonly size: number
  arrayBuffer(): Promise<ArrayBuffer>
}

export const BinaryPart = z.custom<BinaryPart>(
  (value) => Object.prototype.toString.call(value).match(/^\[object (Blob|File)\]$/) !== null,
  'expected binary data'
)
