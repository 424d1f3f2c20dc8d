import { describe, expect, it } from 'vitest'
import { type Drawing, documentOf, EMPTY } from '../../../src/renderer/topology/drawing'
import { cellsOf, filledDown, gridText, pasted, withRow, written } from '../../../src/renderer/topology/grids'

const NODES = [
  'Name\tTier\tSpeed, MHz\tEnergy, mJ/Mc\tCores',
  'phone\tdevice\t4000\t1\t',
  'tower\tEdge\t16000\t0.6\t8',
  'centre\tcloud\t60000\t0.55\t'
].join('\r\n')
const LINKS = 'phone\ttower\t1\t\t2\ntower\tcentre\t10\t5\t20\n'

function drawn(): Drawing {
  const nodes = pasted({ ...EMPTY, name: 'pasted' }, 'nodes', 0, 0, cellsOf(NODES))
  const links = pasted(nodes.drawing, 'links', 0, 0, cellsOf(LINKS))
  expect([...nodes.faults, ...links.faults]).toEqual([])
  return links.drawing
}

describe('a topology as tables', () => {
  it('is made of cells of a spreadsheet, heads or not', () => {
    const document = documentOf(drawn()) as { nodes: object[]; links: object[] }
    expect(document.nodes.map((node) => ({ ...node, position: undefined }))).toMatchObject([
      { id: 'phone', tier: 'device', computeMHz: 4000, energyPerMegacycle: 0.001 },
      { id: 'tower', tier: 'edge', computeMHz: 16000, energyPerMegacycle: 0.0006, cores: 8 },
      { id: 'centre', tier: 'cloud', computeMHz: 60000, energyPerMegacycle: 0.00055 }
    ])
    expect(document.links).toMatchObject([
      { from: 'phone', to: 'tower', bandwidthMBps: 1, latencyMs: 2 },
      { from: 'tower', to: 'centre', bandwidthMBps: 10, backBandwidthMBps: 5, latencyMs: 20 }
    ])
  })

  it('gives what it takes: copied and pasted it is the same', () => {
    const whole = drawn()
    for (const kind of ['nodes', 'links'] as const) {
      const again = pasted(whole, kind, 0, 0, cellsOf(gridText(whole, kind)))
      expect(again.faults).toEqual([])
      expect(documentOf(again.drawing)).toEqual(documentOf(whole))
    }
  })

  it('leaves a cell as it was where what is pasted cannot be read, and says why', () => {
    const { drawing, faults } = pasted(drawn(), 'nodes', 0, 1, cellsOf('moon\t5000\nedge\tfast\ncloud\t-1'))
    expect(drawing.nodes.map(({ tier, computeMHz }) => [tier, computeMHz])).toEqual([
      ['device', 5000],
      ['edge', 16000],
      ['cloud', 60000]
    ])
    expect(faults).toHaveLength(3)
    expect(faults[0]).toBe('Row 1: “moon” is not a tier; write one of device, edge, cloud.')
    expect(faults[2]).toBe('Row 3: Speed, MHz cannot be below 0.')
  })

  it('fills a value down, an absent one as well', () => {
    const speeds = filledDown(drawn(), 'nodes', 2, 0, 2).drawing
    expect(speeds.nodes.map(({ computeMHz }) => computeMHz)).toEqual([4000, 4000, 4000])
    const cores = filledDown(drawn(), 'nodes', 4, 0, 1).drawing
    expect(Object.keys(cores.nodes[1])).not.toContain('cores')
  })

  it('keeps a link to a node that is not there, for the checks to report', () => {
    const { drawing } = written(drawn(), 'links', 0, 1, 'nowhere')
    expect(drawing.links[0].to).toBe('?nowhere')
  })

  it('places new nodes below all others', () => {
    const more = withRow(withRow(drawn(), 'nodes'), 'nodes')
    const ys = more.nodes.map(({ y }) => y)
    expect(ys).toEqual([...ys].sort((a, b) => a - b))
    expect(new Set(ys).size).toBe(ys.length)
    expect(new Set(more.nodes.map(({ name }) => name)).size).toBe(5)
  })
})
