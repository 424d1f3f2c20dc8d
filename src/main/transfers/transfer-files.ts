import { closeSync, openSync, readSync, renameSync, rmSync, writeSync } from 'node:fs'
import { basename } from 'node:path'
import type { Transfer, Transfers } from './transfers'

const STEP_BYTES = 2 ** 20

/** A file of this machine as a transfer. Throws TransferError, or what reading it came to; then no transfer stays. */
export function takeIn(transfers: Transfers, path: string): Transfer {
  const file = openSync(path, 'r')
  try {
    const transfer = transfers.begin(basename(path).slice(0, 200))
    try {
      const step = new Uint8Array(STEP_BYTES)
      for (let got = readSync(file, step); got > 0; got = readSync(file, step)) transfer.append(step.subarray(0, got))
      return transfer
    } catch (error) {
      transfers.end(transfer.id)
      throw error
    }
  } finally {
    closeSync(file)
  }
}

/** Writes a transfer to a file, which appears whole or not at all. */
export function writeOut(transfer: Transfer, path: string): void {
  const unfinished = `${path}.part`
  const file = openSync(unfinished, 'w')
  try {
    for (let at = 0; at < transfer.size; at += STEP_BYTES) {
      const step = transfer.read(at, Math.min(STEP_BYTES, transfer.size - at))
      for (let from = 0; from < step.length; ) from += writeSync(file, step, from)
    }
    closeSync(file)
    renameSync(unfinished, path)
  } catch (error) {
    rmSync(unfinished, { force: true })
    throw error
  }
}
