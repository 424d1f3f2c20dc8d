import { colorsOf } from '@shared/algorithms/looks'
import type { ComparisonOption } from '@shared/charts/comparisonGround'
import { lightTokens } from '@shared/charts/lightTokens'
import { chartPixels, PAPER_FONT, printed, type PrintSize } from '@shared/charts/print'
import { publishedName, type PublishedNames } from '@shared/run/publishedNames'
import { BarChart, CustomChart, LineChart, ScatterChart } from 'echarts/charts'
import { DatasetComponent, GridComponent, LegendComponent, MarkLineComponent, TooltipComponent } from 'echarts/components'
import { init, use } from 'echarts/core'
import { LabelLayout } from 'echarts/features'
import { SVGRenderer } from 'echarts/renderers'
import { kept } from '../services/kept'
import { looks } from '../ui/algorithms'
import sheet from '../ui/tokens.css?raw'
import type { ChartOption } from './option'
import type { Palette } from './palette'

use([
  BarChart,
  LineChart,
  ScatterChart,
  CustomChart,
  DatasetComponent,
  GridComponent,
  LegendComponent,
  MarkLineComponent,
  TooltipComponent,
  LabelLayout,
  SVGRenderer
])

/** What a chart is drawn with for a paper, whatever the page looks like. */
export interface PaperStyle {
  theme: 'light'
  color: Palette
  font: string
  /** Pixels of the figure. */
  width: number
  /** What is published in a name's place. */
  nameOf(name: string): string
  /** What the value axis is called. */
  axis: string
}

export type DrawPaper = (style: PaperStyle) => ChartOption | ComparisonOption

/** A chart as it is made ready for a paper. */
export interface PaperFigure {
  title: string
  /** Words of its file's name, from the general to the particular. */
  file: readonly (string | undefined)[]
  draw?: DrawPaper
  /** Drawn otherwise than by a chart: the whole SVG document, and what is wrong with it at this size. */
  svg?: (size: PrintSize) => { svg: string; note?: string }
  /** What its lines are called, so that they can be renamed. */
  names?: readonly string[]
  /** What its value axis is called, until somebody names it otherwise. */
  axis?: string
  /** Its numbers with intervals and units. */
  csv?: (nameOf: (name: string) => string) => string | Promise<string>
  /** Pixels of a chart that it cannot be lower than. */
  leastHeight?: number
}

const LIGHT = lightTokens(sheet)

/** The colours of the light theme, those of algorithms among them. */
function paperPalette(): Palette {
  const own = colorsOf(looks.value, 'light')
  return (token) => LIGHT.get(token) ?? own.get(token) ?? '#000000'
}

/** A chart as an SVG document of its size in print: white, without a screen's look or anything for a pointer. */
export function paperSvg(draw: DrawPaper, size: PrintSize, given: { names: PublishedNames; axis: string }): string {
  const { width, height } = chartPixels(size)
  const color = paperPalette()
  const chart = init(null, null, { renderer: 'svg', ssr: true, width, height })
  try {
    const style = {
      theme: 'light' as const,
      color,
      font: PAPER_FONT,
      width,
      axis: given.axis,
      nameOf: (name: string) => publishedName(name, given.names)
    }
    chart.setOption({ ...draw(style), animation: false, backgroundColor: color('bg-1') })
    return printed(`${chart.renderToSVGString().replace(/<style[\s\S]*?<\/style>/g, '')}\n`, size)
  } finally {
    chart.dispose()
  }
}

const MOST_NAMES = 200

/** What algorithms and groups are called in papers; kept, since a paper has more than one figure. */
export const publishedNames = kept<PublishedNames>(
  'published-names',
  {},
  (stored) =>
    typeof stored === 'object' && stored !== null
      ? Object.fromEntries(Object.entries(stored).filter((entry): entry is [string, string] => typeof entry[1] === 'string'))
      : undefined,
  (names) => Object.fromEntries(Object.entries(names).slice(-MOST_NAMES))
)

/** Publishes a name as another; as itself where there is none. */
export function publish(name: string, as: string): void {
  const { [name]: _, ...others } = publishedNames.value
  publishedNames.value = as.trim() === '' || as === name ? others : { ...others, [name]: as.trim() }
}
