import { DiskFullError, ReadOnlyStoreError, StaleEditError, type Store } from '../store'

/** What the contract calls a write that was refused. */
export interface WriteRefusals {
  CHANGED?: (options: { message: string; data: { revision?: number } }) => Error
  UNWRITABLE?: (options: { message: string; data: { reason: string } }) => Error
}

/** What the store refuses, as the contract names it; any other error as it is. */
export function refusedWrite(errors: WriteRefusals, error: unknown): unknown {
  if (error instanceof StaleEditError && errors.CHANGED)
    return errors.CHANGED({ message: error.message, data: error.revision === undefined ? {} : { revision: error.revision } })
  if ((error instanceof ReadOnlyStoreError || error instanceof DiskFullError) && errors.UNWRITABLE)
    return errors.UNWRITABLE({ message: error.message, data: { reason: error.message } })
  return error
}

/** Throws ReadOnlyStoreError with the reason this lab gives. */
export function assertNotReadOnly(store: Store): void {
  if (store.readOnly !== undefined) throw new ReadOnlyStoreError(store.readOnly)
}
