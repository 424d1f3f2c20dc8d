// @vitest-environment happy-dom
import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { presetOf } from '@shared/presets'
import type { GivenFile } from '../../../src/renderer/app/files'
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
    ['an MRLCO graph', 'digraph { }', 'mrlco'],
    ['a DAX', '<?xml version="1.0"?><adag xmlns="http://pegasus.isi.edu/schema/DAX"></adag>', 'dax'],
    ['a zip', Uint8Array.of(0x50, 0x4b, 3, 4, 0, 0), 'bundle'],
    ['a policy', samplePolicy(), 'policy'],
    ['JSON of nobody’s', '{"a":1}', 'fault'],
    ['half of JSON', '{"a":', 'fault'],
    ['a program', readFileSync(process.execPath).subarray(0, 5000), 'fault'],
    ['nothing', '', 'fault']
  ])('is told by what it holds: %s', async (_what, content, kind) => expect(await kindOf(content)).toBe(kind))

  it('says of a policy what it was made for', () => {
    expect(policyHeadOf(samplePolicy())).toMatchObject({ places: 2, tasks: expect.any(Number) })
  })

  it('is told of any bytes without a fall', async () => {
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ maxLength: 200 }), async (bytes) => {
        expect(['bundle', 'policy', 'document', 'fault']).toContain((await contentOf(given(bytes))).kind)
      })
    )
  })
})
