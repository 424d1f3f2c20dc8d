import {
  isLibraryVersion,
  LIBRARY_VERSION,
  type NamedPart,
  namedParts,
  type PartKind,
  readExperiment,
  readScenario,
  withParts
} from '@shared/formats'
import { presetOf } from '@shared/presets'
import { describe, expect, it } from 'vitest'

const office = { format: LIBRARY_VERSION, id: '0a1b2c3d', version: 3, name: 'office' } as const
const scenario = (topology: unknown) => ({ format: 'dmro-scenario/1', name: 'day', topology, workload: 'paper' })
const experiment = {
  format: 'dmro-experiment/1',
  name: 'all places',
  scenarios: ['one-edge-one-cloud', scenario(office), scenario({ format: 'dmro-topology/1', name: 'whole' })],
  algorithms: [
    { id: 'meta', environments: { format: 'dmro-environments/1', topologies: ['house', office], family: { around: 'barn' } } },
    { id: 'meta', environments: { ...office, name: 'set' } },
    { id: 'greedy' }
  ],
  seeds: [1]
}

/** Knows version 3 of one document, under its present name, and the presets. */
const resolve = (part: NamedPart, kind: PartKind) =>
  typeof part !== 'string' && part.id === office.id && part.version === 3 && kind === 'topology'
    ? presetOf('two-edges-two-clouds', 'topology')
    : presetOf(part, kind)

describe('a version of the library in a document', () => {
  it('is read as what it stands for, whatever it is called', () => {
    const read = readScenario(scenario({ ...office, name: 'another name' }), resolve)
    expect(read.ok && read.value.topology).toEqual(
      (readScenario(scenario('two-edges-two-clouds'), resolve) as { value: { topology: unknown } }).value.topology
    )
  })

  it('that is not there is a fault with its name, its place and what can be done', () => {
    const gone = readScenario(scenario({ ...office, version: 4 }), resolve)
    expect(gone).toMatchObject({ ok: false, faults: [{ path: '$.topology' }] })
    expect(!gone.ok && gone.faults[0].message).toMatch(/no topology "office v4" \(0a1b2c3d\).*restore it from the bin, import it/)
    const nowhere = readExperiment({ ...experiment, scenarios: [scenario(office)], algorithms: [{ id: 'greedy' }] })
    expect(!nowhere.ok && nowhere.faults.map(({ path }) => path)).toEqual(['$.scenarios[0].topology', '$.scenarios[0].workload'])
  })

  it('must say which: every field of it has its own fault', () => {
    const read = readScenario(scenario({ format: LIBRARY_VERSION, id: 'office', version: 0 }), resolve)
    expect(!read.ok && read.faults.map(({ path }) => path)).toEqual(['$.topology.id', '$.topology.version', '$.topology.name'])
    expect(isLibraryVersion({ ...office, version: '3' })).toBe(false)
  })
})

describe('the named parts of a document', () => {
  it('are found wherever one may stand, each with its kind and place', () => {
    expect(namedParts(experiment).map(({ part, kind, path }) => [typeof part === 'string' ? part : part.name, kind, path])).toEqual([
      ['one-edge-one-cloud', 'scenario', '$.scenarios[0]'],
      ['office', 'topology', '$.scenarios[1].topology'],
      ['paper', 'workload', '$.scenarios[1].workload'],
      ['paper', 'workload', '$.scenarios[2].workload'],
      ['house', 'topology', '$.algorithms[0].environments.topologies[0]'],
      ['office', 'topology', '$.algorithms[0].environments.topologies[1]'],
      ['barn', 'topology', '$.algorithms[0].environments.family.around'],
      ['set', 'environments', '$.algorithms[1].environments']
    ])
    expect([null, 3, 'office', [], { scenarios: 7, algorithms: [null, 2], family: [] }].flatMap(namedParts)).toEqual([])
  })

  it('are swapped in a copy, and the document itself comes back where none is', () => {
    expect(withParts(experiment, (part) => part)).toBe(experiment)
    const before = structuredClone(experiment)
    const next = withParts(experiment, (part) => (part === 'barn' ? office : part))
    expect(experiment).toEqual(before)
    expect(next.algorithms[0]).toMatchObject({ environments: { family: { around: office } } })
    // What holds nothing that was swapped is the same object as before.
    expect(next.scenarios).toBe(experiment.scenarios)
    expect(next.algorithms[1]).toBe(experiment.algorithms[1])
  })
})
