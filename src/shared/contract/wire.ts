/**
 * How the page asks for its line to the program. In the desktop window the page posts `{ type: PORT_REQUEST }` to its own
 * window and the preload answers `{ type: PORT_REPLY }` with one MessagePort; over http it opens a WebSocket at SOCKET_PATH.
 */
export const PORT_REQUEST = 'lab-port-request'
export const PORT_REPLY = 'lab-port-reply'
export const SOCKET_PATH = '/rpc'

/** JSON has no infinity, and NaN is already handled: both ends of a connection pass this as `customJsonSerializers`. */
export const INFINITY_SERIALIZER = {
  type: 20,
  condition: (data: unknown): boolean => data === Number.POSITIVE_INFINITY || data === Number.NEGATIVE_INFINITY,
  serialize: (data: unknown): unknown => String(data),
  deserialize: (text: unknown): unknown => Number(text)
}
