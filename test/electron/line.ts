import { MessageChannel } from 'node:worker_threads'
import { createORPCClient } from '@orpc/client'
import { RPCLink } from '@orpc/client/message-port'
import { INFINITY_SERIALIZER, PORT_REPLY, PORT_REQUEST } from '@shared/contract/wire'
import type { Page } from 'playwright-core'
import type { Client } from '../main/api/hosts'

/** A message of the contract as it passes between the test and the page: text, or bytes as base64. */
interface Passed {
  text?: string
  base64?: string
}

const passed = (data: unknown): Passed =>
  typeof data === 'string' ? { text: data } : { base64: Buffer.from(data as ArrayBuffer).toString('base64') }
const received = ({ text, base64 }: Passed): unknown => {
  if (text !== undefined) return text
  const bytes = Buffer.from(base64 ?? '', 'base64')
  return bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength)
}

/** A client of the contract over a port that the page asked for as it asks for its own; the test speaks through the page. */
export async function lineThrough(page: Page): Promise<{ client: Client; close(): void }> {
  const { port1, port2 } = new MessageChannel()
  await page.exposeFunction('toTest', (message: Passed) => port2.postMessage(received(message)))
  await page.evaluate(
    ([request, reply]) =>
      new Promise<void>((resolve) => {
        const own = window as unknown as { toTest(message: Passed): void; toLab(message: Passed): void }
        const listen = (event: MessageEvent<{ type?: string }>): void => {
          if (event.data?.type !== reply) return
          window.removeEventListener('message', listen)
          const [port] = event.ports
          port.onmessage = ({ data }: MessageEvent<string | ArrayBuffer>) => {
            if (typeof data === 'string') return own.toTest({ text: data })
            const bytes = new Uint8Array(data)
            let characters = ''
            for (let at = 0; at < bytes.length; at += 8192) characters += String.fromCharCode(...bytes.subarray(at, at + 8192))
            own.toTest({ base64: btoa(characters) })
          }
          own.toLab = ({ text, base64 }) =>
            port.postMessage(text ?? Uint8Array.from(atob(base64 ?? ''), (character) => character.charCodeAt(0)).buffer)
          resolve()
        }
        window.addEventListener('message', listen)
        window.postMessage({ type: request }, location.origin)
      }),
    [PORT_REQUEST, PORT_REPLY] as const
  )
  port2.on('message', (data) => {
    page.evaluate((message) => (window as unknown as { toLab(message: Passed): void }).toLab(message), passed(data)).catch(() => {}) // the page has gone, and with it who would have heard
  })
  const client: Client = createORPCClient(new RPCLink({ port: port1, customJsonSerializers: [INFINITY_SERIALIZER] }))
  port1.start()
  return { client, close: () => port1.close() }
}
