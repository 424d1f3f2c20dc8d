import { closeSync, fstatSync, lstatSync, openSync, readdirSync, readFileSync, readSync } from 'node:fs'
import { basename, join, resolve } from 'node:path'
import type { ByteSource } from '../archive/zip-directory'
import { openZip, sourceOf } from '../archive/zip-reader'
import { BadForeignError } from './foreign-run'
import { count } from '@shared/format'

/** Files that another tracker wrote: a folder's, a zip file's, or one alone. */
export interface ForeignFiles {
  /** What holds them is called so. */
  name: string
  /** Sorted; parts are set apart by slashes, whatever the machine. */
  paths: readonly string[]
  /** Throws BadForeignError. */
  text(path: string): string
  /** Lets `use` read a file; it is closed afterwards. Throws BadForeignError. */
  read<T>(path: string, use: (source: ByteSource) => T): T
}

const MOST_FILES = 500_000
const MOST_DEPTH = 32
/** Of a file that is read whole: the points of one metric of MLflow. */
const MOST_TEXT_BYTES = 2 ** 30

const fatal = new TextDecoder('utf-8', { fatal: true })
function decoded(path: string, bytes: Uint8Array): string {
  if (bytes.length > MOST_TEXT_BYTES / 2) throw new BadForeignError(path, `has ${count(bytes.length, 'byte', 'bytes')}, more than are read`)
  try {
    return fatal.decode(bytes)
  } catch {
    throw new BadForeignError(path, 'is not UTF-8 text')
  }
}

/** The files of a folder, or one file. Links are not followed. Throws BadForeignError. */
export function filesAt(path: string): ForeignFiles {
  const root = resolve(path)
  const isFile = lstatOf(root).isFile()
  const at = (file: string) => (isFile ? root : join(root, ...file.split('/')))
  const paths = isFile ? [basename(root)] : [...walked(root, '', 0)].sort()
  return {
    name: basename(root),
    paths,
    text: (file) => decoded(file, readFileSync(at(file))),
    read: (file, use) => {
      const opened = openSync(at(file), 'r')
      try {
        const { size } = fstatSync(opened)
        return use({
          size,
          read: (offset, length) => {
            const bytes = new Uint8Array(length)
            for (let got = 0; got < length; ) {
              const more = readSync(opened, bytes, got, length - got, offset + got)
              if (more === 0) throw new BadForeignError(file, 'became shorter while it was read')
              got += more
            }
            return bytes
          }
        })
      } finally {
        closeSync(opened)
      }
    }
  }
}

function lstatOf(path: string) {
  try {
    return lstatSync(path)
  } catch (error) {
    throw new BadForeignError(path, `cannot be read (${error instanceof Error ? error.message : String(error)})`)
  }
}

function* walked(root: string, below: string, depth: number, met = { files: 0 }): Generator<string> {
  if (depth > MOST_DEPTH) throw new BadForeignError(below, `is more than ${MOST_DEPTH} folders deep`)
  for (const entry of readdirSync(join(root, below), { withFileTypes: true })) {
    const path = below === '' ? entry.name : `${below}/${entry.name}`
    if (entry.isDirectory()) yield* walked(root, path, depth + 1, met)
    else if (entry.isFile()) {
      if (++met.files > MOST_FILES) throw new BadForeignError(root, `holds more than ${MOST_FILES.toLocaleString('en')} files`)
      yield path
    }
  }
}

/** The files of a zip, or a file by itself where it is none. Throws BadForeignError, BadBundleError. */
export function trackedFilesIn(source: ByteSource, name: string): ForeignFiles {
  const isZip = source.size > 1 && Buffer.from(source.read(0, 2)).toString('latin1') === 'PK'
  if (!isZip) {
    const whole = () => source.read(0, source.size)
    return { name, paths: [name], text: (path) => decoded(path, whole()), read: (_, use) => use(source) }
  }
  const zip = openZip(source, 'anyone')
  return {
    name: name.replace(/\.zip$/i, ''),
    paths: [...zip.entries.keys()].sort(),
    text: (path) => decoded(path, zip.read(path)),
    read: (path, use) => use(sourceOf(zip.read(path)))
  }
}
