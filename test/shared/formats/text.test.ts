import { decodedText } from '@shared/formats'
import { describe, expect, it } from 'vitest'

const decode = (bytes: Uint8Array, encoding: string) => new TextDecoder(encoding, { fatal: true }).decode(bytes)
const utf16 = (text: string, mark: boolean) => new Uint8Array(Buffer.from((mark ? '\ufeff' : '') + text, 'utf16le'))

describe('bytes of a file', () => {
  it('are text in UTF-16 where its mark says so', () => {
    expect(decodedText(utf16('{"name": "ü"}', true), decode)).toEqual({ ok: true, value: '{"name": "ü"}' })
  })

  // They are UTF-8 with a zero behind every letter, which no reader could give a true reason for.
  it.each(['{"name": 1}', 'digraph { a }', '<adag/>'])('in UTF-16 without its mark are refused as such: %s', (text) => {
    const refusal = { ok: false, faults: [{ path: '$', message: expect.stringContaining('UTF-16 without its byte order mark') }] }
    expect(decodedText(utf16(text, false), decode)).toEqual(refusal)
    expect(decodedText(utf16(text, false).reverse(), decode)).toEqual(refusal)
  })
})
