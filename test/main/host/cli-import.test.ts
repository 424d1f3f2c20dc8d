import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { readScenario } from '@shared/formats'
import { isGenerated } from '@shared/model/workload'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { roundTripScenario, sharedTopology, sharedWorkload, wfcommons } from '../../shared/formats/documents'
import { commandLine, type Ended } from './in-process'

const folder = mkdtempSync(join(tmpdir(), 'dmro-import-'))
const lab = commandLine(join(folder, 'home'))
const before = process.cwd()

beforeAll(() => process.chdir(folder))
afterAll(() => {
  process.chdir(before)
  rmSync(folder, { recursive: true, force: true })
})

function file(name: string, content: object | string): string {
  writeFileSync(join(folder, name), typeof content === 'string' ? content : JSON.stringify(content))
  return name
}
const graph = (size: number) => `digraph {\n 1 [size=${size}, expect_size=500000]\n 2 [size=1000000]\n 1 -> 2 [size=7]\n}`
const lines = ({ err }: Ended) => err.trim().split('\n')

function scenarioIn(text: string) {
  const read = readScenario(JSON.parse(text))
  if (!read.ok) throw new Error(JSON.stringify(read.faults))
  const { workload } = read.value
  if (isGenerated(workload)) throw new Error('it lists its workflows')
  return { ...read.value, workflows: workload.workflows }
}

describe('lab import --execution round-trip', () => {
  it('writes one scenario of all graphs, in their order, with MRLCO’s numbers, and prints what was assumed', async () => {
    const ended = await lab('import', file('b.gv', graph(2e6)), file('a.gv', graph(1e6)), '--execution', 'round-trip', '--to', 'trips.json')
    expect([ended.code, ended.out]).toEqual([0, ''])
    const { name, topology, workflows, objective, execution } = scenarioIn(readFileSync('trips.json', 'utf8'))
    expect({ name, execution }).toEqual({ name: 'trips', execution: 'round-trip' })
    expect(topology.nodes).toMatchObject([
      { tier: 'device', computeMHz: 1.048576, energyPerMegacycle: 6.103515625, transmitWatts: 1.258, receiveWatts: 1.181 },
      { tier: 'edge', computeMHz: 10.48576, energyPerMegacycle: 0 }
    ])
    expect(topology.links).toMatchObject([{ bandwidthMBps: 7 * 0.131072, latencyMs: 0 }])
    expect(objective).toEqual({ energyWeight: 0, edgeEnergyWeight: 1, cloudEnergyWeight: 1, scaling: 'local-only', countReturn: true })
    expect(workflows).toMatchObject([
      { id: 'b', device: 'device', tasks: [{ id: '1', megacycles: 2, uploadMegabytes: 2, resultMegabytes: 0.5 }, { id: '2' }] },
      { id: 'a', device: 'device', flows: [{ from: '1', to: '2', megabytes: 0 }] }
    ])
    expect(lines(ended)).toEqual([
      'Execution: round-trip.',
      expect.stringMatching(/^Topology: MRLCO\. MRLCO’s device of 1 MiB\/s .* 6\.4 W .* 1\.258 W .* 1\.181 W /),
      '2 files, 2 workflows, in the order given.',
      expect.stringContaining('a megacycle stands for 10⁶ bytes'),
      expect.stringContaining('edges only order'),
      expect.stringContaining('1 task does not say what is returned (expect_size)'),
      expect.stringMatching(/^Objective: δ is 0, delay alone counts/),
      'Written: trips.json'
    ])
  })

  it('never overwrites a file', async () => {
    const already = file('already.json', 'precious')
    for (const more of [['--execution', 'round-trip'], []]) {
      const ended = await lab('import', file('a.gv', graph(1e6)), ...more, '--to', already)
      expect([ended.code, ended.err]).toEqual([2, '--to: already.json is there already; name another file, or remove it\n'])
    }
    expect(readFileSync(already, 'utf8')).toBe('precious')
  })

  it('takes 600 files at once', async () => {
    mkdirSync('many')
    const files = Array.from({ length: 600 }, (_, i) => file(`many/g${i}.gv`, graph(1000 + i)))
    const { workflows } = scenarioIn((await lab('import', ...files, '--execution', 'round-trip')).out)
    expect(workflows.map(({ id }) => id)).toEqual(files.map((_, i) => `g${i}`))
  })

  it('takes workloads that say what tasks upload, and another topology of two places', async () => {
    const topology = file('two.json', roundTripScenario().topology)
    const workload = file('work.json', roundTripScenario().workload)
    const scenario = scenarioIn((await lab('import', workload, '--execution', 'round-trip', '--topology', topology)).out)
    expect(scenario.workflows).toMatchObject([{ id: 'work', device: 'phone' }])
  })

  it('has the faults of all files told at once, each at its file', async () => {
    const bad = [file('bad.gv', 'digraph {\n 1 [size=x]\n}'), file('cycle.gv', 'digraph { a [size=1] b [size=1] a -> b -> a }')]
    const ended = await lab('import', ...bad, file('a.gv', graph(1)), '--execution', 'round-trip')
    expect([ended.code, ended.out]).toEqual([2, ''])
    expect(lines(ended)).toEqual([
      'bad.gv: line 2: size of task "1" must be bytes from 0 to 1e18, not "x"',
      'cycle.gv: line 1: these tasks wait for each other in a circle: "a", "b"'
    ])
    const none = await lab('import', file('a.gv', graph(1)), file('wf.json', wfcommons()), '--execution', 'round-trip')
    expect(lines(none)).toEqual(
      [0, 1].flatMap((i) =>
        ['upload', 'result'].map((key) =>
          expect.stringMatching(`^wf\\.json: \\$\\.workflows\\[0\\]\\.tasks\\[${i}\\]\\.${key}Megabytes: is missing;`)
        )
      )
    )
    const many = await lab('import', file('a.gv', graph(1)), '--execution', 'round-trip', '--topology', 'two-edges-two-clouds')
    expect(lines(many)).toEqual([
      'two-edges-two-clouds: $.nodes: execution "round-trip" has one edge or cloud beside the device; here are 4: keep one'
    ])
  })
})

describe('lab import --execution shared and independent', () => {
  it('writes graphs of any format as they are, on any topology', async () => {
    const dax = file('d.xml', '<adag name="d"><job id="a" runtime="1"/><job id="b" runtime="1"/></adag>')
    const files = [file('g.gv', graph(1e6)), file('wf.json', wfcommons()), dax]
    const topology = file('grown.json', sharedTopology())
    const {
      workflows,
      execution,
      objective,
      topology: on
    } = scenarioIn((await lab('import', ...files, '--execution', 'shared', '--topology', topology)).out)
    expect(workflows.map(({ id, device, tasks }) => [id, device, tasks[0].megacycles])).toEqual([
      ['g', 'phone', 1000],
      ['wf', 'phone', 6000],
      ['d', 'phone', 2400]
    ])
    expect(execution).toBe('shared')
    expect(objective.energyWeight).toBe(0.2)
    expect(on.nodes[1].cores).toBe(4)
    const independent = scenarioIn((await lab('import', ...files, '--execution', 'independent', '--topology', topology)).out)
    expect({ ...independent, execution }).toEqual({
      workflows,
      execution,
      objective,
      topology: on,
      name: '3 files',
      workload: independent.workload
    })
  })

  it('takes a preset for the topology, the usual one where none is named, and a device of it', async () => {
    const on = async (...more: string[]) => scenarioIn((await lab('import', file('g.gv', graph(1)), '--execution', 'shared', ...more)).out)
    expect((await on()).topology.name).toBe('one edge, one cloud')
    expect((await on('--topology', 'two-edges-two-clouds')).topology.nodes).toHaveLength(5)
    const two = {
      ...sharedTopology(),
      nodes: [...sharedTopology().nodes, { id: 'watch', tier: 'device', computeMHz: 1, energyPerMegacycle: 1 }]
    }
    expect((await on('--topology', file('two-devices.json', two), '--device', 'watch')).workflows).toMatchObject([{ device: 'watch' }])
    const stranger = await lab('import', 'g.gv', '--execution', 'shared', '--device', 'toaster')
    expect(stranger.err).toBe('g.gv: $.workflows[0].device: there is no node "toaster"; the devices are device\n')
  })

  it('writes a document of the second version, which its own reader takes back', async () => {
    const batch = file('batch.json', sharedWorkload())
    expect(await lab.json('import', batch)).toEqual(sharedWorkload())
    expect(JSON.parse((await lab('import', 'chain', '--execution', 'independent')).out)).toMatchObject({
      format: 'dmro-scenario/1',
      topology: { format: 'dmro-topology/1' },
      workload: { format: 'dmro-workload/1' }
    })
  })

  it.each(['shared', 'independent', 'round-trip'])(
    'is what lab run places under execution %s: no cheaper than the optimum',
    async (execution) => {
      await lab('import', file('g.gv', graph(1e6)), '--execution', execution, '--to', 'imported.json')
      const { runs } = await lab.json('run', 'imported.json', '--algorithms', 'local-only,edge-only,eft,optimum', '--json')
      expect(runs).toMatchObject(Array.from({ length: 4 }, () => ({ status: 'completed', evaluation: { workflows: 1 } })))
      const costs = runs.map((run: { evaluation: { meanCost: number } }) => run.evaluation.meanCost)
      expect(Math.min(...costs)).toBe(costs[3])
    }
  )
})

describe('lab import', () => {
  it.each([
    [['trips.json', 'trips.json'], 'trips.json: $: is in the format scenario, which holds more than workflows'],
    [['a.gv', '--topology', 'one-edge-one-cloud'], '--topology is for a scenario; say by --execution how it is executed'],
    [['a.gv', '--execution', 'alone'], '--execution takes independent, shared, round-trip, not "alone"'],
    [['--execution', 'shared'], 'FILE is missing'],
    [['missing.gv', '--execution', 'shared'], '"missing.gv" is not a file'],
    [['trips.json', '--execution', 'shared'], 'trips.json: $: is in the format scenario, which holds more than workflows'],
    [['strange.json', '--execution', 'shared'], 'strange.json: $: does not name its format; give it with --as']
  ])('%j exits with 2 and says why', async (given, reason) => {
    file('strange.json', {})
    const ended = await lab('import', ...given)
    expect([ended.code, ended.out]).toEqual([2, ''])
    expect(ended.err).toContain(reason)
  })

  it('says what it assumed of a topology of another tool, and takes it back as a graph', async () => {
    file('net.gml', 'graph [ node [ id 1 label "a" ] node [ id 2 label "b" ] edge [ source 1 target 2 bandwidth 8 ] ]')
    const imported = await lab('import', 'net.gml', '--to', 'net.json')
    expect(imported.err).toContain('The unit of "bandwidth" is not stated: Mbit/s is guessed.')
    const written = await lab('export', 'net.json', '--form', 'graphml')
    expect(written.out).toContain('<edge source="a" target="b">')
  })

  it('makes one workload of several files', async () => {
    file('one.csv', 'task,megacycles\na,1\n')
    file('two.csv', 'task,megacycles\nb,2\n')
    const { workflows } = await lab.json('import', 'one.csv', 'two.csv')
    expect(workflows.map(({ id }: { id: string }) => id)).toEqual(['one', 'two'])
  })
})
