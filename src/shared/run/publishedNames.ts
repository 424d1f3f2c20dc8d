/** What is called otherwise in a paper, by what the lab calls it. */
export type PublishedNames = Readonly<Record<string, string>>

/**
 * A name as it is to be published: its own, if it has one; else what it begins with – an algorithm before its δ or units – by that one's. The
 * longest counts.
 */
export function publishedName(name: string, names: PublishedNames): string {
  if (Object.hasOwn(names, name)) return names[name]
  const begins = Object.keys(names)
    .filter((known) => known !== '' && name.startsWith(known) && !/^[\p{L}\p{N}_-]/u.test(name.slice(known.length)))
    .sort((a, b) => b.length - a.length)[0]
  return begins === undefined ? name : names[begins] + name.slice(begins.length)
}
