import { figureSvg } from '../drawing/svg'
import { pngOf } from '../drawing/png'
import { type ReportedStudy, studyMarkdown } from './report'
import { figureCsv } from '@shared/formats/figureCsv'

export const EXPORTS = ['svg', 'png', 'csv', 'md'] as const
export type ExportFormat = (typeof EXPORTS)[number]

const encoder = new TextEncoder()

/** The first chart of a study bears its name alone, a further one its own as well. */
export function fileName({ study, result }: ReportedStudy, chart: string, extension: string): string {
  return `${study.id}${chart === result.charts[0].key ? '' : `-${chart}`}.${extension}`
}

/** Everything a study writes, by file name: each chart as SVG and PNG, all numbers as CSV, the findings as Markdown. */
export async function studyFiles(reported: ReportedStudy): Promise<Map<string, Uint8Array>> {
  const { study, result } = reported
  const files = new Map<string, Uint8Array>()
  for (const chart of result.charts) {
    if (chart.series.length === 0) continue
    const svg = figureSvg(chart)
    files.set(fileName(reported, chart.key, 'svg'), encoder.encode(svg))
    files.set(fileName(reported, chart.key, 'png'), await pngOf(svg))
  }
  files.set(`${study.id}.csv`, encoder.encode(figureCsv(result.charts)))
  files.set(`${study.id}.md`, encoder.encode(studyMarkdown(reported, (chart) => fileName(reported, chart, 'svg'))))
  return files
}

/** One of them; undefined where a chart has nothing to draw yet. */
export async function studyFile(reported: ReportedStudy, format: ExportFormat, chart: string): Promise<Uint8Array | undefined> {
  const { result } = reported
  if (format === 'csv') return encoder.encode(figureCsv(result.charts))
  if (format === 'md') return encoder.encode(studyMarkdown(reported, (key) => fileName(reported, key, 'svg')))
  const drawn = result.charts.find(({ key }) => key === chart)
  if (!drawn || drawn.series.length === 0) return undefined
  const svg = figureSvg(drawn)
  return format === 'svg' ? encoder.encode(svg) : pngOf(svg)
}
