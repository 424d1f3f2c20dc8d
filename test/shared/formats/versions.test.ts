import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { readScenario, readTopology, readWorkload, recognise, writeScenario, writeTopology, writeWorkload } from '@shared/formats'
import { EXECUTIONS, type Scenario } from '@shared/model/scenario'
import type { Topology } from '@shared/model/topology'
import type { Workflow } from '@shared/model/workflow'
import type { ExplicitWorkload, GeneratedWorkload } from '@shared/model/workload'
import { worldText } from '@shared/run/identity'
import { PRESETS, presetOf } from '@shared/presets'
import { describe, expect, it } from 'vitest'
import { scenarios } from '../model/worlds'
import { cases, fc } from '../properties'
import {
  broken,
  generated,
  scenario,
  sharedGenerated,
  sharedScenario,
  sharedTopology,
  sharedWorkload,
  topology,
  workload
} from './documents'

/** JSON, as files hold it: without keys that hold nothing. */
const plain = <T>(value: T): T => JSON.parse(JSON.stringify(value)) as T
const formatOf = (document: object) => (document as { format: string }).format
function taken<T>(read: { ok: true; value: T } | { ok: false; faults: unknown }): T {
  if (!read.ok) throw new Error(JSON.stringify(read.faults))
  return read.value
}

const quantity = (min: number, max: number) => fc.double({ min, max, noNaN: true })
const maybe = <T>(value: fc.Arbitrary<T>) => fc.option(value, { nil: undefined })

/** A topology, some of whose parts have some of the fields that came later. */
const grownTopology = (before: Topology): fc.Arbitrary<Topology> =>
  fc
    .tuple(
      fc.array(
        fc.record({
          cores: maybe(fc.integer({ min: 1, max: 4 })),
          transmitWatts: maybe(quantity(0, 9)),
          receiveWatts: maybe(fc.constantFrom(0, 1))
        }),
        { minLength: before.nodes.length, maxLength: before.nodes.length }
      ),
      fc.array(maybe(quantity(0.1, 20)), { minLength: before.links.length, maxLength: before.links.length })
    )
    .map(([nodes, rates]) => ({
      ...before,
      nodes: before.nodes.map((node, i) => ({ ...node, ...(node.tier === 'device' ? nodes[i] : { cores: nodes[i].cores }) })),
      links: before.links.map((link, i) => ({ ...link, backBandwidthMBps: rates[i] }))
    }))

const grownWorkflows = (before: readonly Workflow[]): fc.Arbitrary<Workflow[]> =>
  fc
    .record({
      release: maybe(quantity(0, 5)),
      deadline: maybe(quantity(0.1, 5)),
      upload: maybe(quantity(0, 5)),
      isDoubled: fc.boolean()
    })
    .map(({ release, deadline, upload, isDoubled }) =>
      before.map((workflow, i) => ({
        ...workflow,
        tasks: workflow.tasks.map((task) => ({ ...task, uploadMegabytes: upload })),
        flows: isDoubled ? [...workflow.flows, ...workflow.flows] : workflow.flows,
        releaseSeconds: i === before.length - 1 ? release : undefined,
        deadlineSeconds: deadline
      }))
    )

const grown: fc.Arbitrary<Scenario> = scenarios.chain((before) =>
  fc.record({
    name: fc.constant(before.name),
    objective: fc.constant(before.objective),
    topology: grownTopology(before.topology),
    workload: grownWorkflows((before.workload as ExplicitWorkload).workflows).map((workflows) => ({ name: 'random', workflows })),
    execution: fc.constantFrom(undefined, 'independent' as const, 'shared' as const)
  })
)

/** What a scenario means: every field at its default where it is absent. */
function meant({ topology, workload, execution = 'independent', ...rest }: Scenario) {
  return plain({
    ...rest,
    execution,
    nodes: topology.nodes.map((node) => ({ cores: 1, transmitWatts: 0, receiveWatts: 0, ...plain(node) })),
    links: topology.links.map((link) => ({ backBandwidthMBps: link.bandwidthMBps, ...plain(link) })),
    workflows: (workload as ExplicitWorkload).workflows.map((workflow) => ({ releaseSeconds: 0, ...plain(workflow) }))
  })
}

describe('a document in two versions', () => {
  it('is read as it was meant, whichever of its later fields it has', () => {
    fc.assert(
      fc.property(grown, (value) => {
        const read = taken(readScenario(plain(writeScenario(value))))
        expect(meant(read)).toEqual(meant(value))
      }),
      cases(200)
    )
  })

  it('is written the same once it was read, so that equal worlds have one identity', () => {
    fc.assert(
      fc.property(grown, (value) => {
        const read = taken(readScenario(plain(writeScenario(value))))
        const again = taken(readScenario(plain(writeScenario(read))))
        expect(again).toEqual(read)
        expect(worldText(again)).toBe(worldText(read))
      }),
      cases(200)
    )
  })

  it('is written in the first version exactly where it has nothing of the second', () => {
    fc.assert(
      fc.property(grown, (value) => {
        const read = taken(readScenario(plain(writeScenario(value))))
        const text = JSON.stringify(read)
        const isLater = /"(cores|transmitWatts|receiveWatts|backBandwidthMBps)"/.test(JSON.stringify(read.topology))
        expect(formatOf(writeTopology(read.topology))).toBe(`dmro-topology/${isLater ? 2 : 1}`)
        const { workflows } = read.workload as ExplicitWorkload
        const isDoubled = workflows.some(({ flows }) => new Set(flows.map(({ from, to }) => `${from} ${to}`)).size < flows.length)
        const isLaterWork = isDoubled || /"(releaseSeconds|deadlineSeconds|uploadMegabytes)"/.test(text)
        expect(formatOf(writeWorkload(read.workload))).toBe(`dmro-workload/${isLaterWork ? 2 : 1}`)
        expect(formatOf(writeScenario(read))).toBe(`dmro-scenario/${read.execution === undefined ? 1 : 2}`)
      }),
      cases(200)
    )
  })

  it.each([
    ['topology', topology(), sharedTopology(), readTopology],
    ['workload', workload(), sharedWorkload(), readWorkload],
    ['workload', generated(), sharedGenerated(), readWorkload],
    ['scenario', scenario(), sharedScenario(), readScenario]
  ] as [string, { format: string }, { format: string }, (value: unknown) => ReturnType<typeof readTopology>][])(
    'of a %s may bear the second name without anything of it, and not the first with it',
    (_, first, second, read) => {
      expect(read({ ...first, format: second.format })).toEqual(read(first))
      const early = read({ ...second, format: first.format })
      const messages = early.ok ? [] : early.faults.map(({ message }) => message)
      expect(messages.length).toBeGreaterThan(0)
      for (const message of messages)
        expect(message).toMatch(/ came with dmro-(topology|workload|scenario)\/2; name that as the format|^joins the same tasks as flow/)
    }
  )

  it.each<[string, unknown, string]>([
    ['one core', broken(sharedTopology(), ['nodes', 1, 'cores'], 1), 'cores'],
    ['no watts', broken(broken(sharedTopology(), ['nodes', 0, 'transmitWatts'], 0), ['nodes', 0, 'receiveWatts'], 0), 'Watts'],
    ['the same rate back', broken(sharedTopology(), ['links', 0, 'backBandwidthMBps'], 1), 'backBandwidthMBps'],
    ['a release at 0', broken(sharedWorkload(), ['workflows', 1, 'releaseSeconds'], 0), 'releaseSeconds'],
    [
      'one workflow at a time',
      broken(broken(sharedGenerated(), ['generator', 'together'], 1), ['generator', 'gapSeconds'], undefined),
      'together'
    ],
    ['independent execution', broken(sharedScenario(), ['execution'], 'independent'), 'execution']
  ])('does not keep what its absence says: %s', (_, document, key) => {
    expect(JSON.stringify(document)).toContain(key)
    const written = taken(recognise(document)?.restate?.(document, {}) ?? { ok: false, faults: 'no format' })
    expect(JSON.stringify(written)).not.toContain(key)
  })

  it('fills in how graphs are drawn', () => {
    const read = taken(readWorkload(broken(sharedGenerated(), ['generator', 'graph'], {}))) as GeneratedWorkload
    expect(read.generator.graph).toEqual({ fat: [0.5, 0.7], density: [0.4, 0.8], flows: 'split' })
  })

  it('of a scenario holds parts in versions of their own, by name or themselves', () => {
    const parts = { topology: sharedTopology(), workload: sharedWorkload() }
    const resolve = (_: unknown, kind: string) => ({ ...parts })[kind as 'topology' | 'workload']
    const named = { ...scenario(), topology: 'house', workload: 'batch' }
    expect(taken(readScenario(named, resolve))).toEqual(taken(readScenario({ ...scenario(), ...parts })))
    expect(formatOf(writeScenario(taken(readScenario(named, resolve))))).toBe('dmro-scenario/1')
  })

  it('knows every execution', () => {
    for (const execution of EXECUTIONS) {
      const read = readScenario({ ...sharedScenario(), execution })
      if (execution !== 'round-trip') expect(taken(read).execution).toBe(execution === 'independent' ? undefined : execution)
    }
  })
})

const PRESETS_THEN = [
  'scenario one-edge-one-cloud',
  'scenario two-edges-two-clouds',
  'workload paper',
  'environments around-one-edge-one-cloud',
  'topology one-edge-one-cloud',
  'topology two-edges-two-clouds'
]
/** The digests below were computed by the code of before there was a second version. */
const sha256 = (text: string) => createHash('sha256').update(text).digest('hex')

describe('what 0.1.0 wrote', () => {
  const told = JSON.parse(readFileSync(new URL('../../fixtures/releases/0.1.0/told.json', import.meta.url), 'utf8')) as {
    documents: { name: string; versions: unknown[] }[]
  }

  it('is written again byte for byte: its presets, and the documents of its library', () => {
    const presets = PRESETS.filter(({ id, kind }) => PRESETS_THEN.includes(`${kind} ${id}`)).map(({ document }) => document)
    const texts = [...presets, ...told.documents.flatMap(({ versions }) => versions)].map((document) => {
      const read = recognise(document)?.restate?.(document, { resolve: presetOf })
      return JSON.stringify(read?.ok ? read.value : read)
    })
    expect(texts).toHaveLength(10)
    expect(sha256(texts.join('\n'))).toBe('5be881c14c115ceafadab7c53ecfe446935ce190acb073566cbdb8a06aa5f22d')
  })

  it.each([
    ['one-edge-one-cloud', '49030d435d21fbc9961e6e0bede253f4e6c9f300292416d57050331f2d3d0df1'],
    ['two-edges-two-clouds', '132b8711ded67c3992bbf1b3db8d56a3c08f98c9359a892224e7ffad6613c9ca']
  ])('is the same world: %s', (id, digest) => {
    expect(sha256(worldText(taken(readScenario(presetOf(id, 'scenario'), presetOf))))).toBe(digest)
  })
})
