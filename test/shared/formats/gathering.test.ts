import {
  gatherScenario,
  parseDocument,
  readTopology,
  recognise,
  readScenario,
  stemOf,
  type WorkflowFile,
  writeScenario
} from '@shared/formats'
import type { Execution } from '@shared/model/scenario'
import type { ExplicitWorkload } from '@shared/model/workload'
import { presetOf } from '@shared/presets'
import { describe, expect, it } from 'vitest'
import { generated, sharedWorkload, topology } from './documents'

function taken<T>(read: { ok: true; value: T } | { ok: false; faults: unknown }): T {
  if (!read.ok) throw new Error(JSON.stringify(read.faults))
  return read.value
}

const MRLCO = taken(readTopology(presetOf('mrlco', 'topology')))
const graph = (size: number, extra = '') =>
  `digraph { 1 [size=${size}, expect_size=1000]; 2 [size=${size}, expect_size=1000]; 1 -> 2 [size=1]; ${extra} }`

function file(name: string, text: string, execution: Execution = 'round-trip', device = 'device'): WorkflowFile {
  const value = taken(parseDocument(text))
  const read = recognise(value)?.readWorkload?.(value, { device, execution })
  return { file: name, workload: taken(read ?? { ok: false, faults: name }) }
}
const gather = (files: readonly WorkflowFile[], execution: Execution = 'round-trip') =>
  gatherScenario(files, { name: 'all', topology: execution === 'round-trip' ? MRLCO : taken(readTopology(topology())), execution })
const workflowsIn = (files: readonly WorkflowFile[], execution?: Execution) =>
  (taken(gather(files, execution)).scenario.workload as ExplicitWorkload).workflows

describe('files of workflows gathered in one scenario', () => {
  it('are its workflows in the order they are given, each named by its file', () => {
    const files = ['b/two.gv', 'a/one.gv', 'c/two.gv', 'constructor.gv', 'c:\\graphs\\last.of.all.gv'].map((name, i) =>
      file(name, graph(i + 1))
    )
    const workflows = workflowsIn(files)
    expect(workflows.map(({ id }) => id)).toEqual(['two', 'one', 'two (2)', 'workflow constructor', 'last.of.all'])
    expect(workflows.map(({ tasks }) => tasks[0].megacycles)).toEqual([1, 2, 3, 4, 5].map((size) => size / 1e6))
  })

  it('are read again as they were written', () => {
    const { scenario } = taken(gather([file('a.gv', graph(1e6))]))
    expect(taken(readScenario(JSON.parse(JSON.stringify(writeScenario(scenario)))))).toEqual(scenario)
    expect(scenario).toMatchObject({ execution: 'round-trip', objective: { energyWeight: 0, scaling: 'local-only' } })
  })

  it('cost on MRLCO’s machines what they do there: bytes over bytes per second, 6.4 W of computing', () => {
    const [device, edge] = MRLCO.nodes
    const [{ tasks }] = workflowsIn([file('a.gv', graph(1_048_576))])
    const seconds = tasks[0].megacycles / device.computeMHz
    expect(seconds).toBeCloseTo(1, 12)
    expect(device.energyPerMegacycle * tasks[0].megacycles).toBeCloseTo(6.4 * seconds, 12)
    expect(tasks[0].megacycles / edge.computeMHz).toBeCloseTo(0.1, 12)
    expect((tasks[0].uploadMegabytes ?? 0) / MRLCO.links[0].bandwidthMBps).toBeCloseTo(8 / 7, 12)
  })

  it('have everything that was assumed told, each sentence once, with the files it is true of where that is not all', () => {
    const doubled = graph(1, '1 -> 2 [size=1]')
    const files = [file('a.gv', graph(1)), file('b.gv', doubled), ...['c', 'd', 'e', 'f'].map((name) => file(`x/${name}.gv`, doubled))]
    const { assumptions, scenario } = taken(gather(files))
    expect(assumptions).toEqual([
      '6 files, 6 workflows, in the order given.',
      'From an MRLCO task graph: a megacycle stands for 10⁶ bytes processed.',
      'A task uploads the bytes it processes (size) and returns its output (expect_size) where it is offloaded; edges only order, their sizes cost nothing.',
      'b, c, d and 2 more: Equal edges count once: 1 occurred in the file more than once.',
      expect.stringMatching(/^Objective: δ is 0, /)
    ])
    expect(scenario.workload.note).toBe(assumptions.slice(1).join(' '))
  })

  it('keep of it as much as a note may hold', () => {
    const dax = (i: number) => `<adag name="${'x'.repeat(250)}${i}"><job id="a" runtime="1"/></adag>`
    const files = Array.from({ length: 40 }, (_, i) => file(`${i}.xml`, dax(i), 'shared', 'phone'))
    const { assumptions, scenario } = taken(gather(files, 'shared'))
    expect(assumptions.filter((text) => text.includes('From Pegasus DAX'))).toHaveLength(40)
    expect(scenario.workload.note?.length).toBeGreaterThan(1500)
    expect(scenario.workload.note?.length).toBeLessThanOrEqual(2000)
  })

  it('may hold several workflows each, or one generator alone', () => {
    const several = file('batch.json', JSON.stringify(sharedWorkload()))
    const single = file('last.gv', graph(1), 'shared', 'phone')
    expect(workflowsIn([several], 'shared').map(({ id }) => id)).toEqual(['batch w1', 'batch w2'])
    const drawn = file('drawn.json', JSON.stringify(generated()))
    expect(taken(gather([drawn], 'shared')).scenario).toMatchObject({ execution: 'shared', workload: { generator: { tasks: 4 } } })
    expect(gather([drawn, single], 'shared')).toEqual({
      ok: false,
      faults: [{ path: 'drawn.json', message: 'draws its workflows by a generator; give it alone' }]
    })
    expect(gather([several, single], 'shared')).toEqual({
      ok: false,
      faults: [
        {
          path: 'last.gv: $.workflows[0].releaseSeconds',
          message: 'is 0 where it is absent, before the 4.5 of workflow 1; list workflows in the order of their release'
        }
      ]
    })
  })

  it('have the faults of the scenario told at the file they come from', () => {
    const files = [file('a.gv', graph(1)), file('b.gv', graph(1), 'shared'), file('c.gv', graph(1), 'round-trip', 'watch')]
    const read = gather(files)
    expect((read.ok ? [] : read.faults).map(({ path }) => path)).toEqual([
      'c.gv: $.workflows[0].device',
      ...[0, 1].flatMap((i) => ['uploadMegabytes', 'resultMegabytes'].map((key) => `b.gv: $.workflows[0].tasks[${i}].${key}`))
    ])
  })

  it('are 600 at once', () => {
    expect(workflowsIn(Array.from({ length: 600 }, (_, i) => file(`g${i}.gv`, graph(i))))).toHaveLength(600)
  })
})

describe('the stem of a file', () => {
  it.each([
    ['a/b.c/graph.20.gv', 'graph.20'],
    ['C:\\x\\y.json', 'y'],
    ['.hidden', '.hidden'],
    ['folder/', 'file'],
    [' spaced .gv', 'spaced']
  ])('of %j is %j', (name, stem) => expect(stemOf(name)).toBe(stem))
})
