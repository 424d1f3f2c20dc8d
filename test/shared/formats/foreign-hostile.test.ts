import { FORMATS, parseBytes, parseDocument, type Read } from '@shared/formats'
import { describe, expect, it } from 'vitest'
import { cases, fc } from '../properties'
import { EDGESIMPY, FOREIGN, kerasModel, nodeLink, raycloudsim, sagaInstance } from './foreign'
import { mutated, mutation } from './mutated'

const formatOf = (id: string) => {
  const format = FORMATS.find((each) => each.id === id)
  if (!format?.restate) throw new Error(`no reader of ${id}`)
  return { ...format, restate: format.restate }
}

/** Holds a refusal to places and sentences; tells whether it was one. */
function isTypedRefusal(read: Read<unknown>): boolean {
  if (read.ok) return false
  expect(read.faults.length).toBeGreaterThan(0)
  for (const { path, message } of read.faults) {
    expect(path).toMatch(/^(?:\$|line \d+$)/)
    expect(message.length).toBeGreaterThan(5)
    expect(message).not.toMatch(/undefined|\[object|^Invalid|^Too/)
  }
  return true
}

const edgeSimPy = parseDocument(EDGESIMPY, formatOf('edgesimpy'))
if (!edgeSimPy.ok) throw new Error('the dataset to break is broken already')

const DOCUMENTS: readonly [id: string, document: object][] = [
  ['keras', kerasModel()],
  ['saga', sagaInstance()],
  ['saga-tasks', nodeLink(true)],
  ['saga-network', nodeLink(false)],
  ['raycloudsim', raycloudsim()],
  ['edgesimpy', edgeSimPy.value as object]
]

it.each(DOCUMENTS)('%s with values replaced, removed, doubled or swapped is read or refused with places', (id, document) => {
  const { restate } = formatOf(id)
  fc.assert(
    fc.property(fc.array(mutation, { minLength: 1, maxLength: 4 }), (mutations) => {
      isTypedRefusal(restate(mutated(document, mutations), {}))
    }),
    cases(300)
  )
})

describe('what cannot be', () => {
  const saga = sagaInstance()
  const keras = kerasModel()
  keras.modelTopology.model_config.config.layers[1].inbound_nodes = [[['answer', 0, 0, {}]]]
  const rays = raycloudsim()
  it.each<[what: string, id: string, document: object]>([
    [
      'tasks in a circle',
      'saga',
      {
        ...saga,
        task_graph: { ...saga.task_graph, dependencies: [...saga.task_graph.dependencies, { source: 'c', target: 'a', size: 1 }] }
      }
    ],
    [
      'two tasks of one name',
      'saga',
      { ...saga, task_graph: { ...saga.task_graph, tasks: [...saga.task_graph.tasks, { name: 'a', cost: 1 }] } }
    ],
    [
      'a task without end',
      'saga',
      { ...saga, task_graph: { ...saga.task_graph, tasks: [{ name: 'a', cost: Infinity }], dependencies: [] } }
    ],
    ['layers in a circle', 'keras', keras],
    ['two nodes of one number', 'raycloudsim', { ...rays, Nodes: [rays.Nodes[0], rays.Nodes[0]] }],
    ['a speed without end', 'raycloudsim', { ...rays, Nodes: [{ ...rays.Nodes[0], MaxCpuFreq: Infinity }, rays.Nodes[1]] }]
  ])('%s, as %s, is refused with its place', (_, id, document) => {
    expect(isTypedRefusal(formatOf(id).restate(document, {}))).toBe(true)
  })

  it.each(FOREIGN)(
    'a file of %s that is empty, of spaces, cut in the middle or in UTF-16 is read or refused with its place',
    (id, text) => {
      const format = formatOf(id)
      const wide = Uint8Array.from(text.slice(0, 400), (sign) => sign.charCodeAt(0))
      const utf16 = new Uint8Array(2 + 2 * wide.length)
      utf16.set([0xff, 0xfe])
      wide.forEach((code, i) => (utf16[2 + 2 * i] = code))
      const bytes = [
        new Uint8Array(0),
        new TextEncoder().encode(' \n\t\n'),
        new TextEncoder().encode(text.slice(0, text.length / 2)),
        utf16,
        Uint8Array.of(0xff, 0xff, 0x00, 0x80)
      ]
      bytes.forEach((each, i) => {
        const parsed = parseBytes(each, (given, encoding) => new TextDecoder(encoding, { fatal: true }).decode(given), format)
        const refused = isTypedRefusal(parsed.ok ? format.restate(parsed.value, {}) : parsed)
        if (i < 2) expect(refused).toBe(true)
      })
    }
  )
})
