import { parseBytes, type Read, recognise } from '@shared/formats'
import type { ExplicitWorkload } from '@shared/model/workload'
import { describe, expect, it } from 'vitest'
import { ProtoWriter } from '../../../src/main/exports/protobuf'
import { cases, fc } from '../properties'

const message = () => new ProtoWriter()
const integers = (name: string, values: readonly number[]) => {
  const attribute = message().bytes(1, name)
  for (const value of values) attribute.varint(8, value)
  return attribute.varint(20, 7).end()
}
const node = (kind: string, name: string, inputs: readonly string[], output: string, ...attributes: Uint8Array[]) => {
  const written = message()
  for (const input of inputs) written.bytes(1, input)
  written.bytes(2, output).bytes(3, name).bytes(4, kind)
  for (const attribute of attributes) written.bytes(5, attribute)
  return written.end()
}
/** A value of float32, a length of 0 standing for one that the model leaves open by a name. */
const value = (name: string, shape: readonly number[]) => {
  const lengths = message()
  for (const length of shape) lengths.bytes(1, length === 0 ? message().bytes(2, 'N').end() : message().varint(1, length).end())
  return message()
    .bytes(1, name)
    .bytes(2, message().bytes(1, message().varint(1, 1).bytes(2, lengths.end()).end()).end())
    .end()
}
const weight = (name: string, shape: readonly number[]) => {
  const tensor = message()
  for (const length of shape) tensor.varint(1, length)
  return tensor.varint(2, 1).bytes(8, name).end()
}

/** A convolution whose result is added to itself, pooled and weighed: as ONNX writes it, weights left out. */
function model(middle = 'Add'): Uint8Array {
  const graph = message()
    .bytes(
      1,
      node('Conv', 'conv', ['x', 'W'], 'c', integers('kernel_shape', [3, 3]), integers('strides', [2, 2]), integers('pads', [1, 1, 1, 1]))
    )
    .bytes(1, node(middle, 'sum', ['c', 'c'], 's'))
    .bytes(1, node('GlobalAveragePool', '', ['s'], 'p'))
    .bytes(1, node('Flatten', 'flat', ['p'], 'f'))
    .bytes(1, node('MatMul', 'head', ['f', 'M'], 'y'))
    .bytes(2, 'tiny')
    .bytes(5, weight('W', [8, 3, 3, 3]))
    .bytes(5, weight('M', [8, 10]))
    .bytes(11, value('x', [0, 3, 28, 28]))
    .bytes(12, value('y', [0, 10]))
  return message().varint(1, 9).bytes(2, 'test').bytes(7, graph.end()).end()
}

function read(bytes: Uint8Array): Read<ExplicitWorkload> {
  const parsed = parseBytes(bytes, (part) => new TextDecoder().decode(part))
  if (!parsed.ok) return parsed
  return (recognise(parsed.value)?.readWorkload?.(parsed.value, { device: 'phone' }) ?? { ok: false, faults: [] }) as Read<ExplicitWorkload>
}

describe('an ONNX model', () => {
  it('has the operations and activations of its operators', () => {
    const workload = read(model())
    if (!workload.ok) throw new Error(JSON.stringify(workload.faults))
    const [{ tasks, flows, device }] = workload.value.workflows
    expect(device).toBe('phone')
    expect(tasks.map(({ id, megacycles }) => [id, Math.round(megacycles * 1e6)])).toEqual([
      ['conv', 2 * 14 * 14 * 8 * 27],
      ['sum', 14 * 14 * 8],
      ['GlobalAveragePool 3', 14 * 14 * 8],
      ['flat', 0],
      ['head', 2 * 8 * 10]
    ])
    expect(flows.map(({ from, to, megabytes }) => `${from}, ${to}, ${Math.round(megabytes * 1e6)}`)).toEqual([
      `@input, conv, ${4 * 3 * 28 * 28}`,
      `conv, sum, ${4 * 14 * 14 * 8}`,
      `sum, GlobalAveragePool 3, ${4 * 14 * 14 * 8}`,
      'GlobalAveragePool 3, flat, 32',
      'flat, head, 32',
      'head, @output, 40'
    ])
    expect(workload.value.note).toContain('Lengths it leaves open, as that of a batch, are 1.')
  })

  it('names the operator whose shape is not stated, and says how to state it', () => {
    const unknown = read(model('Mystery'))
    expect(unknown.ok ? [] : unknown.faults[0]).toEqual({
      path: '$.graph.node[1]',
      message: 'what "sum" (Mystery) gives is not stated; run onnx.shape_inference on the model first'
    })
  })

  it('of changed or missing bytes is read or refused with sentences, never thrown at', () => {
    const whole = model()
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.nat(), fc.nat(255)), { minLength: 1, maxLength: 4 }), fc.nat(), (changes, length) => {
        const bytes = whole.slice(0, length % 3 === 0 ? length % whole.length : whole.length)
        for (const [at, byte] of changes) bytes[at % bytes.length] = byte
        const outcome = read(bytes)
        if (outcome.ok) return
        for (const { path, message: said } of outcome.faults) {
          expect(path).toMatch(/^\$/)
          expect(said).not.toMatch(/undefined|\[object/)
        }
      }),
      cases(1000)
    )
  })
})
