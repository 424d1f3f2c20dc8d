import { request } from 'node:http'
import { connect } from 'node:net'
import { expect } from 'vitest'
import { WebSocket } from 'ws'
import type { RandomStream } from '@shared/model/random'
import { openLab } from '../../../src/main/api'
import type { PageFile } from '../../../src/main/host/page-files'
import { startWebHost, type WebHost } from '../../../src/main/host/web'
import { openStore } from '../../../src/main/store'
import { contentHash } from '../database'
import type { Case, Measures, Row } from '../row'
import type { Scratch } from '../scratch'

/** What nobody may see who does not hold the key. */
const SECRET = 'the page of the lab'
const PAGE: ReadonlyMap<string, PageFile> = new Map(
  ['/', '/index.html', '/assets/a.js'].map((path) => [
    path,
    { type: 'text/html', bytes: Buffer.from(SECRET), etag: `"${path}"`, isForever: false }
  ])
)
const PATIENCE_MS = 20_000

const pick = <T>(list: readonly T[], random: RandomStream): T => list[random.below(list.length)]
const letters = (random: RandomStream, length: number) => Array.from({ length }, () => String.fromCharCode(33 + random.below(94))).join('')

interface Target {
  host: WebHost
  token: string
  cookie: string
}

const PATHS = [
  '/',
  '/index.html',
  '/assets/a.js',
  '/rpc',
  '/../package.json',
  '/%2e%2e/package.json',
  '/..%2fpackage.json',
  '/assets/..\\..\\x',
  '/%00',
  '//etc/passwd',
  '/.env',
  '/__proto__',
  'http://evil.example/',
  '*',
  '/renderer-other/x'
]
const METHODS = ['GET', 'GET', 'GET', 'HEAD', 'POST', 'PUT', 'DELETE', 'OPTIONS', 'PATCH', 'TRACE', 'CONNECT', 'get', 'G\u0000T']
const NAMES = ['evil.example', 'localhost', '127.0.0.1', '127.0.0.1.evil.example', '[::1]', '', '127.0.0.1:1']
const ORIGINS = ['http://evil.example', 'null', 'https://127.0.0.1', 'file://', '']

/** A head of HTTP that lacks the key, or comes from elsewhere, or is none. */
function rawRequest({ host, token, cookie }: Target, random: RandomStream): { text: string; isKnown: boolean } {
  const own = `127.0.0.1:${host.port}`
  const [name] = cookie.split('=')
  const wrong = pick(['', token.slice(0, 16), `${token}a`, letters(random, token.length), token.toUpperCase(), '%00', 'undefined'], random)
  // What is wrong with it: at least one of these.
  const isKnown = random.below(3) === 0
  const isElsewhere = isKnown || random.below(2) === 0
  const path = pick(PATHS, random) + (random.below(3) === 0 ? `?token=${wrong}` : '')
  const lines = [
    `${pick(METHODS, random)} ${path} ${pick(['HTTP/1.1', 'HTTP/1.1', 'HTTP/1.0', 'HTTP/9.9', ''], random)}`,
    `Host: ${isElsewhere && random.below(2) === 0 ? pick(NAMES, random) : own}`,
    `Cookie: ${isKnown ? cookie : `${name}=${wrong}`}`
  ]
  // One who knows the key comes from another origin, so that nothing may be answered either.
  if (isElsewhere)
    lines.push(
      `Origin: ${pick(
        ORIGINS.filter((origin) => origin !== ''),
        random
      )}`
    )
  if (random.below(4) === 0)
    lines.push('Upgrade: websocket', 'Connection: Upgrade', 'Sec-WebSocket-Version: 13', 'Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==')
  if (random.below(8) === 0) lines.push(`X-Long: ${'x'.repeat(random.below(40_000))}`)
  if (random.below(8) === 0) lines.push('Content-Length: 5', 'Transfer-Encoding: chunked')
  if (random.below(8) === 0) lines.push(letters(random, 30))
  const body = random.below(4) === 0 ? letters(random, random.below(20_000)) : ''
  const text = `${lines.join('\r\n')}\r\n\r\n${body}`
  return { text: random.below(10) === 0 ? text.slice(0, random.below(text.length)) : text, isKnown }
}

/** Sends bytes as they are; everything that comes back. */
function send({ host }: Target, text: string): Promise<string> {
  return new Promise((resolve) => {
    const socket = connect(host.port, '127.0.0.1')
    let came = ''
    socket.setEncoding('latin1').on('data', (part) => (came += part))
    // A host that refuses may close before all was sent.
    socket.on('error', () => {})
    socket.on('close', () => resolve(came))
    socket.setTimeout(PATIENCE_MS, () => socket.destroy())
    socket.end(text, 'latin1')
  })
}

/** How long a page that holds the key waits, in milliseconds. */
function answerMs({ host, cookie }: Target): Promise<number> {
  const started = performance.now()
  return new Promise((resolve, reject) => {
    const sent = request({ host: '127.0.0.1', port: host.port, path: '/', headers: { cookie } }, (response) => {
      response.resume()
      response.on('end', () =>
        response.statusCode === 200 ? resolve(performance.now() - started) : reject(new Error(`status ${response.statusCode}`))
      )
    })
    sent.on('error', reject)
    sent.end()
  })
}

/** Connections that say nothing, or a page that sends nonsense, while another page is answered. */
async function flood(target: Target, random: RandomStream): Promise<Measures> {
  const silent = Array.from({ length: 200 }, () => connect(target.host.port, '127.0.0.1').on('error', () => {}))
  const origin = `http://127.0.0.1:${target.host.port}`
  const page = new WebSocket(`${origin.replace('http', 'ws')}/rpc`, { headers: { cookie: target.cookie, origin } })
  // It may be closed for what it sends.
  page.on('error', () => {})
  const isOpen = new Promise<void>((resolve) => page.once('open', () => resolve()).once('close', () => resolve()))
  await isOpen
  for (let i = 0; i < 50 && page.readyState === WebSocket.OPEN; i++)
    page.send(random.below(4) === 0 ? Buffer.alloc(random.below(2 ** 20)) : letters(random, random.below(2000)))
  const slowest = Math.max(...[await answerMs(target), await answerMs(target), await answerMs(target)])
  page.terminate()
  for (const socket of silent) socket.destroy()
  return { floods: 1, answerMs: slowest }
}

async function openTarget(scratch: Scratch): Promise<Target & { home: string }> {
  const home = scratch.folder()
  const lab = openLab({
    store: openStore(home),
    spawnWorker: () => {
      throw new Error('no run is started here')
    }
  })
  const host = await startWebHost({ lab, page: PAGE, port: 0 })
  scratch.onEnd(async () => {
    await host.close()
    await lab.close()
  })
  const token = new URL(host.url).searchParams.get('token') ?? ''
  const came = await send(
    { host, token, cookie: '' },
    `GET /?token=${token} HTTP/1.1\r\nHost: 127.0.0.1:${host.port}\r\nConnection: close\r\n\r\n`
  )
  const cookie = /set-cookie: ([^;]+)/i.exec(came)?.[1] ?? ''
  expect(cookie).not.toBe('')
  return { host, token, cookie, home }
}

export const host: Row = {
  name: 'host',
  fault:
    'raw requests to the web host without the key, with a wrong one, from other hosts and origins, to paths outside, oversized, torn, smuggled; floods of connections and of messages',
  holds: 'nothing of the page, the key or the data is answered and nothing is changed, while a page that holds the key is answered',
  cases: { ci: 200, soak: 20_000 },
  async begin(scratch): Promise<Case> {
    const target = await openTarget(scratch)
    const before = contentHash(target.home)
    return async (random, index): Promise<Measures> => {
      if (index % 100 === 99) {
        const came = await flood(target, random)
        expect(contentHash(target.home)).toBe(before)
        return came
      }
      const { text, isKnown } = rawRequest(target, random)
      const answer = await send(target, text)
      expect(answer, text.slice(0, 500)).not.toContain(SECRET)
      expect(answer, text.slice(0, 500)).not.toContain(target.token)
      expect(answer, text.slice(0, 500)).not.toMatch(/^HTTP\/1\.1 (101|200|303)/)
      const ms: Measures = index % 10 === 0 ? { answerMs: await answerMs(target) } : {}
      return { requests: 1, ...(isKnown && { known: 1 }), ...ms }
    }
  },
  figure: (tally) =>
    `${tally.total('requests')} requests, none answered (${tally.total('known')} of them with the key, from elsewhere), ${tally.total('floods')} floods; ` +
    `a page with the key waited ${tally.mean('answerMs').toFixed(1)} ms on average, ${tally.most('answerMs').toFixed(0)} ms at most`
}
