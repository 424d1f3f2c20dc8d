import { describe, expect, it } from 'vitest'
import { documentOf, drawingOf } from '../../../src/renderer/topology/drawing'
import { patchNodes } from '../../../src/renderer/topology/edit'
import { sharedTopology, topology } from '../../shared/formats/documents'

const whole = (document: ReturnType<typeof topology>) => {
  const nodes = document.nodes.map((node) => ({ ...node, position: node.position ?? { x: 0, y: 0 } }))
  return { ...document, nodes }
}

describe('a drawing', () => {
  it('keeps cores, watts and rates back, which it does not edit, in a document of the second version', () => {
    const document = whole(sharedTopology())
    delete document.nodes[2].relays
    expect(documentOf(drawingOf(document))).toEqual(document)
  })

  it('without them is of the first version', () => {
    expect(documentOf(drawingOf(topology()))).toMatchObject({ format: 'dmro-topology/1' })
  })

  it('drops watts where a device becomes an edge, which spends none', () => {
    const edge = documentOf(patchNodes(drawingOf(sharedTopology()), new Set(['n1']), { tier: 'edge' }))
    expect(JSON.stringify(edge)).not.toContain('Watts')
  })
})
