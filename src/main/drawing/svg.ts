import { BarChart, CustomChart, LineChart, ScatterChart } from 'echarts/charts'
import { DatasetComponent, GridComponent, LegendComponent, MarkLineComponent, TooltipComponent } from 'echarts/components'
import { init, use } from 'echarts/core'
import { LabelLayout } from 'echarts/features'
import { SVGRenderer } from 'echarts/renderers'
import type { FigureChart } from '@shared/charts/figure'
import type { ComparisonOption } from '@shared/charts/comparisonGround'
import type { CurvesOption } from '@shared/charts/curves'
import { figureOption } from '@shared/charts/figureOption'
import { PAPER_FONT } from '@shared/charts/print'
import { paperColor } from './palette'

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

export interface PaperSize {
  width: number
  height: number
}

/** Half a page of a paper at screen pixels. */
export const FIGURE_SIZE: PaperSize = { width: 640, height: 420 }

/** An ECharts option drawn without a screen: an SVG document on white. */
export function drawSvg(option: CurvesOption | ComparisonOption, { width, height }: PaperSize): string {
  const chart = init(null, null, { renderer: 'svg', ssr: true, width, height })
  try {
    chart.setOption({ ...option, animation: false, backgroundColor: paperColor('bg-1') })
    return `${chart.renderToSVGString()}\n`
  } finally {
    chart.dispose()
  }
}

/** A figure as it would stand in a paper: axes with units, a legend, bands. */
export function figureSvg(chart: FigureChart, size: PaperSize = FIGURE_SIZE): string {
  return drawSvg(figureOption(chart, { theme: 'light', color: paperColor, font: PAPER_FONT, names: 'legend', width: size.width }), size)
}
