import { type Transfer, TransferError } from '../transfers/transfers'
import { api } from './context'
import type { Lab } from './lab'

export const GONE = { message: 'This file is no longer being transferred; choose it again.' }

export function transferOf(lab: Lab, id: string, gone: (options: { message: string }) => Error): Transfer {
  const transfer = lab.transfers.get(id)
  if (!transfer) throw gone(GONE)
  return transfer
}

export const refusal = (reason: string) => ({ message: reason, data: { reasons: [reason] } })

export const transfersRoom = {
  begin: api.transfers.begin.handler(({ input: { name }, errors, context: { lab } }) => {
    try {
      return { transfer: lab.transfers.begin(name).id }
    } catch (error) {
      if (error instanceof TransferError) throw errors.BUSY({ message: error.message, data: { most: 8 } })
      throw error
    }
  }),

  write: api.transfers.write.handler(async ({ input: { transfer: id, offset, part }, errors, context: { lab } }) => {
    const bytes = new Uint8Array(await part.arrayBuffer())
    const transfer = transferOf(lab, id, errors.GONE)
    if (offset !== transfer.size) throw errors.REFUSED(refusal(`The next byte of the file is ${transfer.size}, not ${offset}.`))
    try {
      transfer.append(bytes)
    } catch (error) {
      if (error instanceof TransferError) throw errors.REFUSED(refusal(error.message))
      throw error
    }
    return { bytes: transfer.size }
  }),

  read: api.transfers.read.handler(({ input: { transfer: id, offset, length }, errors, context: { lab } }) => {
    const transfer = transferOf(lab, id, errors.GONE)
    if (offset > transfer.size) throw errors.REFUSED(refusal(`The file ends at byte ${transfer.size}.`))
    return new Blob([Uint8Array.from(transfer.read(offset, Math.min(length, transfer.size - offset)))])
  }),

  end: api.transfers.end.handler(({ input: { transfer }, context: { lab } }) => {
    lab.transfers.end(transfer)
    return {}
  })
}
