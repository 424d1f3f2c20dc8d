import { randomBytes } from 'node:crypto'
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Duplex } from 'node:stream'
import { SOCKET_PATH } from '@shared/contract/wire'
import { joinPieces } from '@shared/contract/pieces'
import { type MessageEvent, type WebSocket, WebSocketServer } from 'ws'
import { type Lab, serveOverSocket } from '../api'
import { countRefusals } from './web-refusals'
import { limitStrangers } from './web-strangers'
import { CONTENT_SECURITY_POLICY, type PageFile } from './page-files'
import { cookieOf, type Guard, hasCookie, refuseSocket, refuseStranger, sameToken } from './web-guard'

const MOST_CONNECTIONS = 128
/** Of these, connections that have not shown the key, and open pages. */
const MOST_STRANGERS = 32
const MOST_PAGES = 64
const MOST_MESSAGE_BYTES = 2 ** 20
/** A page that reads so slowly that this much is waiting for it is disconnected; it reconnects. */
const MOST_WAITING_BYTES = 64 * 2 ** 20
const HEARTBEAT_MS = 15_000

export interface WebHost {
  /** Opens the lab in a browser; it holds the token. */
  url: string
  port: number
  close(): Promise<void>
}

export interface WebHostOptions {
  lab: Lab
  page: ReadonlyMap<string, PageFile>
  /** 0: any free one. */
  port: number
  /** Hears that somebody has come in by the link. */
  onEntered?: () => void
}

const HEADERS = {
  'Content-Security-Policy': CONTENT_SECURITY_POLICY,
  'X-Content-Type-Options': 'nosniff',
  'Referrer-Policy': 'no-referrer',
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Resource-Policy': 'same-origin',
  'X-Frame-Options': 'DENY'
}

const STEP =
  '<!doctype html><meta name="color-scheme" content="light dark"><meta http-equiv="refresh" content="0;url=/"><title>DMRO Lab</title>\n'

const WORDS: Readonly<Record<number, string>> = {
  400: 'Bad request',
  401: 'This page needs the link of the lab: copy the link it printed, or print it again with: lab link',
  403: 'Forbidden',
  404: 'Not found',
  405: 'Method not allowed',
  503: 'Too many pages are open'
}

/** Serves the lab on the loopback interface to those who have the link, and to nobody else. Rejects where the port is taken. */
export async function startWebHost({ lab, page, port, onEntered }: WebHostOptions): Promise<WebHost> {
  const guard: Guard = { token: randomBytes(24).toString('base64url'), port }
  // `connectionsCheckingInterval` is how soon a request that never ends is noticed.
  const server = createServer({
    connectionsCheckingInterval: 1000,
    headersTimeout: 5000,
    requestTimeout: 15_000,
    keepAliveTimeout: 5000,
    maxHeaderSize: 16_384
  })
  server.maxConnections = MOST_CONNECTIONS
  const sockets = new WebSocketServer({ noServer: true, maxPayload: MOST_MESSAGE_BYTES, perMessageDeflate: false })
  const strangers = limitStrangers(server, MOST_STRANGERS)
  const refusals = countRefusals(lab.log)
  server.on('request', (request, response) =>
    answer(request, response, { guard, page, onEntered, onKnown: strangers.known, onRefused: refusals.add })
  )
  server.on('upgrade', (request, socket, head) => {
    const refusal = refuseSocket(request, guard, SOCKET_PATH) ?? (sockets.clients.size >= MOST_PAGES ? 503 : undefined)
    if (refusal) {
      refusals.add(refusal)
      refuse(socket, refusal)
    } else {
      strangers.known(socket)
      sockets.handleUpgrade(request, socket, head, (opened) => sockets.emit('connection', opened))
    }
  })
  sockets.on('connection', (socket: WebSocket) => {
    keepAlive(socket)
    serveOverSocket(lab, whole(socket))
  })
  guard.port = await listen(server, port)
  return {
    url: `http://127.0.0.1:${guard.port}/?token=${guard.token}`,
    port: guard.port,
    close: () =>
      new Promise((resolve) => {
        refusals.stop()
        for (const socket of sockets.clients) socket.close(1001, 'the lab is closing')
        sockets.close()
        server.close(() => resolve())
        setTimeout(() => {
          for (const socket of sockets.clients) socket.terminate()
          server.closeAllConnections()
        }, 500).unref()
      })
  }
}

function listen(server: Server, port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', reject)
    server.listen(port, '127.0.0.1', () => {
      server.off('error', reject)
      resolve((server.address() as AddressInfo).port)
    })
  })
}

interface Served {
  guard: Guard
  page: ReadonlyMap<string, PageFile>
  onEntered?: () => void
  /** Hears of a connection that has shown the key. */
  onKnown: (socket: Duplex) => void
  onRefused: (status: number) => void
}

function answer(request: IncomingMessage, response: ServerResponse, { guard, page, onEntered, onKnown, onRefused }: Served): void {
  // Nothing is read of a request but its head.
  request.resume()
  const turnAway = (status: number): void => {
    onRefused(status)
    end(response, status)
  }
  const refusal = refuseStranger(request, guard)
  if (refusal) return turnAway(refusal)
  if (request.method !== 'GET' && request.method !== 'HEAD') return end(response, 405)
  const url = request.url ?? '/'
  const query = url.indexOf('?')
  const path = query < 0 ? url : url.slice(0, query)
  const token = query < 0 ? null : new URLSearchParams(url.slice(query)).get('token')
  if (path === '/' && token !== null) {
    if (!sameToken(token, guard.token)) return turnAway(401)
    onKnown(request.socket)
    onEntered?.()
    return letIn(request, response, guard)
  }
  if (!hasCookie(request, guard)) return turnAway(401)
  onKnown(request.socket)
  const file = page.get(path)
  if (!file) return end(response, 404)
  sendFile(request, response, file)
}

/**
 * Leaves the cookie and leads to the page. A browser keeps a strict cookie back on a redirect that began outside, as in the file
 * that `npm start` hands it; so the way there begins again, in a page of this host's own.
 */
function letIn(request: IncomingMessage, response: ServerResponse, guard: Guard): void {
  const headers = { ...HEADERS, 'Set-Cookie': cookieOf(guard), 'Cache-Control': 'no-store' }
  if (request.headers['sec-fetch-site'] === 'cross-site') {
    response.writeHead(200, { ...headers, 'Content-Type': 'text/html; charset=utf-8' }).end(STEP)
    return
  }
  response.writeHead(303, { ...headers, Location: '/' }).end()
}

function sendFile(request: IncomingMessage, response: ServerResponse, file: PageFile): void {
  const headers = {
    ...HEADERS,
    'Content-Type': file.type,
    ETag: file.etag,
    'Cache-Control': file.isForever ? 'private, max-age=31536000, immutable' : 'no-cache'
  }
  if (request.headers['if-none-match'] === file.etag) {
    response.writeHead(304, headers).end()
    return
  }
  response.writeHead(200, { ...headers, 'Content-Length': file.bytes.length })
  response.end(request.method === 'HEAD' ? undefined : file.bytes)
}

function end(response: ServerResponse, status: number): void {
  response
    .writeHead(status, { ...HEADERS, 'Content-Type': 'text/plain; charset=utf-8', 'Cache-Control': 'no-store' })
    .end(`${WORDS[status]}\n`)
}

function refuse(socket: Duplex, status: number): void {
  socket.on('error', () => socket.destroy())
  socket.end(`HTTP/1.1 ${status} ${WORDS[status]}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`)
  setTimeout(() => socket.destroy(), 1000).unref()
}

/** The socket as the contract hears it: messages that came in pieces are whole. One that grows too long ends the socket. */
function whole(socket: WebSocket): Parameters<typeof serveOverSocket>[1] {
  const join = joinPieces()
  const heard = (event: MessageEvent): MessageEvent | undefined => {
    if (typeof event.data !== 'string') return event
    try {
      const data = join(event.data)
      return data === undefined ? undefined : { ...event, data, type: event.type, target: event.target }
    } catch {
      socket.close(1009, 'message too long')
      return undefined
    }
  }
  const addEventListener: WebSocket['addEventListener'] = (type, listener, options) => {
    if (type !== 'message' || typeof listener !== 'function') return socket.addEventListener(type, listener, options)
    socket.addEventListener('message', (event) => {
      const message = heard(event)
      if (message) (listener as (event: MessageEvent) => void)(message)
    })
  }
  return { addEventListener, send: socket.send.bind(socket) as WebSocket['send'] }
}

/** Ends sockets whose other side is gone silently, or reads nothing. */
function keepAlive(socket: WebSocket): void {
  let isAnswering = true
  socket.on('pong', () => {
    isAnswering = true
  })
  // Too large a message, or one that is not a message: the socket closes by itself.
  socket.on('error', () => {})
  const beat = setInterval(() => {
    if (!isAnswering || socket.bufferedAmount > MOST_WAITING_BYTES) return socket.terminate()
    isAnswering = false
    socket.ping()
  }, HEARTBEAT_MS)
  socket.on('close', () => clearInterval(beat))
}
