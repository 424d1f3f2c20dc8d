import { createORPCClient } from '@orpc/client'
import { RPCLink as PortLink } from '@orpc/client/message-port'
import { RPCLink as SocketLink } from '@orpc/client/websocket'
import type { ContractRouterClient } from '@orpc/contract'
import type { Contract } from '@shared/contract'
import { INFINITY_SERIALIZER, PORT_REPLY, PORT_REQUEST, SOCKET_PATH } from '@shared/contract/wire'
import { piecesOf } from '@shared/contract/pieces'
import { type InjectionKey, inject, type Ref, readonly, ref } from 'vue'

export type Client = ContractRouterClient<Contract>
type Link = Pick<SocketLink<Record<never, never>>, 'call'>

/** One open line to the program. */
interface Line {
  link: Link
  closed: Promise<void>
}

/** Opens a line once; rejects where nobody answers. */
export type Dial = () => Promise<Line>

/** `connecting` until the first line is open, `lost` whenever an open one broke. */
export type ConnectionState = 'connecting' | 'open' | 'lost'

export interface ProgramConnection {
  /** The same object for the page's whole life; calls wait for a line where there is none at the moment. */
  client: Client
  state: Readonly<Ref<ConnectionState>>
  /** Resolves once a line is open. */
  whenOpen(signal?: AbortSignal): Promise<void>
  /** Does not wait for the next attempt's turn. */
  retry(): void
}

const FIRST_PAUSE_MS = 250
const LONGEST_PAUSE_MS = 4000
const PATIENCE_MS = 15_000

/** Keeps a line open for as long as the page lives, dialling again whenever it breaks. */
export function connectToProgram(dial: Dial): ProgramConnection {
  const state = ref<ConnectionState>('connecting')
  let line: Line | undefined
  let waiting: (() => void)[] = []
  let wake: () => void = () => {}

  async function keepOpen(): Promise<never> {
    for (let pause = FIRST_PAUSE_MS; ; ) {
      try {
        const opened = await dial()
        line = opened
        state.value = 'open'
        pause = FIRST_PAUSE_MS
        const released = waiting
        waiting = []
        for (const go of released) go()
        await opened.closed
        line = undefined
        state.value = 'lost'
      } catch {
        await new Promise<void>((resolve) => {
          wake = resolve
          setTimeout(resolve, pause)
        })
        pause = Math.min(pause * 2, LONGEST_PAUSE_MS)
      }
    }
  }

  function whenOpen(signal?: AbortSignal): Promise<void> {
    if (line) return Promise.resolve()
    return new Promise((resolve, reject) => {
      waiting.push(resolve)
      signal?.addEventListener('abort', () => reject(signal.reason), { once: true })
    })
  }

  const link: Link = {
    async call(path, input, options) {
      await whenOpen(
        options.signal ? AbortSignal.any([options.signal, AbortSignal.timeout(PATIENCE_MS)]) : AbortSignal.timeout(PATIENCE_MS)
      )
      if (!line) throw new Error('the line closed again')
      return await line.link.call(path, input, options)
    }
  }

  void keepOpen()
  return { client: createORPCClient(link), state: readonly(state), whenOpen, retry: () => wake() }
}

const options = { customJsonSerializers: [INFINITY_SERIALIZER] }

/** Over http: a WebSocket to where the page came from; the browser sends the cookie that the opening link set. */
function dialSocket(): Promise<Line> {
  const scheme = location.protocol === 'https:' ? 'wss' : 'ws'
  const websocket = new WebSocket(`${scheme}://${location.host}${SOCKET_PATH}`)
  return new Promise((resolve, reject) => {
    websocket.addEventListener('open', () => {
      const closed = new Promise<void>((done) => websocket.addEventListener('close', () => done(), { once: true }))
      resolve({ link: new SocketLink({ websocket: inPieces(websocket), ...options }), closed })
    })
    websocket.addEventListener('close', () => reject(new Error('the socket did not open')))
  })
}

/** The socket as the contract speaks into it: what is longer than a frame goes in pieces. */
function inPieces(websocket: WebSocket): ConstructorParameters<typeof SocketLink>[0]['websocket'] {
  return {
    get readyState() {
      return websocket.readyState
    },
    addEventListener: websocket.addEventListener.bind(websocket),
    removeEventListener: websocket.removeEventListener.bind(websocket),
    send: (message) => {
      if (typeof message !== 'string') websocket.send(message)
      else for (const piece of piecesOf(message)) websocket.send(piece)
    }
  }
}

/** In the desktop window: a MessagePort, asked of the preload through the page's own window. */
function dialPort(): Promise<Line> {
  return new Promise((resolve) => {
    const receive = (event: MessageEvent<unknown>) => {
      const { data, ports, source } = event
      if (source !== window || typeof data !== 'object' || data === null || !('type' in data) || data.type !== PORT_REPLY) return
      window.removeEventListener('message', receive)
      const port = ports[0]
      const closed = new Promise<void>((done) => port.addEventListener('close', () => done(), { once: true }))
      const portLink = new PortLink({ port, ...options })
      port.start()
      resolve({ link: portLink, closed })
    }
    window.addEventListener('message', receive)
    window.postMessage({ type: PORT_REQUEST }, location.origin)
  })
}

/** The host this page came from: a web host's http, or else the desktop window's own protocol. */
export function createConnection(): ProgramConnection {
  return connectToProgram(location.protocol.startsWith('http') ? dialSocket : dialPort)
}

export const CONNECTION: InjectionKey<ProgramConnection> = Symbol('connection')

export function useConnection(): ProgramConnection {
  const connection = inject(CONNECTION)
  if (!connection) throw new Error('no connection was provided')
  return connection
}
