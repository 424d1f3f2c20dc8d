import { machineDifference } from '@shared/contract/machines'
import type { Machine } from '@shared/contract/records'
import { describe, expect, it } from 'vitest'

const machine: Machine = {
  app: '1',
  node: 'v24',
  platform: 'linux-x64',
  cpu: 'A processor',
  cpuFlags: 'avx2 fma',
  backend: 'native',
  library: '2.9.1',
  tfjs: '4.22.0',
  threads: 1
}

describe('two machines', () => {
  it.each<[keyof Machine, string | number, string]>([
    ['backend', 'wasm', 'backend native 2.9.1 → wasm 2.9.1'],
    ['library', '2.11', 'backend native 2.9.1 → native 2.11'],
    ['tfjs', '4.23.0', 'tfjs 4.22.0 → 4.23.0'],
    ['threads', 4, 'threads 1 → 4'],
    ['platform', 'darwin-arm64', 'platform linux-x64 → darwin-arm64'],
    ['cpu', 'Another', 'processor A processor → Another'],
    ['cpuFlags', '', 'vector instructions avx2 fma → unknown']
  ])('with another %s come to other bits', (key, value, words) => {
    expect(machineDifference(machine, { ...machine, [key]: value })).toBe(words)
  })

  it('come to the same bits whatever version of Node and of the program they have', () => {
    expect(machineDifference(machine, { ...machine, node: 'v26', app: '2' })).toBeUndefined()
  })
})
