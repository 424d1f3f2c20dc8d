import { createHash } from 'node:crypto'
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { fetchPinned, isPinned } from '../../scripts/pinned.mjs'

const content = Buffer.alloc(100_000, 'a library')
const sha256 = createHash('sha256').update(content).digest('hex')
const folder = mkdtempSync(join(tmpdir(), 'dmro-pinned-'))
const server = createServer((request, response) => {
  const changed = Buffer.from(content)
  if (request.url === '/changed') changed[50_000] ^= 1
  if (request.url === '/missing') response.writeHead(404)
  response.end(changed)
})
let base: string

beforeAll(async () => {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
})
afterAll(() => {
  server.close()
  rmSync(folder, { recursive: true, force: true })
})

it('a download is kept where it has the checksum it must have, and nothing of any other', async () => {
  const file = join(folder, 'library')
  expect(await fetchPinned(`${base}/library`, sha256, file)).toBe('there')
  expect(readFileSync(file)).toEqual(content)
  expect(await fetchPinned(`${base}/changed`, sha256, file)).toBe('changed')
  expect(existsSync(file)).toBe(false)
  expect(await fetchPinned(`${base}/missing`, sha256, file)).toBe('absent')
  expect(await fetchPinned('http://127.0.0.1:1/', sha256, file)).toBe('absent')
  expect(existsSync(file)).toBe(false)
})

it('a checksum is known in either way of writing it, and a missing file has none', () => {
  const file = join(folder, 'copy')
  expect(isPinned(file, 'sha256', sha256)).toBe(false)
  writeFileSync(file, content)
  expect(isPinned(file, 'sha256', sha256)).toBe(true)
  expect(isPinned(file, 'sha512', createHash('sha512').update(content).digest('base64'))).toBe(true)
  expect(
    isPinned(
      file,
      'sha256',
      sha256.replace(/^./, (first) => (first === '0' ? '1' : '0'))
    )
  ).toBe(false)
})

it('whatever native code is fetched has its checksum named, and nothing runs that its host has made ready', () => {
  const source = readFileSync(new URL('../../scripts/native.mjs', import.meta.url), 'utf8')
  const addresses = source.match(/url: `[^`]+`/g) ?? []
  expect(addresses).toHaveLength(2)
  expect(source.match(/sha256: '[0-9a-f]{64}'/g)).toHaveLength(addresses.length)
  expect(source).not.toContain('scripts/install.js')
})
