import { describe, expect, it } from 'vitest'
import { MOST_OPENED_BYTES, openExperimentFile, sketchOf } from '../../../src/renderer/experiment/document'

const file = (content: string | Uint8Array, size = content.length) => ({
  name: 'a.json',
  size,
  arrayBuffer: () => new Blob([Uint8Array.from(Buffer.from(content))]).arrayBuffer()
})

describe('an opened document', () => {
  it('is read as JSON and judged no further', async () => {
    expect(await openExperimentFile(file('{"any":"thing"}'))).toEqual({
      document: { file: 'a.json', bytes: 15, content: { any: 'thing' } }
    })
  })

  it('may be in UTF-16', async () => {
    const marked = Buffer.from('\ufeff{"any":"thing"}', 'utf16le')
    expect(await openExperimentFile(file(marked))).toMatchObject({ document: { content: { any: 'thing' } } })
  })

  it('is refused unread where it is too large to be sent', async () => {
    const large = { ...file('', MOST_OPENED_BYTES + 1), arrayBuffer: () => Promise.reject(new Error('was read')) }
    expect(await openExperimentFile(large)).toEqual({ fault: { kind: 'large', bytes: MOST_OPENED_BYTES + 1, most: MOST_OPENED_BYTES } })
  })

  it('says what is wrong where it is not JSON or cannot be read', async () => {
    expect(await openExperimentFile(file('{"a":'))).toEqual({
      fault: { kind: 'syntax', message: 'it is not JSON: line 1, column 6: the text ends before "}"' }
    })
    expect(await openExperimentFile(file('{"a": 1, "a": 2}'))).toEqual({
      fault: { kind: 'syntax', message: '$.a occurs a second time; keep one' }
    })
    expect(await openExperimentFile(file(Uint8Array.of(0x22, 0xe4, 0x22)))).toMatchObject({
      fault: { message: expect.stringContaining('UTF-8') }
    })
    const gone = { ...file(''), arrayBuffer: () => Promise.reject(new Error('it is gone')) }
    expect(await openExperimentFile(gone)).toEqual({ fault: { kind: 'unreadable', message: 'it is gone' } })
  })

  it('counts its runs: scenarios × every combination of swept values', () => {
    const content = {
      name: 'sweep',
      scenarios: ['a', 'b'],
      algorithms: [{ id: 'dmro', parameters: { units: [1, 5, 10], discount: [0.9, 1] } }, { id: 'optimum' }],
      seeds: [1, 2]
    }
    expect(sketchOf(content)).toEqual({ name: 'sweep', scenarios: 2, algorithms: ['dmro', 'optimum'], seeds: [1, 2], runsPerSeed: 14 })
  })

  it.each([null, 3, 'text', [], {}, { algorithms: 'none', seeds: { 1: 1 }, scenarios: 4, name: 7 }, { algorithms: [null, 3, {}] }])(
    'makes no run of nonsense: %j',
    (content) => {
      expect(sketchOf(content)).toMatchObject({ algorithms: [], seeds: [], runsPerSeed: 0 })
    }
  )
})
