import { api } from './context'

export const figuresRoom = {
  print: api.figures.print.handler(async ({ input: { svg, form, ...print }, errors }) => {
    try {
      const bytes =
        form === 'pdf' ? await (await import('../drawing/pdf')).pdfOf(svg) : await (await import('../drawing/png')).pngOf(svg, print)
      return new Blob([new Uint8Array(bytes)], { type: form === 'pdf' ? 'application/pdf' : 'image/png' })
    } catch (error) {
      const reason = `The drawing cannot be printed: ${error instanceof Error ? error.message : String(error)}`
      throw errors.REFUSED({ message: reason, data: { reasons: [reason] } })
    }
  })
}
