import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { expect, it } from 'vitest'
import { COMMAND } from '../../scripts/reference'
import { glossaryPage } from '../../scripts/reference/glossary'
import { glossaryText } from '../../src/renderer/ui/text/en/glossary'

const PAGE = fileURLToPath(new URL('../../docs/glossary.md', import.meta.url))
const terms = Object.entries(glossaryText.glossary.terms)

it(`docs/glossary.md says what the window says; where it does not, change src/renderer/ui/text/en/glossary.ts and run: ${COMMAND}`, () => {
  expect(readFileSync(PAGE, 'utf8')).toBe(glossaryPage())
})

it('has each word once, explained in one or two sentences', () => {
  const words = terms.map(([, { word }]) => word)
  expect(new Set(words).size).toBe(words.length)
  for (const [key, { meaning }] of terms) {
    expect(meaning, key).toMatch(/^[\p{Lu}\d].+\.$/su)
    expect(meaning.match(/[.!?](?= \p{Lu})/gu)?.length ?? 0, key).toBeLessThan(2)
  }
})
