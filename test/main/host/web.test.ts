import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { request } from 'node:http'
import { connect } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createORPCClient } from '@orpc/client'
import { RPCLink } from '@orpc/client/websocket'
import type { ContractRouterClient } from '@orpc/contract'
import type { Contract } from '@shared/contract'
import { INFINITY_SERIALIZER } from '@shared/contract/wire'
import { piecesOf } from '@shared/contract/pieces'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { WebSocket } from 'ws'
import { type Lab, openLab } from '../../../src/main/api'
import type { PageFile } from '../../../src/main/host/page-files'
import { startWebHost, type WebHost } from '../../../src/main/host/web'
import { LOG } from '../../../src/main/log'
import { openStore } from '../../../src/main/store'

/** A page of two files; the host serves no others. */
const PAGE: ReadonlyMap<string, PageFile> = new Map(
  ['/', '/index.html', '/assets/a.js'].map((path) => [
    path,
    { type: 'text/html', bytes: Buffer.from(path), etag: `"${path}"`, isForever: path.startsWith('/assets/') }
  ])
)

const home = mkdtempSync(join(tmpdir(), 'dmro-web-'))
let lab: Lab
let host: WebHost
let cookie: string
const token = () => new URL(host.url).searchParams.get('token') ?? ''

interface Answer {
  status: number
  headers: Record<string, string | string[] | undefined>
  body: string
}

/** Sends a request unchanged: `fetch` would tidy paths and forbid headers. */
function ask(path: string, headers: Record<string, string> = {}, method = 'GET'): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const sent = request({ host: '127.0.0.1', port: host.port, path, method, headers }, (response) => {
      let body = ''
      response.on('data', (chunk) => {
        body += chunk
      })
      response.on('end', () => resolve({ status: response.statusCode ?? 0, headers: response.headers, body }))
    })
    sent.on('error', reject)
    sent.end()
  })
}

/** Opens the socket with these headers; the status it was refused with, or the open socket. */
function dial(headers: Record<string, string>, path = '/rpc'): Promise<WebSocket | number> {
  return new Promise((resolve) => {
    const socket = new WebSocket(`ws://127.0.0.1:${host.port}${path}`, { headers })
    socket.on('open', () => resolve(socket))
    socket.on('unexpected-response', (_, response) => resolve(response.statusCode ?? 0))
    socket.on('error', () => resolve(0))
  })
}

const origin = () => `http://127.0.0.1:${host.port}`

beforeAll(async () => {
  lab = openLab({
    store: openStore(home),
    spawnWorker: () => {
      throw new Error('no run is started here')
    }
  })
  host = await startWebHost({ lab, page: PAGE, port: 0 })
  const opened = await ask(`/?token=${token()}`)
  cookie = String(opened.headers['set-cookie']).split(';')[0]
})

afterAll(async () => {
  await host.close()
  await lab.close()
  rmSync(home, { recursive: true, force: true })
})

describe('the loopback host', () => {
  it('lets the link in once and keeps the token in a cookie that scripts cannot read', async () => {
    const answer = await ask(`/?token=${token()}`)
    expect(answer.status).toBe(303)
    expect(answer.headers.location).toBe('/')
    expect(String(answer.headers['set-cookie'])).toMatch(/; HttpOnly; SameSite=Strict; Path=\/$/)
  })

  it('lets in who comes from a file by a page of its own, since a strict cookie is kept back on redirects from outside', async () => {
    const answer = await ask(`/?token=${token()}`, { 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': 'navigate' })
    expect(answer.status).toBe(200)
    expect(answer.headers['set-cookie']).toBeDefined()
    expect(answer.body).toContain('<meta http-equiv="refresh" content="0;url=/">')
    expect(answer.body).not.toContain(token())
    // Anything but going there is still a stranger's.
    expect((await ask(`/?token=${token()}`, { 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': 'no-cors' })).status).toBe(403)
  })

  it('serves the page to who holds the cookie, under a policy that lets nothing else run', async () => {
    const answer = await ask('/', { cookie })
    expect(answer.status).toBe(200)
    expect(answer.headers['content-security-policy']).toContain("default-src 'none'; script-src 'self'; style-src 'self'")
    expect(answer.headers['x-content-type-options']).toBe('nosniff')
  })

  it.each([
    ['no token', ''],
    ['a wrong one', '?token=wrong'],
    ['an empty one', '?token='],
    ['half of it', 'half'],
    ['one letter too many', 'long']
  ])('turns away who comes with %s', async (_, given) => {
    const query = given === 'half' ? `?token=${token().slice(0, 16)}` : given === 'long' ? `?token=${token()}a` : given
    const answer = await ask(`/${query}`)
    expect(answer.status).toBe(401)
    expect(answer.headers['set-cookie']).toBeUndefined()
    expect(answer.body).not.toContain('index')
  })

  it('turns away a wrong cookie, and one of another port', async () => {
    expect((await ask('/', { cookie: `${cookie}x` })).status).toBe(401)
    expect((await ask('/', { cookie: cookie.replace(/\d+=/, '1=') })).status).toBe(401)
  })

  it.each(['evil.example', 'evil.example:80', 'localhost', '127.0.0.1.evil.example', 'localhost:1'])(
    'answers to no host name but its own: %s',
    async (name) => {
      expect((await ask('/', { cookie, host: name })).status).toBe(403)
    }
  )

  it.each(['http://evil.example', 'null', 'https://127.0.0.1', 'http://localhost:1'])(
    'answers no page of another origin: %s',
    async (from) => {
      expect((await ask('/', { cookie, origin: from })).status).toBe(403)
      expect(await dial({ cookie, origin: from })).toBe(403)
    }
  )

  it.each([
    '/../package.json',
    '/%2e%2e/package.json',
    '/..%2fpackage.json',
    '/assets/../../x',
    '/assets/..\\..\\x',
    '/%00',
    '/assets/a.js%00.html',
    '//etc/passwd',
    '/renderer-other/x',
    '/assets/',
    '/.env',
    '/constructor',
    '/__proto__'
  ])('has no file but its own: %s', async (path) => {
    expect((await ask(path, { cookie })).status).toBe(404)
  })

  it.each(['POST', 'PUT', 'DELETE', 'OPTIONS', 'PATCH'])('reads only: %s', async (method) => {
    expect((await ask('/', { cookie }, method)).status).toBe(405)
  })

  it('opens the socket to its own page with the cookie, and to nobody else', async () => {
    expect(await dial({ origin: origin() })).toBe(401)
    expect(await dial({ cookie })).toBe(403)
    expect(await dial({ cookie, origin: origin() }, '/other')).toBe(404)
    expect(await dial({ cookie, origin: origin(), host: 'evil.example' })).toBe(403)
    const socket = await dial({ cookie, origin: origin() })
    expect(socket).toBeInstanceOf(WebSocket)
    if (socket instanceof WebSocket) socket.close()
  })

  it('closes a socket that sends more than a mebibyte at once, and continues for others', async () => {
    const socket = await dial({ cookie, origin: origin() })
    if (!(socket instanceof WebSocket)) throw new Error('the socket did not open')
    const code = new Promise((resolve) => socket.on('close', resolve))
    socket.send(Buffer.alloc(2 ** 20 + 1))
    expect(await code).toBe(1009)
    expect((await ask('/', { cookie })).status).toBe(200)
  })

  it('takes a call of more than a mebibyte in pieces, and closes on one that never ends', async () => {
    const socket = await dial({ cookie, origin: origin() })
    if (!(socket instanceof WebSocket)) throw new Error('the socket did not open')
    const pieced = {
      readyState: 1,
      addEventListener: socket.addEventListener.bind(socket),
      removeEventListener: socket.removeEventListener.bind(socket),
      send: (message: string) => piecesOf(message).forEach((piece) => socket.send(piece))
    } as unknown as globalThis.WebSocket
    const client: ContractRouterClient<Contract> = createORPCClient(new RPCLink({ websocket: pieced }))
    const tasks = Array.from({ length: 10_000 }, (_, i) => ({ id: `tâche-${i}-${'x'.repeat(120)}`, megacycles: i }))
    const workflow = { id: 'w', device: 'device', tasks, flows: [] }
    const content = { format: 'dmro-workload/1', name: 'long', workflows: [workflow] }
    const card = await client.library.save({ kind: 'workload', name: 'long', content })
    const back = (await client.library.read({ id: card.id })).content as typeof content
    expect(back.workflows[0].tasks).toEqual(tasks)
    const code = new Promise((resolve) => socket.on('close', resolve))
    for (let i = 0; i < 130; i++) socket.send(`\u0001${'x'.repeat(256 * 1024)}`)
    expect(await code).toBe(1009)
    expect((await ask('/', { cookie })).status).toBe(200)
  })

  it('survives messages that are not messages', async () => {
    const socket = await dial({ cookie, origin: origin() })
    if (!(socket instanceof WebSocket)) throw new Error('the socket did not open')
    for (const text of ['', '{', 'null', '[]', '{"i":1}', '{"i":"nobody","t":1,"p":{"u":"orpc:/system/info"}}', '\u0000']) socket.send(text)
    const client: ContractRouterClient<Contract> = createORPCClient(
      new RPCLink({ websocket: socket as unknown as globalThis.WebSocket, customJsonSerializers: [INFINITY_SERIALIZER] })
    )
    expect(await client.runs.list({})).toEqual([])
    socket.close()
  })

  it('ends a connection that never finishes its head', async () => {
    const socket = connect(host.port, '127.0.0.1')
    socket.write('GET / HTTP/1.1\r\nHost: 127.0.0.1\r\n')
    const drip = setInterval(() => socket.write('X-Slow: 1\r\n'), 500)
    const ended = new Promise<void>((resolve) => {
      socket.on('error', () => {})
      socket.on('close', () => resolve())
    })
    socket.resume()
    await ended
    clearInterval(drip)
    expect(socket.destroyed).toBe(true)
  })

  it('lets pages in beside any number of connections that say nothing', async () => {
    const silent: ReturnType<typeof connect>[] = []
    const open = async (count: number) => {
      const opened = Array.from({ length: count }, () => connect(host.port, '127.0.0.1').on('error', () => {}))
      silent.push(...opened)
      await Promise.all(opened.map((socket) => new Promise((resolve) => socket.once('connect', resolve).once('close', resolve))))
    }
    await open(128)
    expect((await ask('/', { cookie })).status).toBe(200)
    await open(128)
    expect((await ask(`/?token=${token()}`)).status).toBe(303)
    await open(128)
    const page = await dial({ cookie, origin: origin() })
    expect(page).toBeInstanceOf(WebSocket)
    // An open page stays, however many come after it.
    await open(256)
    expect((page as WebSocket).readyState).toBe(WebSocket.OPEN)
    expect((await ask('/assets/a.js', { cookie })).status).toBe(200)
    ;(page as WebSocket).close()
    for (const socket of silent) socket.destroy()
  })

  it('has 64 pages open at most, and takes others once one is closed', async () => {
    const pages = await Promise.all(Array.from({ length: 64 }, () => dial({ cookie, origin: origin() })))
    expect(pages.every((page) => page instanceof WebSocket)).toBe(true)
    expect(await dial({ cookie, origin: origin() })).toBe(503)
    expect((await ask('/', { cookie })).status).toBe(200)
    for (const page of pages) (page as WebSocket).close()
    const again = async () => {
      const page = await dial({ cookie, origin: origin() })
      if (page instanceof WebSocket) page.close()
      return page instanceof WebSocket
    }
    await expect.poll(again).toBe(true)
  })

  it('serves no more than 64 live streams', async () => {
    const socket = await dial({ cookie, origin: origin() })
    if (!(socket instanceof WebSocket)) throw new Error('the socket did not open')
    const client: ContractRouterClient<Contract> = createORPCClient(new RPCLink({ websocket: socket as unknown as globalThis.WebSocket }))
    const streams = await Promise.all(Array.from({ length: 64 }, () => client.runs.live({ curves: [] })))
    await Promise.all(streams.map((stream) => stream.next()))
    const one = await client.runs
      .live({ curves: [] })
      .then(
        (stream) => stream.next(),
        (error: unknown) => error
      )
      .catch((error: unknown) => error)
    expect(one).toMatchObject({ code: 'BUSY' })
    socket.close()
    await expect.poll(() => lab.liveStreams).toBe(0)
  })

  it('has it in the log that connections were refused, and nothing of what they sent', async () => {
    await ask('/?token=somebody-guessed', { host: `127.0.0.1:${host.port}` })
    await ask('/private/path', { host: 'elsewhere.example' })
    const text = readFileSync(join(home, LOG), 'utf8')
    expect(text).toMatch(/warning Connections were refused: \d+ × 40\d/)
    expect(text).not.toMatch(/token|guessed|private|elsewhere/)
  })
})
