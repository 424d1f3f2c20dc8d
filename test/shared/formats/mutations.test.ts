import { readScenario } from '@shared/formats'
import { compileScenario } from '@shared/model/scenario'
import { NotAChainError } from '@shared/model/workflow'
import { describe, expect, it } from 'vitest'
import { cases, fc } from '../properties'
import { scenario } from './documents'
import { bitFlips, DOCUMENTS, expectFlippedTyped, expectTyped, mutated, mutation } from './mutated'

describe.each(DOCUMENTS)('a broken %s', (_, document, read) => {
  it('is read or refused with paths and sentences, never thrown at', () => {
    fc.assert(
      fc.property(fc.array(mutation, { minLength: 1, maxLength: 4 }), (mutations) => expectTyped(read(mutated(document, mutations)))),
      cases(400)
    )
  })

  it('of flipped bytes is refused as JSON, with its line, or as a document', () => {
    const text = JSON.stringify(document, undefined, 1)
    fc.assert(
      fc.property(bitFlips(text.length), (flips) => expectFlippedTyped(text, flips, read)),
      cases(200)
    )
  })

  it('that is anything at all is refused', () => {
    fc.assert(
      fc.property(fc.anything(), (value) => {
        const result = read(value)
        expect(result.ok).toBe(false)
        expectTyped(result)
      }),
      cases(100)
    )
  })

  it('as deep as a well is refused before its schema sees it', () => {
    let deep: unknown = 1
    for (let i = 0; i < 10_000; i++) deep = { deep }
    const result = read({ ...document, name: deep, placements: deep })
    expect(!result.ok && result.faults.some((fault) => fault.message === 'is nested more than 64 deep')).toBe(true)
  })
})

describe('a scenario that is read', () => {
  it('is compiled, whatever was done to it on the way, unless its workflows are not chains', () => {
    let compiledOnes = 0
    fc.assert(
      fc.property(fc.array(mutation, { minLength: 1, maxLength: 2 }), (mutations) => {
        const read = readScenario(mutated(scenario(), mutations))
        if (!read.ok) return
        try {
          const { references } = compileScenario(read.value)
          expect([references.delaySeconds, references.energyJoules].every(Number.isFinite)).toBe(true)
          compiledOnes++
        } catch (error) {
          if (!(error instanceof NotAChainError)) throw error
        }
      }),
      cases(1000)
    )
    expect(compiledOnes).toBeGreaterThan(50)
  })
})
