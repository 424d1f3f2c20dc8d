import { describe, expect, it } from 'vitest'
import { readEnvironments, readExperiment, writeEnvironments, writeExperiment } from '@shared/formats'
import type { NamedPart, PartKind } from '@shared/formats'
import { algorithmCards } from '../../../src/main/algorithms'
import { experiment, topology } from './documents'

const environments = () => ({
  format: 'dmro-environments/1',
  name: 'streets',
  note: 'drawn by hand',
  topologies: [topology()],
  family: { around: topology(), members: 4, seed: 2, bandwidth: 0.7, serverSpeed: 0.5, deviceSpeed: 0.2, energy: 0, energyWeight: [0, 1] }
})

const faultsOf = (document: unknown) => {
  const read = readEnvironments(document)
  return read.ok ? [] : read.faults.map(({ path }) => path)
}

describe('an environment set', () => {
  it('is written as it was read', () => {
    const read = readEnvironments(environments())
    if (!read.ok) throw new Error(JSON.stringify(read.faults))
    expect(readEnvironments(JSON.parse(JSON.stringify(writeEnvironments(read.value))))).toEqual(read)
    expect(read.value.family?.energyWeight).toEqual([0, 1])
  })

  it('may name its topologies', () => {
    const resolve = (name: NamedPart, kind: PartKind) => (name === 'home' && kind === 'topology' ? topology() : undefined)
    const read = readEnvironments(
      { format: 'dmro-environments/1', name: 'named', topologies: ['home'], family: { around: 'home', members: 2 } },
      resolve
    )
    expect(read.ok && read.value.topologies[0].name).toBe('house')
    expect(read.ok && read.value.family?.around.name).toBe('house')
  })

  it('tells every fault at once, each with its place', () => {
    const broken = environments()
    broken.family.members = 0
    broken.family.bandwidth = -1
    broken.family.energyWeight = [1, 0]
    broken.topologies[0].links[0].bandwidthMBps = 0
    expect(faultsOf(broken).sort()).toEqual(
      ['$.family.bandwidth', '$.family.energyWeight', '$.family.members', '$.topologies[0].links[0].bandwidthMBps'].sort()
    )
  })

  it('has something in it', () => {
    expect(faultsOf({ format: 'dmro-environments/1', name: 'nothing' })).toEqual(['$'])
  })
})

describe('an experiment that learns over environments', () => {
  const asked = (algorithm: object) => readExperiment({ ...experiment(), algorithms: [algorithm] }, { catalogue: algorithmCards })

  it('keeps the set and the name of the weights it starts from', () => {
    const read = asked({ id: 'meta', environments: environments(), initialWeights: 'ψ' })
    if (!read.ok) throw new Error(JSON.stringify(read.faults))
    expect(read.value.algorithms[0]).toMatchObject({ initialWeights: 'ψ', environments: { name: 'streets' } })
    expect(readExperiment(JSON.parse(JSON.stringify(writeExperiment(read.value))), { catalogue: algorithmCards })).toEqual(read)
  })

  it.each([
    [{ id: 'meta' }, '$.algorithms[0].environments'],
    [{ id: 'optimum', initialWeights: 'ψ' }, '$.algorithms[0].initialWeights'],
    [{ id: 'greedy', environments: environments() }, '$.algorithms[0].environments'],
    [{ id: 'meta', environments: { ...environments(), name: '' } }, '$.algorithms[0].environments.name']
  ])('is refused where it makes no sense: %o', (algorithm, path) => {
    const read = asked(algorithm)
    expect(read.ok ? [] : read.faults.map((fault) => fault.path)).toContain(path)
  })
})
