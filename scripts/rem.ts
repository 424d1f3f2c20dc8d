const ROOT_PIXELS = 16
/** Hairlines and focus rings stay what they are at every text size. */
const HAIRLINE = 2

const remOf = (pixels: number) => `${Number((pixels / ROOT_PIXELS).toFixed(5))}rem`

/** `px` lengths of a declaration in rem, hairlines left alone. */
export function inRem(value: string): string {
  if (/url\(/i.test(value)) return value
  return value.replace(/(?<![\w#.-])(-?)(\d*\.?\d+)px\b/g, (whole: string, sign: string, digits: string) =>
    Number(digits) <= HAIRLINE ? whole : `${sign}${remOf(Number(digits))}`
  )
}

/**
 * `(width < 1100px)` of a media query as a query of the page's container in rem, so that a page with larger text breaks
 * where a narrower one would; undefined where the query asks for anything but a width.
 */
export function containerQuery(params: string): string | undefined {
  if (!/^\((?:\d+px\s*<=?\s*)?width\s*(?:<=?|>=?)\s*\d+px\)$/.test(params.trim())) return undefined
  return params.replace(/(\d+)px/g, (_, pixels: string) => remOf(Number(pixels)))
}

/**
 * A PostCSS plugin: style sheets are written in the pixels of the design and come out in rem, so that the text size
 * chosen in the settings scales type, rows, controls and columns together and nothing is cut off.
 */
export function pixelsToRem() {
  return {
    postcssPlugin: 'pixels-to-rem',
    Declaration(declaration: { value: string }) {
      const value = inRem(declaration.value)
      if (value !== declaration.value) declaration.value = value
    },
    AtRule: {
      media(rule: { name: string; params: string }) {
        const query = containerQuery(rule.params)
        if (query === undefined) return
        rule.name = 'container'
        rule.params = `page ${query}`
      }
    }
  }
}
