import { FORMATS, parseDocument, recognise } from '@shared/formats'
import { describe, expect, it } from 'vitest'
import { cases, fc } from '../properties'
import { FOREIGN } from './foreign'

/** Pieces that mean something to one reader or another. */
const pieces = fc.constantFrom(
  '[',
  ']',
  '{',
  '}',
  '"',
  '<',
  '>',
  '</',
  '&',
  ',',
  ';',
  '\n',
  '\n\n',
  '\t',
  '-1',
  '1e999',
  'NaN',
  'null',
  '',
  '__proto__',
  '@input',
  ' '
)
const edits = fc.array(fc.tuple(fc.nat(), fc.nat(40), fc.oneof(pieces, fc.string({ maxLength: 4 }))), { minLength: 1, maxLength: 4 })

describe.each(FOREIGN)('a broken text of %s', (id, text) => {
  it('is read or refused with places and sentences, never thrown at', () => {
    fc.assert(
      fc.property(edits, fc.boolean(), (changes, isBelieved) => {
        let broken = text
        for (const [at, length, instead] of changes) {
          const from = at % (broken.length + 1)
          broken = broken.slice(0, from) + instead + broken.slice(from + length)
        }
        const as = isBelieved ? FORMATS.find((format) => format.id === id) : undefined
        const parsed = parseDocument(broken, as)
        const read = parsed.ok ? (as ?? recognise(parsed.value))?.restate?.(parsed.value, {}) : parsed
        if (!read || read.ok) return
        expect(read.faults.length).toBeGreaterThan(0)
        for (const { path, message } of read.faults) {
          expect(path).toMatch(/^(?:\$|line \d+$)/)
          expect(message.length).toBeGreaterThan(5)
          expect(message).not.toMatch(/undefined|\[object|^Invalid|^Too/)
        }
      }),
      cases(400)
    )
  })
})
