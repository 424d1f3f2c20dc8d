type Words = { readonly [key: string]: unknown }

/** A part of a catalogue: what is missing stands in English. A key that English does not have does not compile. */
export type PartialText<T> = T extends (...given: never[]) => unknown
  ? T
  : T extends readonly unknown[]
    ? T
    : T extends object
      ? { readonly [Key in keyof T]?: PartialText<T[Key]> }
      : T

const isGroup = (value: unknown): value is Words => typeof value === 'object' && value !== null && !Array.isArray(value)

/** The whole catalogue in another language as far as it goes. */
export function withFallback<T extends Words>(whole: T, part: PartialText<T>): T {
  const given: Words = part as Words
  const merged = Object.entries(whole).map(([key, word]) => {
    const own = given[key]
    if (own === undefined) return [key, word]
    return [key, isGroup(word) ? withFallback(word, own as Words) : own]
  })
  return Object.fromEntries(merged) as T
}

/** The keys of `whole` that `part` lacks, and those it has beyond it, as paths such as `runs.title`. */
export function compareKeys(whole: Words, part: Words, path = ''): { missing: string[]; unknown: string[] } {
  const found: { missing: string[]; unknown: string[] } = { missing: [], unknown: [] }
  for (const key of new Set([...Object.keys(whole), ...Object.keys(part)])) {
    const at = `${path}${key}`
    if (!(key in whole)) found.unknown.push(at)
    else if (isGroup(whole[key])) {
      const deeper = compareKeys(whole[key], isGroup(part[key]) ? part[key] : {}, `${at}.`)
      found.missing.push(...deeper.missing)
      found.unknown.push(...deeper.unknown)
    } else if (!(key in part)) found.missing.push(at)
  }
  return found
}
