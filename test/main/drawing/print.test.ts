import { inflateSync } from 'node:zlib'
import { lineOf } from '@shared/algorithms/looks'
import type { FigureChart } from '@shared/charts/figure'
import { chartPixels, printed, type PrintSize } from '@shared/charts/print'
import { describe, expect, it } from 'vitest'
import { algorithmCards } from '../../../src/main/algorithms'
import { letters } from '../../../src/main/drawing/letters'
import { pdfOf } from '../../../src/main/drawing/pdf'
import { pngOf } from '../../../src/main/drawing/png'
import { figureSvg } from '../../../src/main/drawing/svg'
import { readTrueType } from '../../../src/main/drawing/trueType'

const CHART: FigureChart = {
  key: 'gap',
  title: 'Gap',
  x: 'learnSteps',
  y: { label: 'optimality gap', scale: 'log', kind: 'gap' },
  series: ['dmro-plus', 'dqn'].map((id, i) => ({
    key: id,
    label: id,
    look: lineOf(algorithmCards, id),
    seeds: 3,
    points: [0, 0.4, 100, 0.1 + i / 10, 200, 0.02 + i / 10],
    band: [0, 0.3, 0.5, 100, 0.05 + i / 10, 0.15 + i / 10, 200, 0.01 + i / 10, 0.03 + i / 10],
    runs: []
  })),
  levels: []
}
const POINTS_A_MM = 72 / 25.4
const figure = (size: PrintSize) => printed(figureSvg(CHART, chartPixels(size)), size)
const COLUMN: PrintSize = { widthMm: 85, heightMm: 56, letterPt: 8 }

/** Everything that a PDF's streams hold, in their order. */
function streamsOf(pdf: Uint8Array): string[] {
  const text = Buffer.from(pdf).toString('latin1')
  return [...text.matchAll(/\/Length (\d+) [^\n]*\nstream\n/g)].map((found) => {
    const from = found.index + found[0].length
    return inflateSync(Buffer.from(pdf).subarray(from, from + Number(found[1]))).toString('latin1')
  })
}

describe.each([COLUMN, { widthMm: 178, heightMm: 76, letterPt: 9.5 }])('a figure of $widthMm mm with letters of $letterPt pt', (size) => {
  it('measures that as SVG', () => {
    const svg = figure(size)
    const [, width, height, pixels] = /^<svg width="([\d.]+)mm" height="([\d.]+)mm"[^>]*viewBox="0 0 ([\d.]+) /.exec(svg) ?? []
    expect([Number(width), Number(height)]).toEqual([size.widthMm, size.heightMm])
    const pointsAPixel = (Number(width) * POINTS_A_MM) / Number(pixels)
    const sizes = [...svg.matchAll(/font-size:([\d.]+)px/g)].map(([, letter]) => Number(letter) * pointsAPixel)
    expect(sizes.length).toBeGreaterThan(8)
    for (const letter of sizes) expect(letter).toBeCloseTo(size.letterPt, 3)
  })

  it('measures that as PDF, its text text in letters of its own', async () => {
    const pdf = await pdfOf(figure(size))
    const text = Buffer.from(pdf).toString('latin1')
    const [, width, height] = /\/MediaBox \[0 0 ([\d.]+) ([\d.]+)\]/.exec(text) ?? []
    expect(Number(width) / POINTS_A_MM).toBeCloseTo(size.widthMm, 3)
    expect(Number(height) / POINTS_A_MM).toBeCloseTo(size.heightMm, 3)
    const [content] = streamsOf(pdf)
    // Everything is drawn by one scale, and no text by another.
    const scale = Number(/^([\d.]+) 0 0 -\1 /.exec(content)?.[1])
    const sizes = [...content.matchAll(/\/F1 ([\d.]+) Tf/g)].map(([, letter]) => Number(letter) * scale)
    expect(sizes.length).toBeGreaterThan(8)
    for (const letter of sizes) expect(letter).toBeCloseTo(size.letterPt, 2)
    expect(text).toContain('/FontFile2')
    expect(streamsOf(pdf).some((stream) => stream.includes('beginbfchar'))).toBe(true)
  })

  it('knows its size as PNG of 600 dots an inch', async () => {
    const png = Buffer.from(await pngOf(figure(size), { widthMm: size.widthMm, dotsPerInch: 600 }))
    const at = png.indexOf('pHYs')
    const perMetre = png.readUInt32BE(at + 4)
    expect(png.readUInt8(at + 12)).toBe(1)
    // A dot is the least that a width can be off by.
    expect(Math.abs((png.readUInt32BE(16) / perMetre) * 1000 - size.widthMm)).toBeLessThan(25.4 / 600)
  })
})

describe('a PDF', () => {
  it('is the same whenever it is written', async () => {
    const [one, other] = await Promise.all([pdfOf(figure(COLUMN)), pdfOf(figure(COLUMN))])
    expect(Buffer.compare(Buffer.from(one), Buffer.from(other))).toBe(0)
  })

  it('has every object where its table of them says', async () => {
    const text = Buffer.from(await pdfOf(figure(COLUMN))).toString('latin1')
    const table = Number(/startxref\n(\d+)/.exec(text)?.[1])
    const places = [...text.slice(table).matchAll(/(\d{10}) 00000 n/g)].map(([, place]) => Number(place))
    expect(places.length).toBeGreaterThan(5)
    places.forEach((place, i) => expect(text.slice(place, place + 8)).toMatch(new RegExp(`^${i + 1} 0 obj`)))
  })

  it('refuses anything but a drawing, and colours it does not know', async () => {
    await expect(pdfOf('<p>text</p>')).rejects.toThrow('not an SVG document')
    await expect(pdfOf('<svg width="10" height="10"><rect width="1" height="1" fill="url(#a)"/></svg>')).rejects.toThrow(
      'unknown colour url(#a)'
    )
  })

  it('keeps of its letters what it shows', async () => {
    const font = readTrueType((await letters()).regular)
    const glyph = font.glyphOf('é'.codePointAt(0) ?? 0)
    expect(glyph).toBeGreaterThan(0)
    // A composite brings the glyphs that it is put together of.
    const part = font.subset(new Set([glyph]))
    expect(part.length).toBeGreaterThan(font.subset(new Set()).length)
    expect(part.length).toBeLessThan((await letters()).regular.length / 4)
  })
})
