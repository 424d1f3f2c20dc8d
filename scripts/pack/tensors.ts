import { createHash } from 'node:crypto'
import { readdirSync, readFileSync, realpathSync } from 'node:fs'
import { join } from 'node:path'
import { hasNativeTensors } from './files'
import { MODULES } from './places'

/** Where the binding looks for its library, seen from the folder of the program's resources. */
export const LIBRARY_FOLDER = 'app.asar.unpacked/node_modules/@tensorflow/tfjs-node/deps/lib'
/** The file beside the program that lists the library's parts with their checksums. */
export const LIBRARY_LIST = 'tensor-library.json'

export interface LibraryPart {
  /** As the binding asks for it: without the links that lead to it. */
  name: string
  bytes: number
  sha256: string
}

const FROM = join(MODULES, '@tensorflow/tfjs-node/deps/lib')
/** One name a library: with its major version, as programs are linked to it. */
const LINKED = /^lib\w+(\.so\.\d+|\.\d+\.dylib)$|^\w+\.dll$/

export const checksum = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex')

/** The parts of the native tensor library, each with the file it is copied from; none where this machine has none. */
export function libraryParts(): { from: string; part: LibraryPart }[] {
  if (!hasNativeTensors()) return []
  const names = readdirSync(FROM).filter((name) => LINKED.test(name))
  return names.sort().map((name) => {
    const bytes = readFileSync(join(FROM, name))
    // The file itself: a link to it may be copied as a link.
    return { from: realpathSync(join(FROM, name)), part: { name, bytes: bytes.length, sha256: checksum(bytes) } }
  })
}
