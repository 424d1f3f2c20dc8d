import { describe, it } from 'vitest'
import { cases, fc } from '../properties'
import { edits, expectEditedTyped, TEXTS } from './broken-texts'

describe.each(TEXTS)('a broken text of %s', (id, text) => {
  it('is read or refused with places and sentences, never thrown at', () => {
    fc.assert(
      fc.property(edits, fc.boolean(), (changes, isBelieved) => expectEditedTyped(id, text, changes, isBelieved)),
      cases(400)
    )
  })
})
