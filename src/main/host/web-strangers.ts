import type { Server } from 'node:http'
import type { Duplex } from 'node:stream'

/**
 * Connections that have not shown the key yet. Every program of the machine may open some and say nothing, all from one address: they
 * are held to far fewer than there may be in all, and the oldest goes first, so that a page which shows the key at once is always let in.
 */
export function limitStrangers(server: Server, most: number): { known(socket: Duplex): void } {
  const strangers = new Set<Duplex>()
  server.on('connection', (socket) => {
    strangers.add(socket)
    socket.once('close', () => strangers.delete(socket))
    const [oldest] = strangers
    if (strangers.size > most) oldest.destroy()
  })
  return { known: (socket) => void strangers.delete(socket) }
}
