import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { MessageChannel } from 'node:worker_threads'
import { createORPCClient, ORPCError } from '@orpc/client'
import { RPCLink as PortLink } from '@orpc/client/message-port'
import { RPCLink as SocketLink } from '@orpc/client/websocket'
import type { ContractRouterClient } from '@orpc/contract'
import type { Contract } from '@shared/contract'
import { INFINITY_SERIALIZER } from '@shared/contract/wire'
import { WebSocket, WebSocketServer } from 'ws'
import { directClient, type Lab, openLab, serveOverPort, serveOverSocket } from '../../../src/main/api'
import { forkWorkers } from '../../../src/main/processes/fork'
import { openStore } from '../../../src/main/store'

/** The contract as a client sees it, whatever carries it. */
export type Client = ContractRouterClient<Contract>

/** The worker as it is shipped: the tests train for real. */
export const BUILT_WORKER = fileURLToPath(new URL('../../../out/main/worker.js', import.meta.url))

export interface OpenedHost {
  lab: Lab
  client: Client
  close(): Promise<void>
}

/** A lab in a folder of its own, one run at a time. */
export function openTestLab(): { lab: Lab; close(): Promise<void> } {
  const home = mkdtempSync(join(tmpdir(), 'dmro-lab-test-'))
  const lab = openLab({ store: openStore(home), spawnWorker: forkWorkers(BUILT_WORKER), parallel: 1 })
  return {
    lab,
    close: async () => {
      await lab.close()
      rmSync(home, { recursive: true, force: true })
    }
  }
}

const options = { customJsonSerializers: [INFINITY_SERIALIZER] }

async function openDirectly(): Promise<OpenedHost> {
  const { lab, close } = openTestLab()
  return { lab, client: directClient(lab), close }
}

async function openOverPort(): Promise<OpenedHost> {
  const { lab, close } = openTestLab()
  const { port1, port2 } = new MessageChannel()
  serveOverPort(lab, port2)
  const client: Client = createORPCClient(new PortLink({ port: port1, ...options }))
  port1.start()
  return {
    lab,
    client,
    close: async () => {
      port1.close()
      await close()
    }
  }
}

async function openOverSocket(): Promise<OpenedHost> {
  const { lab, close } = openTestLab()
  const http = createServer()
  const server = new WebSocketServer({ server: http })
  server.on('connection', (socket) => serveOverSocket(lab, socket))
  http.listen(0, '127.0.0.1')
  await once(http, 'listening')
  const socket = new WebSocket(`ws://127.0.0.1:${(http.address() as AddressInfo).port}`)
  await once(socket, 'open')
  const client: Client = createORPCClient(new SocketLink({ websocket: socket as unknown as globalThis.WebSocket, ...options }))
  return {
    lab,
    client,
    close: async () => {
      socket.close()
      server.close()
      http.close()
      await close()
    }
  }
}

/** The three ways the contract is spoken: the command line's, the desktop window's, the browser's. */
export const HOSTS: readonly { name: string; open(): Promise<OpenedHost> }[] = [
  { name: 'directly', open: openDirectly },
  { name: 'over a MessagePort', open: openOverPort },
  { name: 'over a WebSocket', open: openOverSocket }
]

/** A real experiment that takes about a second. */
export function smallExperiment(name = 'small'): unknown {
  return {
    format: 'dmro-experiment/1',
    name,
    scenarios: ['one-edge-one-cloud'],
    algorithms: [{ id: 'dqn', parameters: { learnSteps: 60, evaluateEvery: 20 } }, { id: 'optimum' }],
    seeds: [1],
    heldOut: 20
  }
}

/** The typed error that a call is refused with; throws where it is not refused, or otherwise. */
export async function refusalOf(promise: Promise<unknown>): Promise<{ code: string; message: string; data: unknown }> {
  const error = await promise.then(
    () => undefined,
    (reason: unknown) => reason
  )
  if (!(error instanceof ORPCError)) throw new Error(`expected a typed refusal, got ${String(error)}`)
  return error
}
