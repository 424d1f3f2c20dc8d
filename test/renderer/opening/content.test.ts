// @vitest-environment happy-dom
import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { presetOf } from '@shared/presets'
import type { GivenFile } from '../../../src/renderer/services/files'
import { contentOf, policyHeadOf } from '../../../src/renderer/opening/content'
import { samplePolicy } from '../../main/bundle/histories'

function given(content: string | Uint8Array, name = 'anything'): GivenFile {
  const bytes = typeof content === 'string' ? new TextEncoder().encode(content) : content
  return {
    name,
    size: bytes.length,
    head: async (length) => bytes.slice(0, length),
    content: async () => new Blob([Uint8Array.from(bytes)]),
    done: () => {}
  }
}

const kindOf = async (content: string | Uint8Array) => {
  const found = await contentOf(given(content))
  return found.kind === 'document' ? found.format.id : found.kind
}

describe('what a file is', () => {
  it.each([
    ['a topology', JSON.stringify(presetOf('one-edge-one-cloud', 'topology')), 'topology'],
    ['a scenario', JSON.stringify(presetOf('one-edge-one-cloud', 'scenario')), 'scenario'],
    ['a workload', JSON.stringify(presetOf('paper', 'workload')), 'workload'],
    ['an experiment', JSON.stringify(presetOf('quick', 'experiment')), 'experiment'],
    ['an environment set', JSON.stringify(presetOf('meta-training', 'environments')), 'environments'],
    ['a WfCommons workflow', JSON.stringify(presetOf('chain', 'workload')), 'wfcommons'],
    ['an MRLCO graph', 'digraph { a [size=1] }', 'mrlco'],
    ['a DAX', '<?xml version="1.0"?><adag xmlns="http://pegasus.isi.edu/schema/DAX"><job id="a" runtime="1"/></adag>', 'dax'],
    ['a zip', Uint8Array.of(0x50, 0x4b, 3, 4, 0, 0), 'sent'],
    ['a policy', samplePolicy(), 'policy'],
    ['JSON of nobody’s', '{"a":1}', 'fault'],
    ['half of JSON', '{"a":', 'fault'],
    ['a program', readFileSync(process.execPath).subarray(0, 5000), 'fault'],
    ['nothing', '', 'fault']
  ])('is recognised by what it holds: %s', async (_what, content, kind) => expect(await kindOf(content)).toBe(kind))

  it.each([
    ['UTF-8', 'utf8', ''],
    ['UTF-8 with a mark', 'utf8', '\ufeff'],
    ['UTF-16 of the low byte first', 'utf16le', '\ufeff'],
    ['UTF-16 of the high byte first', 'utf16be', '\ufeff']
  ])('is told in %s', async (_what, encoding, mark) => {
    for (const [content, kind] of [
      [JSON.stringify({ ...(presetOf('paper', 'workload') as object), name: 'Größe 大' }), 'workload'],
      ['digraph { ä [size=1] }', 'mrlco'],
      ['<adag name="ä"><job id="ä" runtime="1"/></adag>', 'dax']
    ]) {
      const bytes = Buffer.from(mark + content, encoding === 'utf8' ? 'utf8' : 'utf16le')
      const found = await contentOf(given(encoding === 'utf16be' ? bytes.swap16() : bytes))
      expect(found.kind === 'document' && found.format.id).toBe(kind)
      expect(JSON.stringify(found)).toMatch(/ä|Größe 大/)
    }
  })

  it('says of every text in no format why it is in none', async () => {
    expect(await contentOf(given('hello'))).toEqual({
      kind: 'fault',
      faults: [
        { path: '$', message: 'is not JSON: line 1, column 1: "hello" is not a value' },
        { path: '$', message: 'could not be read as MRLCO task graph (Graphviz): it begins with "hello", not with "digraph"' },
        { path: '$', message: 'could not be read as Pegasus DAX: it does not begin with "<"' }
      ]
    })
    const latin = await contentOf(given(Buffer.from('{"name": "Größe"}', 'latin1')))
    expect(latin).toEqual({ kind: 'fault', faults: [{ path: '$', message: expect.stringContaining('is not text in UTF-8') }] })
  })

  it('is a workload that can be kept, with the name of a file that is none', async () => {
    const found = await contentOf(given('digraph { a [size=1] }', `${'long'.repeat(100)}.gv`))
    expect(found.kind === 'document' && found.document.workload?.name).toBe('long'.repeat(50))
    // Longer than one message: it travels in pieces.
    const many = `digraph {${Array.from({ length: 9000 }, (_, i) => `task_number_${i} [size=1] `).join('')}}`
    const large = await contentOf(given(many))
    expect(large.kind === 'document' && JSON.stringify(large.document.value).length).toBeGreaterThan(2 ** 20)
  })

  it('says of a policy what it was made for', () => {
    expect(policyHeadOf(samplePolicy())).toMatchObject({ places: 2, tasks: expect.any(Number) })
  })

  it('is told of any bytes without a fall', async () => {
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ maxLength: 200 }), async (bytes) => {
        expect(['sent', 'policy', 'document', 'fault']).toContain((await contentOf(given(bytes))).kind)
      })
    )
  })
})
