const SIGNS: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' }

/** HTML that is already safe to stand in a page. Only `html` and `trusted` make it. */
export class SafeHtml {
  constructor(readonly source: string) {}
  toString(): string {
    return this.source
  }
}

/** Markup of our own or of a renderer that escapes by itself. */
export const trusted = (source: string) => new SafeHtml(source)

type Piece = string | number | SafeHtml | undefined | readonly (string | number | SafeHtml)[]

function escaped(piece: Piece): string {
  if (piece === undefined) return ''
  if (piece instanceof SafeHtml) return piece.source
  if (typeof piece === 'object') return piece.map(escaped).join('')
  return String(piece).replace(/[&<>"']/g, (sign) => SIGNS[sign])
}

/** A template whose every value is escaped, unless it is safe already. */
export function html(parts: TemplateStringsArray, ...pieces: Piece[]): SafeHtml {
  return new SafeHtml(parts.reduce((source, part, i) => source + part + (i < pieces.length ? escaped(pieces[i]) : ''), ''))
}
