import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { NetworkShape } from '../../../src/main/learn/network'
import { initialWeights } from '../../../src/main/learn/network'
import { join, pack, unpack } from '../../../src/main/learn/packing'
import { type PolicyCard, policyBytes, readPolicy } from '../../../src/main/learn/policy'
import { stateLength } from '../../../src/main/learn/state'
import { randomStream } from '../../../src/shared/model/random'
import { problemOf } from './worlds'

const problem = problemOf()
const network: NetworkShape = { inputs: stateLength(problem.shape), hidden: 4, outputs: problem.shape.places, head: 'dueling' }
const random = randomStream(1, 'init')
const weights = [initialWeights(network, random), initialWeights(network, random)]
const bytes = policyBytes('state-values', network, problem, weights)

describe('a policy’s bytes', () => {
  it('hold the weights and all that deciding needs', () => {
    const { card, weights: read } = readPolicy(bytes)
    expect(read).toEqual(weights)
    expect(card).toEqual({
      format: 'dmro-policy/1',
      kind: 'state-values',
      shape: problem.shape,
      network,
      units: 2,
      references: problem.compiled.references,
      costScale: problem.costScale
    })
  })

  it('say how far a decision plans where that is further than one task', () => {
    expect(readPolicy(policyBytes('state-values', network, problem, weights, 3)).card.horizon).toBe(3)
    expect(policyBytes('state-values', network, problem, weights, 1)).toEqual(bytes)
  })

  const card = unpack(bytes).data as PolicyCard
  const changed = (change: object) => pack({ data: { ...card, ...change }, arrays: { weights: join(weights) } })
  const wrongs: [string, object][] = [
    ['another format', { format: 'dmro-policy/2' }],
    ['no shape', { shape: undefined }],
    ['no network', { network: null }],
    ['no references', { references: undefined }],
    ['values of an unknown kind', { kind: 'thoughts' }],
    ['inputs that are not the state’s', { kind: 'after-values' }],
    ['other outputs than places', { shape: { ...card.shape, places: 4 } }],
    ['no units', { units: 0 }],
    ['a plan over nothing', { horizon: 0 }],
    ['a scale of zero', { costScale: 0 }],
    ['more units than weights', { units: 3 }],
    ['another head', { network: { ...network, head: 'plain' } }]
  ]

  it.each(wrongs)('are refused with %s', (_, change) => {
    expect(() => readPolicy(changed(change))).toThrow(RangeError)
  })

  it('are read or refused as a range, whatever was done to them', () => {
    fc.assert(
      fc.property(fc.nat(bytes.length - 1), fc.integer({ min: 1, max: 255 }), fc.nat(bytes.length), (at, flip, length) => {
        const damaged = bytes.slice(0, length)
        if (at < length) damaged[at] ^= flip
        try {
          readPolicy(damaged)
        } catch (error) {
          expect(error).toBeInstanceOf(RangeError)
        }
      }),
      { numRuns: 300 }
    )
  })
})
