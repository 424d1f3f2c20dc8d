import type { Fault } from '@shared/experiment/experiment'
import type { Read } from '@shared/formats'

export function faultsOf(read: Read<unknown>): Fault[] {
  return read.ok ? [] : read.faults
}

/** What is wrong, where, with which value, and the path and message that name it. */
export type Case = [what: string, keys: (string | number)[], value: unknown, path: string, message: string]
