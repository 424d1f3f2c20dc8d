import { createHash } from 'node:crypto'
import { readFileSync, rmSync, writeFileSync } from 'node:fs'

const MINUTES = 5

/** Whether a file has this checksum; a missing one has none. `algorithm` as in node:crypto, `sum` in hexadecimal or base64. */
export function isPinned(file, algorithm, sum) {
  try {
    const digest = createHash(algorithm).update(readFileSync(file)).digest()
    return digest.toString('hex') === sum || digest.toString('base64') === sum
  } catch {
    return false
  }
}

/** Downloads a file whose SHA-256 is known. 'changed': it is another one, and nothing of it is left; 'absent': it could not be had. */
export async function fetchPinned(url, sha256, file) {
  try {
    const answer = await fetch(url, { signal: AbortSignal.timeout(MINUTES * 60_000) })
    if (!answer.ok) return 'absent'
    writeFileSync(file, Buffer.from(await answer.arrayBuffer()))
  } catch {
    // Offline, or a firewall that does not answer.
    rmSync(file, { force: true })
    return 'absent'
  }
  if (isPinned(file, 'sha256', sha256)) return 'there'
  rmSync(file, { force: true })
  return 'changed'
}
