import { parseDocument, readTopology, recognise } from '@shared/formats'
import { readDot } from '@shared/formats/dot'
import { topologyGraph, workflowGraph } from '@shared/formats/graph-out'
import { describe, expect, it } from 'vitest'
import { sharedTopology, topology, workload } from './documents'

describe('a topology as GraphML', () => {
  it.each([topology(), sharedTopology()])('is read back as it was, but for its note', (document) => {
    const read = readTopology(document)
    if (!read.ok) throw new Error(JSON.stringify(read.faults))
    const parsed = parseDocument(topologyGraph(read.value, 'graphml'))
    const back = parsed.ok ? recognise(parsed.value)?.readTopology?.(parsed.value) : undefined
    if (!back?.ok) throw new Error(JSON.stringify(back))
    expect({ ...back.value, note: undefined, format: undefined }).toEqual({ ...read.value, note: undefined, format: undefined })
    expect(back.value.note).toBe('From GraphML.')
  })

  it('keeps signs that mean something to XML', () => {
    const written = topologyGraph(
      { name: 'a <b> & "c"', nodes: [{ id: '<&">', tier: 'device', computeMHz: 1, energyPerMegacycle: 1 }], links: [] },
      'graphml'
    )
    const parsed = parseDocument(written)
    const back = parsed.ok ? recognise(parsed.value)?.readTopology?.(parsed.value) : undefined
    expect(back?.ok && [back.value.name, back.value.nodes[0].id]).toEqual(['a <b> & "c"', '<&">'])
  })
})

describe('a workflow as Graphviz', () => {
  it('has a node a task and an edge a flow', () => {
    const [workflow] = workload().workflows
    const read = readDot(workflowGraph(workflow, 'graphviz'), new Set(['megacycles', 'megabytes']))
    if (!read.ok) throw new Error(JSON.stringify(read.faults))
    expect([...read.value.nodes.keys()].sort()).toEqual(['@input', '@output', 't1', 't2'])
    expect(read.value.nodes.get('t2')?.attributes.get('megacycles')).toBe('90000')
    expect(read.value.edges.map(({ from, to, attributes }) => [from, to, attributes.get('megabytes')])).toEqual([
      ['@input', 't1', '80'],
      ['t1', 't2', '20'],
      ['t2', '@output', '12']
    ])
  })
})
