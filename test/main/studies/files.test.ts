import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { studyFiles } from '../../../src/main/studies/files'
import { type ReportedStudy, resultsMarkdown } from '../../../src/main/studies/report'
import { collectRuns, resultOf } from '../../../src/main/studies/result'
import { Studies } from '../../../src/main/studies/studies'
import { type Bench, openBench, SMALL } from './trial'

let bench: Bench
let reported: ReportedStudy
let files: Map<string, Uint8Array>
const text = (name: string) => new TextDecoder().decode(files.get(name))

beforeAll(async () => {
  bench = openBench()
  const studies = new Studies(bench.store, bench.trainer)
  studies.start(SMALL, 'full').forEach((id, i) => bench.end(id, 0.01 + 0.02 * i))
  const result = resultOf(SMALL, collectRuns(bench.store, studies.find(SMALL, 'full')), 'full')
  reported = { study: SMALL, variant: 'full', progress: studies.progress(SMALL, 'full'), result }
  studies.close()
  files = await studyFiles(reported)
})
afterAll(() => bench.close())

describe('what a study writes', () => {
  it('is its charts as SVG and PNG, its numbers as CSV, its findings as Markdown', () => {
    expect([...files.keys()]).toEqual(['small.svg', 'small.png', 'small.csv', 'small.md'])
  })

  it('draws axes with units, a legend and the line in the colour of its algorithm', () => {
    const svg = text('small.svg')
    for (const word of ['optimality gap', 'learn step', 'dqn', '10 %']) expect(svg).toContain(`>${word}</text>`)
    expect(svg).toContain('#8a2f63')
    expect(svg).toContain('stroke-dasharray="7')
  })

  it('paints the PNG two and a half times the size of the SVG', () => {
    const png = files.get('small.png') ?? new Uint8Array()
    expect([...png.subarray(1, 4)]).toEqual([...new TextEncoder().encode('PNG')])
    const view = new DataView(png.buffer, png.byteOffset)
    expect([view.getUint32(16), view.getUint32(20)]).toEqual([1600, 1050])
  })

  it('tells every point with its mean in the CSV', () => {
    const [head, ...rows] = text('small.csv').trim().split('\r\n')
    expect(head).toBe('chart,line,x_quantity,x,y_quantity,mean,low_95,high_95,seeds')
    expect(rows).toHaveLength(3)
    expect(rows[2]).toMatch(/^gap,dqn,learn step,20,optimality gap,0\.02,,,2$/)
  })

  it('sets claim beside finding, and means beside their intervals, in the Markdown', () => {
    const markdown = text('small.md')
    expect(markdown).toContain('| Dqn learns. | From 2 runs. | **holds** |')
    expect(markdown).toContain('| dqn | 2 | 20 | 2.00 % (−10.71 % to 14.71 %) | 0.8160 (0.7144 to 0.9176) |')
    expect(markdown).toContain('![Fig. 0: Gap of dqn](small.svg)')
    expect(markdown).toContain('2 of 3 runs')
  })

  it('comes together in one document of results', () => {
    const results = resultsMarkdown([reported], 'a machine', (study, chart) => `docs/studies/${study}-${chart}.svg`)
    expect(results).toContain('Trained on: a machine.')
    expect(results).toContain('| Fig. 0 |')
    expect(results).toContain('](docs/studies/small-gap.svg)')
  })
})
