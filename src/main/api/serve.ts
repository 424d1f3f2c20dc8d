import { RPCHandler as PortHandler } from '@orpc/server/message-port'
import { RPCHandler as SocketHandler } from '@orpc/server/ws'
import { createRouterClient, ORPCError, type RouterClient } from '@orpc/server'
import type { StandardRPCHandlerOptions } from '@orpc/server/standard'
import { INFINITY_SERIALIZER } from '@shared/contract/wire'
import { ComputationError } from '../processes/computations'
import { reasonWithTrace } from '../log'
import { StoreError } from '../store'
import { complain } from '../terminal'
import type { Lab } from './lab'
import { apiRouter } from './router'

/** What the program itself says of a failure reaches the screen; anything else is a fault of ours, logged and not told. */
function told(error: unknown, { log }: Lab): unknown {
  if (error instanceof ORPCError || (error instanceof Error && error.name === 'AbortError')) return error
  if (error instanceof StoreError || error instanceof ComputationError)
    return new ORPCError('INTERNAL_SERVER_ERROR', { message: error.message, cause: error })
  complain(reasonWithTrace(error))
  log.error(`A fault of the program's own: ${reasonWithTrace(error)}`)
  return error
}

interface Context {
  lab: Lab
}

const options: StandardRPCHandlerOptions<Context> = {
  customJsonSerializers: [INFINITY_SERIALIZER],
  clientInterceptors: [
    async ({ next, context: { lab } }) => {
      try {
        return await next()
      } catch (error) {
        throw told(error, lab)
      }
    }
  ]
}
const ports = new PortHandler<Context>(apiRouter, options)
const sockets = new SocketHandler<Context>(apiRouter, options)

/** Answers the contract over a MessagePort; the port is started. */
export function serveOverPort(lab: Lab, port: Parameters<typeof ports.upgrade>[0] & { start?(): void }): void {
  ports.upgrade(port, { context: { lab } })
  port.start?.()
}

/** Answers the contract over a WebSocket of the `ws` package. The caller has authenticated the client. */
export function serveOverSocket(lab: Lab, socket: Parameters<typeof sockets.upgrade>[0]): void {
  void sockets.upgrade(socket, { context: { lab } })
}

/** The contract without a wire, for the command line. */
export function directClient(lab: Lab): RouterClient<typeof apiRouter> {
  return createRouterClient(apiRouter, { context: { lab } })
}
