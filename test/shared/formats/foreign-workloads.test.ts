import { gatherWorkload, parseDocument, readWfCommons, recognise } from '@shared/formats'
import type { ExplicitWorkload } from '@shared/model/workload'
import { describe, expect, it } from 'vitest'
import { wfcommons } from './documents'
import { kerasModel, TASK_SET, TASKS_AND_FLOWS } from './foreign'

function workloadIn(text: string): ExplicitWorkload {
  const parsed = parseDocument(text)
  const read = parsed.ok ? recognise(parsed.value)?.readWorkload?.(parsed.value, { device: 'phone' }) : parsed
  if (!read?.ok) throw new Error(JSON.stringify(read))
  return read.value as ExplicitWorkload
}

const faultsIn = (text: string) => {
  const parsed = parseDocument(text)
  const read = parsed.ok ? recognise(parsed.value)?.readWorkload?.(parsed.value, {}) : parsed
  return !read || read.ok ? [] : read.faults.map(({ path, message }) => `${path}: ${message}`)
}

/** The document of before 1.5 that says the same as `wfcommons()`. */
function before(version: '1.3' | '1.4') {
  const { specification, execution } = wfcommons().workflow
  const [seconds, size] = version === '1.3' ? ['runtime', 'size'] : ['runtimeInSeconds', 'sizeInBytes']
  const bytes = new Map(specification.files.map((file) => [file.id, file.sizeInBytes]))
  return {
    name: 'tiny',
    schemaVersion: version,
    workflow: {
      tasks: specification.tasks.map(({ id, parents, inputFiles, outputFiles }, i) => ({
        name: id,
        id: `ID00${i}`,
        type: 'compute',
        parents,
        [seconds]: execution.tasks[i].runtimeInSeconds,
        machine: execution.tasks[i].machines[0],
        files: [
          ...inputFiles.map((name) => ({ link: 'input', name, [size]: bytes.get(name) })),
          ...outputFiles.map((name) => ({ link: 'output', name, [size]: bytes.get(name) }))
        ]
      })),
      machines: execution.machines.map(({ nodeName, cpu }) => ({ nodeName, cpu: { speed: cpu.speedInMHz } }))
    }
  }
}

describe('WfCommons', () => {
  it.each(['1.3', '1.4'] as const)('of WfFormat %s is read as the same workflow in 1.5 is', (version) => {
    expect(readWfCommons(before(version))).toEqual(readWfCommons(wfcommons()))
  })

  it('of before names the place of what is wrong in the file as it is', () => {
    const document = before('1.4')
    document.workflow.tasks[1].parents = ['nobody']
    delete document.workflow.tasks[0].runtimeInSeconds
    const read = readWfCommons(document)
    expect(read.ok ? [] : read.faults).toEqual([
      { path: '$.workflow.tasks', message: 'task "a" was not measured: it has no runtimeInSeconds here' },
      { path: '$.workflow.tasks[1].parents[0]', message: 'there is no task "nobody"' }
    ])
  })
})

describe('a RayCloudSim task set', () => {
  it('is a workflow a task, in the order of their release', () => {
    expect(workloadIn(TASK_SET).workflows).toEqual([
      {
        id: 't1',
        device: 'n0 user',
        tasks: [{ id: 'task', megacycles: 3390 }],
        flows: [{ from: '@input', to: 'task', megabytes: 3.75 }],
        releaseSeconds: 2,
        deadlineSeconds: 60
      },
      {
        id: 't0',
        device: 'n1 user',
        tasks: [{ id: 'task', megacycles: 68_121 }],
        flows: [{ from: '@input', to: 'task', megabytes: 10.875 }],
        releaseSeconds: 3,
        deadlineSeconds: 57
      }
    ])
  })

  it('names the line of what is wrong', () => {
    expect(faultsIn(TASK_SET.replace(',30,', ',thirty,'))).toEqual(['line 3: TaskSize must be 0 or more, not "thirty"'])
  })
})

describe('tables of tasks and flows', () => {
  it('are workflows in the units of their columns', () => {
    const { workflows, note } = workloadIn(TASKS_AND_FLOWS)
    expect(workflows).toEqual([
      { id: 'w2', device: 'phone', tasks: [{ id: 'c', megacycles: 5 }], flows: [], releaseSeconds: 1 },
      {
        id: 'w1',
        device: 'phone',
        tasks: [
          { id: 'a', megacycles: 100 },
          { id: 'b', megacycles: 200 }
        ],
        flows: [
          { from: '@input', to: 'a', megabytes: 4 },
          { from: 'a', to: 'b', megabytes: 0.5 },
          { from: 'b', to: '@output', megabytes: 0.001 }
        ],
        releaseSeconds: 2
      }
    ])
    expect(note).toContain('Not carried over: colour.')
  })

  it('name the line of what is wrong', () => {
    expect(faultsIn(TASKS_AND_FLOWS.replace('w1,a,b', 'w1,a,z'))[0]).toMatch(/^line 2: .*there is no task "z"/)
    expect(faultsIn(TASKS_AND_FLOWS.replace(',200,', ',-2,'))).toEqual(['line 3: megacycles must be 0 or more, not "-2"'])
  })
})

describe('a Keras model', () => {
  it('has the operations and activations of its layers', () => {
    const [{ tasks, flows }] = workloadIn(JSON.stringify(kerasModel())).workflows
    // 26·26 places × 8 filters × 9 weights, two operations each; then 13·13 maxima of 4; 1352 × 10 weights.
    expect(Object.fromEntries(tasks.map(({ id, megacycles }) => [id, megacycles * 1e6]))).toEqual({
      conv: 2 * 26 * 26 * 8 * 9,
      pool: 13 * 13 * 8 * 4,
      flat: 0,
      dense: 2 * 1352 * 10,
      answer: 30
    })
    expect(flows.map(({ from, to, megabytes }) => `${from} ${to} ${Math.round(megabytes * 1e6)}`)).toEqual([
      `@input conv ${28 * 28 * 4}`,
      `conv pool ${26 * 26 * 8 * 4}`,
      `pool flat ${13 * 13 * 8 * 4}`,
      `flat dense ${1352 * 4}`,
      'dense answer 40',
      'answer @output 40'
    ])
  })

  it('of Keras 3, and one that is sequential, are read alike', () => {
    const model = kerasModel()
    const plain = workloadIn(JSON.stringify(model)).workflows
    for (const layer of model.modelTopology.model_config.config.layers) {
      const [from] = JSON.stringify(layer.inbound_nodes).match(/(?<=")\w+(?=",0,0)/) ?? []
      layer.inbound_nodes = from
        ? [{ args: [{ class_name: '__keras_tensor__', config: { shape: [null], keras_history: [from, 0, 0] } }], kwargs: {} }]
        : []
    }
    expect(workloadIn(JSON.stringify(model)).workflows).toEqual(plain)
    model.modelTopology.model_config.class_name = 'Sequential'
    expect(workloadIn(JSON.stringify(model)).workflows).toEqual(plain)
  })

  it('says what it guessed, and names the layer of what cannot be told', () => {
    const model = kerasModel()
    model.modelTopology.model_config.config.layers[5].class_name = 'Mystery'
    expect(workloadIn(JSON.stringify(model)).note).toContain('with one operation an element: Mystery.')
    model.modelTopology.model_config.config.layers[0].config.batch_input_shape = [null, null, 28, 1]
    expect(faultsIn(JSON.stringify(model))[0]).toBe(
      '$.modelTopology.model_config.config.layers[0]: input "image" leaves its shape open; save the model with the lengths it is used with'
    )
  })
})

describe('several files', () => {
  it('become one workload, whose note says what was assumed of which', () => {
    const files = [
      { file: 'a.json', workload: workloadIn(JSON.stringify(wfcommons())) },
      { file: 'b.json', workload: workloadIn(JSON.stringify(kerasModel())) },
      { file: 'c.csv', workload: workloadIn(TASKS_AND_FLOWS) }
    ]
    const read = gatherWorkload(files, 'all')
    expect(read.ok && read.value.workflows.map(({ id }) => id)).toEqual(['a', 'b', 'c w2', 'c w1'])
    expect(read.ok && read.value.note).toContain('b: From a Keras model')
  })
})
