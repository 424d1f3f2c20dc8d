import { describe, expect, it } from 'vitest'
import { algorithmCards } from '../../../src/main/algorithms'
import { combinations } from '../../../src/shared/experiment/experiment'
import { passedOver, readExperiment } from '../../../src/shared/formats'
import { algorithmFaults } from '../../../src/shared/experiment/experiment'
import { alikeText } from '../../../src/shared/run/identity'
import { groupNames } from '../../../src/shared/run/naming'
import { GENERATED, ONE_EDGE_ONE_CLOUD } from '../learn/worlds'

/** Documents and runs that are older than an algorithm's table. */

const environments = {
  format: 'dmro-environments/1',
  name: 'one',
  topologies: [{ format: 'dmro-topology/1', ...ONE_EDGE_ONE_CLOUD }]
}
const documentOf = (id: string, parameters: object) => ({
  format: 'dmro-experiment/1',
  name: 'old',
  scenarios: [
    {
      format: 'dmro-scenario/1',
      name: 'small',
      topology: { format: 'dmro-topology/1', ...ONE_EDGE_ONE_CLOUD },
      workload: { format: 'dmro-workload/1', ...GENERATED }
    }
  ],
  algorithms: [{ id, parameters, environments }],
  seeds: [1]
})
const read = (id: string, parameters: object) => readExperiment(documentOf(id, parameters), { catalogue: algorithmCards })
const gone = algorithmCards.flatMap(({ id, removed = [] }) => removed.map((each) => ({ id, ...each })))

describe.each(gone)('$id, which once had "$key"', ({ id, key, default: usual }) => {
  it('opens a document that names it at its old default, without it, and says so', () => {
    const document = documentOf(id, { [key]: usual, hidden: 32 })
    const opened = readExperiment(document, { catalogue: algorithmCards })
    expect(opened.ok && opened.value.algorithms[0].parameters).toEqual({ hidden: 32 })
    expect(passedOver(document, algorithmCards)).toEqual([
      { path: `$.algorithms[0].parameters.${key}`, message: expect.stringContaining('it is ignored') }
    ])
  })

  it('refuses another value and a sweep, with the way out', () => {
    const other = usual === 'adam' ? 'sgd' : usual === 'cosine' ? 'none' : Number(usual) / 2
    for (const value of [other, [usual, other], [usual]]) {
      const refused = read(id, { [key]: value })
      expect(!refused.ok && refused.faults).toEqual([
        { path: `$.algorithms[0].parameters.${key}`, message: expect.stringMatching(/never had an effect: .*; leave it out$/) }
      ])
    }
  })

  it('takes a run that was made with any value, and knows it as the one without', () => {
    const parameters = { [key]: 'anything' }
    expect(algorithmFaults({ algorithms: [{ id, parameters, environments: {} as never }] }, algorithmCards, '$', true)).toEqual([])
    const spec = { algorithm: id, heldOut: 1, split: 0 }
    expect(alikeText({ ...spec, parameters }, 'w', algorithmCards)).toBe(alikeText({ ...spec, parameters: {} }, 'w', algorithmCards))
  })
})

describe('a run from before a parameter whose default is another', () => {
  const card = algorithmCards.find(({ id }) => id === 'meta')
  if (!card) throw new Error('no meta')
  const [now] = combinations({ id: 'meta', parameters: {} }, card)
  const { drawn: _, target: __, ...old } = now

  it('is not taken for one of today', () => {
    const alike = (parameters: typeof old) => alikeText({ algorithm: 'meta', parameters, heldOut: 1, split: 0 }, 'w', algorithmCards)
    expect(alike(old)).not.toBe(alike(now))
    expect(alike(old)).toBe(alike({ ...now, drawn: 'once', target: 'double' }))
  })

  it('is named by what it did', () => {
    const groups = [old, now].map((parameters) => ({ algorithm: 'meta', scenario: 's', parameters }))
    const [before, today] = groupNames(groups, new Map([['meta', card]]))
    expect(before).toMatch(/one · target Double Q-learning/)
    expect(today).toMatch(/two, as in the text · target eq\. \(18\)/)
  })
})
