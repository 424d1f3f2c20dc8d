import { ChainWorld } from '@shared/model/chain-world'
import {
  type NamedPart,
  type PartKind,
  readExperiment,
  readPlacement,
  readScenario,
  readTopology,
  readWorkload,
  recognise,
  writeExperiment,
  writePlacement,
  writeScenario,
  writeTopology,
  writeWorkload
} from '@shared/formats'
import { assess } from '@shared/model/assessment'
import { DEFAULT_OBJECTIVE } from '@shared/model/objective'
import { compileScenario } from '@shared/model/scenario'
import { PAPER_GENERATOR } from '@shared/model/workload'
import { PRESETS, presetOf } from '@shared/presets'
import { describe, expect, it } from 'vitest'
import {
  broken,
  experiment,
  generated,
  roundTripScenario,
  scenario,
  sharedGenerated,
  sharedScenario,
  sharedTopology,
  sharedWorkload,
  topology,
  wfcommons,
  workload
} from './documents'

function taken<T>(read: { ok: true; value: T } | { ok: false; faults: unknown }): T {
  if (!read.ok) throw new Error(JSON.stringify(read.faults))
  return read.value
}

describe('a document of ours', () => {
  it.each([
    ['topology', topology(), readTopology, writeTopology],
    ['workload', workload(), readWorkload, writeWorkload],
    ['workload', generated(), readWorkload, writeWorkload],
    ['scenario', scenario(), readScenario, writeScenario],
    ['topology', sharedTopology(), readTopology, writeTopology],
    ['workload', sharedWorkload(), readWorkload, writeWorkload],
    ['workload', sharedGenerated(), readWorkload, writeWorkload],
    ['scenario', sharedScenario(), readScenario, writeScenario],
    ['scenario', roundTripScenario(), readScenario, writeScenario],
    ['experiment', experiment(), readExperiment, writeExperiment]
  ] as [string, unknown, (value: unknown) => ReturnType<typeof readTopology>, (value: unknown) => object][])(
    'in the format %s is written as it was read',
    (format, document, read, write) => {
      expect(recognise(document)?.id).toBe(format)
      const value = taken(read(document))
      expect(write(value)).toEqual(document)
      expect(JSON.parse(JSON.stringify(write(value)))).toEqual(document)
      expect(taken(read(write(value)))).toEqual(value)
    }
  )

  it('of no known format is recognised as none', () => {
    for (const value of [null, 1, 'topology', [], {}, { format: 'dmro-topology/9' }]) expect(recognise(value)).toBeUndefined()
  })

  it('may leave out what has a default', () => {
    expect(taken(readTopology(broken(topology(), ['links', 0, 'latencyMs'], undefined))).links[0].latencyMs).toBe(0)
    expect(taken(readScenario(broken(scenario(), ['objective'], undefined))).objective).toEqual(DEFAULT_OBJECTIVE)
    expect(taken(readScenario(broken(scenario(), ['objective'], { energyWeight: 2 }))).objective).toEqual({
      ...DEFAULT_OBJECTIVE,
      energyWeight: 2
    })
    expect(taken(readWorkload({ ...generated(), generator: {} }))).toMatchObject({ generator: PAPER_GENERATOR })
    const short = { format: 'dmro-experiment/1', name: 'short', scenarios: [scenario()], algorithms: [{ id: 'greedy' }], seeds: [1] }
    expect(taken(readExperiment(short))).toMatchObject({ heldOut: 200, split: 0, algorithms: [{ id: 'greedy', parameters: {} }] })
  })

  it('is not changed by being read', () => {
    const document = experiment()
    readExperiment(document)
    expect(document).toEqual(experiment())
  })
})

describe('names in a document', () => {
  const documents: Record<string, unknown> = {
    'topology house': topology(),
    'workload evening': workload(),
    'scenario home': { ...scenario(), topology: 'house', workload: 'evening' }
  }
  const resolve = (name: NamedPart, kind: PartKind) => documents[`${kind} ${name}`]

  it('stand for what the resolver knows, at every depth', () => {
    const read = taken(readExperiment({ ...experiment(), scenarios: ['home'] }, { resolve }))
    expect(read.scenarios[0]).toEqual(taken(readScenario(scenario())))
  })

  it('stand for documents of their own kind only', () => {
    expect(readScenario({ ...scenario(), topology: 'evening' }, resolve).ok).toBe(false)
  })

  it('have the faults of what they stand for told at their place', () => {
    const faulty = (name: NamedPart, kind: PartKind) =>
      kind === 'topology' ? broken(topology(), ['nodes', 0, 'computeMHz'], 0) : resolve(name, kind)
    const read = readExperiment({ ...experiment(), scenarios: ['home'] }, { resolve: faulty })
    expect(read).toMatchObject({ faults: [{ path: '$.scenarios[0].topology.nodes[0].computeMHz' }] })
  })
})

describe('a scenario', () => {
  it('takes a WfCommons document for its workload, owned by its first device', () => {
    const read = taken(readScenario({ ...scenario(), workload: wfcommons() }))
    expect(read.workload).toMatchObject({ workflows: [{ device: 'phone', tasks: [{ id: 'a' }, { id: 'b' }] }] })
    expect(readScenario(writeScenario(read))).toEqual({ ok: true, value: read })
  })
})

describe('a placement', () => {
  const compiled = compileScenario(taken(readScenario(scenario())))
  const placements = () => ({ w1: { t1: 'router', t2: 'phone' }, w2: { alone: 'rack' } })
  const document = () => writePlacement(placements()) as { format: string; placements: Record<string, Record<string, string>> }
  const faultsOf = (value: unknown) => {
    const read = readPlacement(value, new ChainWorld(compiled))
    return read.ok ? [] : read.faults
  }

  it('is read as indices of locations (own device, edges, clouds), in the order of the workflows', () => {
    expect(compiled.chains.map((chain) => chain.id)).toEqual(['w1', 'w2'])
    expect(readPlacement(document(), new ChainWorld(compiled))).toEqual({ ok: true, value: [Uint8Array.of(1, 0), Uint8Array.of(3)] })
    const reordered = { ...document(), placements: { w2: { alone: 'rack' }, w1: { t2: 'phone', t1: 'router' } } }
    expect(readPlacement(reordered, new ChainWorld(compiled))).toEqual(readPlacement(document(), new ChainWorld(compiled)))
  })

  it('written from an assessment reads back', () => {
    const assessment = assess(new ChainWorld(compiled), taken(readPlacement(document(), new ChainWorld(compiled))))
    expect(Object.fromEntries(assessment.workflows.map(({ id, placement }) => [id, placement]))).toEqual(placements())
  })

  it.each([
    ['a missing workflow', ['placements', 'w2'], undefined, '$.placements.w2', 'this workflow is not placed'],
    ['a missing task', ['placements', 'w1', 't2'], undefined, '$.placements.w1.t2', 'this task is not placed'],
    ['a workflow too many', ['placements', 'w 3'], {}, '$.placements["w 3"]', 'there is no workflow "w 3" in scenario "evening"'],
    ['a task too many', ['placements', 'w1', 't3'], 'phone', '$.placements.w1.t3', 'workflow "w1" has no task "t3"'],
    [
      'an unknown node',
      ['placements', 'w1', 't1'],
      'moon',
      '$.placements.w1.t1',
      '"moon" is not a place for this workflow; it may use phone, router, rack'
    ],
    [
      'a node without a route',
      ['placements', 'w1', 't1'],
      'cellar',
      '$.placements.w1.t1',
      'there is no route from "phone" to "cellar"; it may use phone, router, rack'
    ],
    ['a number for a node', ['placements', 'w1', 't1'], 3, '$.placements.w1.t1', 'must be a text, not 3'],
    [
      'an inherited key for a workflow',
      ['placements', 'toString'],
      {},
      '$.placements.toString',
      'there is no workflow "toString" in scenario "evening"'
    ],
    ['another format', ['format'], 'placement', '$.format', 'must be "dmro-placement/1", not "placement"']
  ])('with %s is refused at its path', (_, keys, value, path, message) => {
    expect(faultsOf(broken(document(), keys, value))).toContainEqual({ path, message })
  })

  it('on another device than its workflow’s own is refused', () => {
    const two = broken(scenario(), ['topology', 'nodes', 3], { id: 'watch', tier: 'device', computeMHz: 1, energyPerMegacycle: 1 })
    const read = readPlacement(
      broken(document(), ['placements', 'w1', 't1'], 'watch'),
      new ChainWorld(compileScenario(taken(readScenario(two))))
    )
    expect(read).toMatchObject({
      faults: [{ path: '$.placements.w1.t1', message: expect.stringContaining('"watch" is not a place for this workflow') }]
    })
  })

  it('between two places that no route joins is refused, for it would take for ever', () => {
    const apart = broken(scenario(), ['topology', 'links', 1, 'from'], 'phone')
    apart.topology.links.splice(2)
    apart.topology.links[1] = { from: 'phone', to: 'rack', bandwidthMBps: 1, latencyMs: 0 }
    const read = readPlacement(
      broken(document(), ['placements', 'w1', 't2'], 'rack'),
      new ChainWorld(compileScenario(taken(readScenario(apart))))
    )
    expect(read).toEqual({
      ok: false,
      faults: [{ path: '$.placements.w1.t2', message: 'there is no route from "router", where the task before is placed, to "rack"' }]
    })
  })

  it('has all its faults told at once', () => {
    const bad = { format: 'dmro-placement/1', placements: { w1: { t1: 'cellar', t3: 'phone' }, w9: {} } }
    expect(
      faultsOf(bad)
        .map((fault) => fault.path)
        .sort()
    ).toEqual(['$.placements.w1.t1', '$.placements.w1.t2', '$.placements.w1.t3', '$.placements.w2', '$.placements.w9'])
  })
})

describe('what comes with the lab', () => {
  it('has one document of each kind and name, and is written as its file holds it where that is whole', () => {
    for (const { id, kind, document } of PRESETS) {
      if (kind !== 'topology') continue
      expect(taken(recognise(document)?.restate?.(document, { resolve: presetOf }) ?? { ok: false, faults: id })).toEqual(document)
    }
    expect(new Set(PRESETS.map(({ id, kind }) => `${kind} ${id}`)).size).toBe(PRESETS.length)
  })

  it('is read by its own formats', () => {
    expect(PRESETS.map((preset) => [preset.id, preset.kind, recognise(preset.document)?.id])).toMatchObject(
      PRESETS.map((preset) => [preset.id, preset.kind, preset.id === 'chain' ? 'wfcommons' : preset.kind])
    )
  })
})
