import { fixed, plain } from '@shared/format'

/** Figures for a paper: their size in print, their letters and names. */
export const figureText = {
  figure: {
    button: 'Figure for a paper',
    menu: 'Figure for a paper …',
    action: 'Figure',
    title: (chart: string) => `Figure for a paper: ${chart}`,
    preview: 'The figure as it will be printed',
    size: (width: number, height: number, letters: number) => `${fixed(width)} × ${fixed(height)} mm, letters ${plain(letters)} pt`,
    columns: { one: '1 column', two: '2 columns', own: 'own width' },
    width: 'Width',
    height: 'Height',
    letters: 'Letters',
    axis: 'Value axis',
    names: 'Names for publication',
    forms: { svg: 'SVG', pdf: 'PDF', png: 'PNG, 600 dpi', csv: 'CSV' },
    written: (file: string) => `Written: ${file}`,
    /** What stands in the columns of a figure's numbers. */
    columnsOfCsv: { low: 'low 95 %', high: 'high 95 %', least: 'least', greatest: 'greatest' },
    cardsTouch: (least: number) => `At this size cards cover one another: choose smaller letters, or at least ${plain(least)} mm.`
  }
}
