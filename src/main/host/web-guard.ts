import { createHash, timingSafeEqual } from 'node:crypto'
import type { IncomingMessage } from 'node:http'

/** What a loopback host lets in. Names and ports are those it listens on. */
export interface Guard {
  token: string
  port: number
}

/** Why a request is turned away, as an HTTP status: 400 malformed, 401 unknown, 403 from elsewhere. */
export type Refusal = 400 | 401 | 403

/** Cookies are shared by all ports of a host name, so two labs must not use one name. */
export function cookieName(port: number): string {
  return `dmro-lab-${port}`
}

/** Compares in a time that tells nothing of where two tokens differ, or how long the right one is. */
export function sameToken(given: string, token: string): boolean {
  const digest = (text: string) => createHash('sha256').update(text).digest()
  return timingSafeEqual(digest(given), digest(token))
}

function isLoopbackHost(host: string | undefined, port: number): boolean {
  return host === `127.0.0.1:${port}` || host === `localhost:${port}` || host === `[::1]:${port}`
}

/** Refuses names a stranger's DNS may point here, and requests that pages of other sites send. */
export function refuseStranger(request: IncomingMessage, { port }: Guard): Refusal | undefined {
  const { host, origin } = request.headers
  if (!isLoopbackHost(host, port)) return 403
  if (origin !== undefined && origin !== `http://${host}`) return 403
  // Sent by every browser of today; a page of another site may link here and nothing more.
  const site = request.headers['sec-fetch-site']
  if (site === 'cross-site' && request.headers['sec-fetch-mode'] !== 'navigate') return 403
  return undefined
}

export function hasCookie(request: IncomingMessage, { token, port }: Guard): boolean {
  const name = `${cookieName(port)}=`
  const given = (request.headers.cookie ?? '').split(';').map((part) => part.trim())
  return given.some((part) => part.startsWith(name) && sameToken(part.slice(name.length), token))
}

/** The cookie that the opening link leaves behind: unreadable to scripts, never sent from other sites. */
export function cookieOf({ token, port }: Guard): string {
  return `${cookieName(port)}=${token}; HttpOnly; SameSite=Strict; Path=/`
}

/** A socket must come from a page this host served. */
export function refuseSocket(request: IncomingMessage, guard: Guard, path: string): Refusal | 404 | undefined {
  const stranger = refuseStranger(request, guard)
  if (stranger) return stranger
  if (request.headers.origin === undefined) return 403
  if (!hasCookie(request, guard)) return 401
  return request.url === path ? undefined : 404
}
