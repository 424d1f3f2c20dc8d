import { createHash } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { extname, join } from 'node:path'

/** One file of the built page, ready to be sent. */
export interface PageFile {
  type: string
  bytes: Buffer
  /** For asking whether it has changed. */
  etag: string
  /** Its name holds its content's hash, so that it may be kept for ever. */
  isForever: boolean
}

const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.woff2': 'font/woff2',
  '.json': 'application/json'
}

/** Nothing may run, load or be embedded but what the program itself brought. */
export const CONTENT_SECURITY_POLICY =
  "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"

/**
 * The built page, file by file under its address: `/` and `/assets/…`. What is not listed here cannot be asked for,
 * whatever a path says. Throws where the page was not built.
 */
export function readPage(folder: string): ReadonlyMap<string, PageFile> {
  const files = new Map<string, PageFile>()
  for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile()) continue
    const path = join(entry.parentPath, entry.name)
    const address = path.slice(folder.length).replaceAll('\\', '/')
    const type = TYPES[extname(entry.name)]
    if (type === undefined) continue
    const bytes = readFileSync(path)
    const etag = `"${createHash('sha256').update(bytes).digest('base64url').slice(0, 22)}"`
    files.set(address, { type, bytes, etag, isForever: address.startsWith('/assets/') })
  }
  const index = files.get('/index.html')
  if (!index) throw new Error(`the page was not built: ${folder} holds no index.html`)
  files.set('/', index)
  return files
}
