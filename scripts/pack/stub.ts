import { chmodSync, mkdirSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'

/** What marks the fuses in Electron's program: https://www.electronjs.org/docs/latest/tutorial/fuses. */
const SENTINEL = 'dL7pKGdnNz796PbbjQWNKmHXBZaB9tsX'
/** As Electron is released: run as Node, no cookie encryption, options and inspector of Node, no integrity, any archive, no snapshot of its own, files' rights, Wasm traps. */
const RELEASED = '101100011'

/**
 * Writes a folder that looks like an unpacked Electron for Linux: the files electron-builder asks for, and a program that does nothing
 * but hold Electron's fuses as released. For checking what is packed where Electron itself cannot be fetched.
 */
export function writeStub(folder: string): void {
  const wire = Buffer.concat([Buffer.from(SENTINEL), Buffer.from([1, RELEASED.length]), Buffer.from(RELEASED)])
  const program = Buffer.concat([
    Buffer.from('#!/bin/sh\necho "This is not Electron." >&2\nexit 1\n'),
    Buffer.alloc(4096),
    wire,
    Buffer.alloc(4096)
  ])
  const files: Record<string, string | Buffer> = {
    electron: program,
    LICENSE: 'The licence of Electron stands here.\n',
    'LICENSES.chromium.html': '<p>The licences of Chromium stand here.</p>\n',
    version: '0.0.0\n',
    'chrome-sandbox': '',
    'icudtl.dat': '',
    'locales/en-US.pak': ''
  }
  for (const [name, content] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, name)), { recursive: true })
    writeFileSync(join(folder, name), content)
  }
  for (const name of ['electron', 'chrome-sandbox']) chmodSync(join(folder, name), 0o755)
}
