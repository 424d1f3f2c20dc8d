/** A program did something other than it was asked: what, as a sentence. */
export class ProgramFault extends Error {
  override name = 'ProgramFault'
}

/** What someone sent, short enough for a sentence. */
export function excerpt(value: unknown): string {
  const text = typeof value === 'string' ? value : (JSON.stringify(value) ?? String(value))
  return text.length > 80 ? `${text.slice(0, 80)}…` : text
}
