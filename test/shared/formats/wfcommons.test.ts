import { ChainWorld } from '@shared/model/chain-world'
import { readScenario, readWfCommons, readWorkload, recognise, writeWorkload } from '@shared/formats'
import { assessReference } from '@shared/model/assessment'
import { compileScenario } from '@shared/model/scenario'
import { chainOf } from '@shared/model/workflow'
import { presetOf } from '@shared/presets'
import { describe, expect, it } from 'vitest'
import { broken, wfcommons } from './documents'

/** Numbers and layout of a measured "hello world" chain: five tasks that each take a file and write one of the same size. */
const RUNTIMES = [100.376, 100.12, 99.396, 100.886, 100.462]
const BYTES = 16_666_667
const file = (k: number) => (k === 0 ? 'chain_1_input.txt' : `chain_${k}_output.txt`)
const hog = (k: number) => `cpuhog_chain_${k}`

function measuredChain() {
  return {
    name: 'chain-5.json',
    description: 'Instance generated with WfCommons - https://wfcommons.org',
    createdAt: '2023-05-10T16:36:06.775626',
    schemaVersion: '1.5',
    author: { name: 'cc', email: 'someone@example.org' },
    workflow: {
      specification: {
        tasks: RUNTIMES.map((_, i) => ({
          name: hog(i + 1),
          id: hog(i + 1),
          children: i < 4 ? [hog(i + 2)] : [],
          parents: i > 0 ? [hog(i)] : [],
          inputFiles: [file(i)],
          outputFiles: [file(i + 1)]
        })),
        files: Array.from({ length: 6 }, (_, k) => ({ id: file(k), sizeInBytes: BYTES }))
      },
      execution: {
        makespanInSeconds: 661,
        executedAt: '05-10-23T16:23:32Z',
        tasks: RUNTIMES.map((runtimeInSeconds, i) => ({
          id: hog(i + 1),
          runtimeInSeconds,
          command: { program: 'cpuhog', arguments: ['--percent-cpu 0.6'] },
          avgCPU: 59.9884,
          memoryInBytes: 87_824,
          priority: 20,
          machines: ['ubuntu'] as string[] | undefined
        })),
        machines: [
          { nodeName: 'ubuntu', system: 'linux', cpu: { vendor: 'GenuineIntel', coreCount: 64, speedInMHz: 1200 as number | undefined } }
        ]
      }
    },
    runtimeSystem: { name: 'Pegasus', version: '4.9.3', url: 'https://pegasus.isi.edu' }
  }
}

/** One task splits its file among eight, whose outputs one task joins. */
function measuredForkJoin() {
  const middle = Array.from({ length: 8 }, (_, i) => `fork_${i + 2}`)
  const all = ['fork_1', ...middle, 'fork_10']
  return {
    name: 'forkjoin-10.json',
    schemaVersion: '1.5',
    workflow: {
      specification: {
        tasks: [
          { id: 'fork_1', parents: [], children: middle, inputFiles: ['in'], outputFiles: ['fork_1_out'] },
          ...middle.map((id) => ({
            id,
            parents: ['fork_1'],
            children: ['fork_10'],
            inputFiles: ['fork_1_out'],
            outputFiles: [`${id}_out`]
          })),
          { id: 'fork_10', parents: middle, children: [], inputFiles: middle.map((id) => `${id}_out`), outputFiles: ['fork_10_out'] }
        ],
        files: ['in', ...all.map((id) => `${id}_out`)].map((id) => ({ id, sizeInBytes: 9_090_910 }))
      },
      execution: { tasks: all.map((id) => ({ id, runtimeInSeconds: 100 })), machines: [{ nodeName: 'ubuntu', cpu: { speedInMHz: 1200 } }] }
    }
  }
}

function workflowIn(value: unknown, device?: string) {
  const read = readWfCommons(value, device)
  if (!read.ok) throw new Error(JSON.stringify(read.faults))
  return { note: read.value.note, name: read.value.name, ...read.value.workflows[0] }
}

const faultsIn = (value: unknown) => {
  const read = readWfCommons(value)
  return read.ok ? [] : read.faults
}

describe('a WfCommons document', () => {
  it('is recognised without being told', () => {
    expect(recognise(measuredChain())?.id).toBe('wfcommons')
  })

  it('of a chain gives that chain: seconds × MHz as megacycles, bytes / 10⁶ as megabytes', () => {
    const workflow = workflowIn(measuredChain(), 'camera')
    expect(workflow.device).toBe('camera')
    const chain = chainOf(workflow)
    expect(chain.taskIds).toEqual([1, 2, 3, 4, 5].map(hog))
    expect([...chain.megacycles]).toEqual(RUNTIMES.map((seconds) => seconds * 1200))
    expect([...chain.megabytes]).toEqual(new Array(6).fill(16.666667))
  })

  it('of a fork and join keeps its graph', () => {
    const { tasks, flows } = workflowIn(measuredForkJoin())
    expect(tasks).toHaveLength(10)
    expect(flows).toHaveLength(1 + 8 + 8 + 1)
    expect(flows.filter((flow) => flow.from === '@input')).toEqual([{ from: '@input', to: 'fork_1', megabytes: 9.09091 }])
    expect(flows.filter((flow) => flow.to === '@output')).toEqual([{ from: 'fork_10', to: '@output', megabytes: 9.09091 }])
    expect(tasks.map((task) => task.megacycles)).toEqual(new Array(10).fill(120_000))
  })

  it('adds up all files between two tasks, takes unwritten ones from the device and returns unread ones to it', () => {
    expect(workflowIn(wfcommons()).flows).toEqual([
      { from: '@input', to: 'a', megabytes: 4.5 },
      { from: 'a', to: '@output', megabytes: 0.001 },
      { from: 'a', to: 'b', megabytes: 2 },
      { from: 'b', to: '@output', megabytes: 1 }
    ])
  })

  it('counts the speed of the machine each task ran on', () => {
    expect(workflowIn(wfcommons()).tasks).toEqual([
      { id: 'a', megacycles: 6000 },
      { id: 'b', megacycles: 3000 }
    ])
  })

  it('that names one machine only needs not say where each task ran', () => {
    const document = measuredChain()
    for (const task of document.workflow.execution.tasks) task.machines = undefined
    expect(workflowIn(document).tasks[0].megacycles).toBe(100.376 * 1200)
  })

  it('without a machine’s speed takes 2,400 MHz and says so', () => {
    const document = broken(wfcommons(), ['workflow', 'execution', 'machines', 0, 'cpu'], undefined)
    const workflow = workflowIn(document)
    expect(workflow.tasks).toEqual([
      { id: 'a', megacycles: 2 * 2400 },
      { id: 'b', megacycles: 3000 }
    ])
    expect(workflow.note).toContain('1 of 2 tasks ran on machines of unknown speed: 2400 MHz are assumed.')
    expect(workflowIn(wfcommons()).note).not.toContain('assumed.')
  })

  it('says in its note what the conversion assumes', () => {
    expect(workflowIn(measuredChain()).note).toMatch(/^From WfCommons: chain-5\.json\. Work is measured seconds × the machine’s MHz/)
  })

  it('keeps an order that carries no data as a flow of 0 MB, whichever end tells it', () => {
    const document = wfcommons()
    document.workflow.specification.tasks[1].inputFiles = []
    document.workflow.specification.tasks[1].parents = []
    expect(workflowIn(document).flows).toContainEqual({ from: 'a', to: 'b', megabytes: 0 })
  })

  it('counts a file once that a task lists twice', () => {
    const document = broken(wfcommons(), ['workflow', 'specification', 'tasks', 1, 'inputFiles'], ['half', 'half'])
    expect(workflowIn(document).flows).toContainEqual({ from: 'a', to: 'b', megabytes: 2 })
  })

  it('becomes a workload of ours that reads back the same', () => {
    const read = readWfCommons(measuredForkJoin())
    expect(read.ok && readWorkload(writeWorkload(read.value))).toEqual(read)
  })

  it.each([
    [
      'another version',
      ['schemaVersion'],
      '1.2',
      '$.schemaVersion',
      'only WfFormat 1.3 to 1.6 is read; convert the file with the WfCommons tools'
    ],
    ['no execution', ['workflow', 'execution'], undefined, '$.workflow.execution', 'is missing; it must be an object'],
    [
      'an unmeasured task',
      ['workflow', 'execution', 'tasks', 0, 'id'],
      'z',
      '$.workflow.execution.tasks',
      'task "a" was not measured: it has no runtimeInSeconds here'
    ],
    [
      'a negative time',
      ['workflow', 'execution', 'tasks', 1, 'runtimeInSeconds'],
      -3,
      '$.workflow.execution.tasks[1].runtimeInSeconds',
      'runtimeInSeconds must not be negative'
    ],
    [
      'a file of unknown size',
      ['workflow', 'specification', 'files', 2, 'id'],
      'other',
      '$.workflow.specification.tasks[1].inputFiles[0]',
      'there is no file "half" in workflow.specification.files, so its size is unknown; add it there'
    ],
    [
      'an unknown parent',
      ['workflow', 'specification', 'tasks', 1, 'parents', 0],
      'z',
      '$.workflow.specification.tasks[1].parents[0]',
      'there is no task "z"'
    ],
    [
      'an unknown child',
      ['workflow', 'specification', 'tasks', 0, 'children', 0],
      'z',
      '$.workflow.specification.tasks[0].children[0]',
      'there is no task "z"'
    ],
    [
      'two tasks of one id',
      ['workflow', 'specification', 'tasks', 1, 'id'],
      'a',
      '$.workflow.specification.tasks[1].id',
      '"a" is already the id of task 0; ids must differ'
    ],
    [
      'a circle',
      ['workflow', 'specification', 'tasks', 0, 'parents'],
      ['b'],
      '$.workflow.specification',
      'these tasks wait for each other in a circle: "a", "b"'
    ]
  ])('with %s is refused at its path', (_, keys, value, path, message) => {
    expect(faultsIn(broken(wfcommons(), keys, value))).toContainEqual({ path, message })
  })

  it('whose file is written by several tasks has those as sources that are parents of its reader', () => {
    const document = wfcommons()
    const { tasks } = document.workflow.specification
    // c writes the half again; b, which comes after a alone, has it from a.
    tasks.push({ name: 'c', id: 'c', parents: [], children: [], inputFiles: [], outputFiles: ['half'] })
    document.workflow.execution.tasks.push({ id: 'c', runtimeInSeconds: 1, machines: ['fast'] })
    const { flows } = workflowIn(document)
    expect(flows.filter(({ to }) => to === 'b')).toEqual([{ from: 'a', to: 'b', megabytes: 2 }])
    broken(document, ['workflow', 'specification', 'tasks', 2, 'children'], ['b'])
    expect(workflowIn(document).flows.filter(({ to }) => to === 'b')).toEqual([
      { from: 'a', to: 'b', megabytes: 2 },
      { from: 'c', to: 'b', megabytes: 2 }
    ])
    tasks[1].parents = []
    tasks[0].children = []
    tasks[2].children = []
    expect(faultsIn(document)).toEqual([
      {
        path: '$.workflow.specification.tasks[1].inputFiles[0]',
        message: '"half" is written by "a", "c", and none of them is a parent of "b"'
      }
    ])
  })

  it('is refused at its own place where the lab would not take what it becomes', () => {
    const document = wfcommons()
    document.workflow.execution.tasks[1].runtimeInSeconds = 1e13
    expect(faultsIn(document)).toEqual([
      { path: '$.workflow.specification.tasks[1]', message: 'megacycles must not exceed 1000000000000000; check its unit' }
    ])
  })

  it('comes with the lab as a chain of six tasks', () => {
    const chain = chainOf(workflowIn(presetOf('chain', 'workload')))
    expect(chain.taskIds).toEqual(['decode', 'denoise', 'detect', 'embed', 'track', 'summarise'])
    expect([...chain.megabytes]).toEqual([62, 41, 26, 17.5, 11.2, 12.4, 24])
    expect([...chain.megacycles].map(Math.round)).toEqual([22_080, 35_040, 164_160, 125_520, 15_120, 99_600])
  })

  it('comes with the lab as a chain that is best spread over all three tiers of one edge, one cloud', () => {
    const topology = presetOf('one-edge-one-cloud', 'topology')
    const read = readScenario({ format: 'dmro-scenario/1', name: 'camera', topology, workload: 'chain' }, presetOf)
    if (!read.ok) throw new Error(JSON.stringify(read.faults))
    const compiled = compileScenario(read.value)
    const { total, workflows } = assessReference(new ChainWorld(compiled))
    expect(new Set(Object.values(workflows[0].placement))).toEqual(new Set(['device', 'edge', 'cloud']))
    // Local-only costs 1.2.
    expect(total.cost).toBeCloseTo(0.9077, 4)
  })

  it('refuses two sizes of one file and two measurements of one task, and takes what is told twice', () => {
    const document = (size: number, seconds: number) => ({
      name: 'twice',
      schemaVersion: '1.5',
      workflow: {
        specification: {
          tasks: [{ id: 'a', inputFiles: ['f'] }],
          files: [
            { id: 'f', sizeInBytes: 5 },
            { id: 'f', sizeInBytes: size }
          ]
        },
        execution: {
          tasks: [
            { id: 'a', runtimeInSeconds: 1 },
            { id: 'a', runtimeInSeconds: seconds }
          ]
        }
      }
    })
    expect(readWfCommons(document(5, 1)).ok).toBe(true)
    expect(readWfCommons(document(6, 2))).toMatchObject({
      faults: [
        { path: '$.workflow.execution.tasks[1].runtimeInSeconds', message: expect.stringContaining('at 1 s') },
        { path: '$.workflow.specification.files[1].sizeInBytes', message: expect.stringContaining('another size before, 5') }
      ]
    })
  })
})
