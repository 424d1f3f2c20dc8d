/** The font of figures on paper; what opens them elsewhere falls back on its own. */
export const PAPER_FONT = 'Inter, system-ui, sans-serif'

/** How large a figure is in print. */
export interface PrintSize {
  widthMm: number
  heightMm: number
  /** Points, 72 an inch. */
  letterPt: number
}

/** Widths of one and of two columns of a paper, mm. */
export const COLUMN_MM = { one: 85, two: 178 } as const

/** What sizes are taken: a figure of less has no room, one of more no page. */
export const PRINT_LIMITS = { widthMm: [30, 1000], heightMm: [20, 1000], letterPt: [4, 24] } as const

/** Pixels of the letters that every chart is drawn with. */
export const CHART_LETTERS = 11

const POINTS_A_MM = 72 / 25.4

/** Pixels of a chart whose letters, of `CHART_LETTERS` pixels, are as large in print as asked for. */
export function chartPixels({ widthMm, heightMm, letterPt }: PrintSize): { width: number; height: number } {
  const scale = (POINTS_A_MM * CHART_LETTERS) / letterPt
  return { width: widthMm * scale, height: heightMm * scale }
}

/** A drawing with its physical size: the pixels it was drawn in become its own units. */
export function printed(svg: string, { widthMm, heightMm }: Pick<PrintSize, 'widthMm' | 'heightMm'>): string {
  const [head] = /<svg[^>]*>/.exec(svg) ?? ['']
  const own = head
    .replace(/ (?:width|height)="[^"]*"/g, '')
    .replace('<svg', `<svg width="${rounded(widthMm)}mm" height="${rounded(heightMm)}mm"`)
  return svg.replace(head, own)
}

const rounded = (value: number) => Number(value.toFixed(3))

/** What a figure, a table or a report is called as a file: words that every file system and LaTeX take. */
export function fileWords(...parts: readonly (string | undefined)[]): string {
  const words = parts.flatMap((part) =>
    (part ?? '')
      .trim()
      .toLowerCase()
      .replaceAll('δ', 'delta-')
      .replaceAll('+', '-plus')
      .replace(/[^\p{L}\p{N}.]+/gu, '-')
      .replace(/^[-.]+|[-.]+$/g, '')
  )
  return (
    words
      .filter((word) => word !== '')
      .join('_')
      .slice(0, 120) || 'figure'
  )
}
