import type { Fault } from '../experiment/experiment'

/** An element's beginning or end, with its line. */
export interface Tag {
  tag: string
  attributes: ReadonlyMap<string, string>
  line: number
  isEnd: boolean
}

const ENTITIES: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" }
const TAG = /<(\/?)([\w:.-]+)((?:[^<>"']|"[^"]*"|'[^']*')*?)(\/?)>/g
const ATTRIBUTE = /([\w:.-]+)\s*=\s*(?:"([^"]*)"|'([^']*)')/g

/**
 * The tags of an XML text in their order; an empty element begins and ends. Text between them, comments and declarations are passed
 * over; no entities are defined by documents, so none can swell. Elements that do not close are faults.
 */
export function tagsOf(xml: string, faults: Fault[]): Tag[] {
  const blank = (part: string) => part.replace(/[^\n]/g, ' ')
  const bare = xml.replace(/<!--[\s\S]*?-->|<\?[\s\S]*?\?>|<!\[CDATA\[[\s\S]*?\]\]>|<!DOCTYPE[^>]*>/g, blank)
  const tags: Tag[] = []
  const open: { tag: string; line: number }[] = []
  let line = 1
  let at = 0
  for (const match of bare.matchAll(TAG)) {
    for (; at < match.index; at++) if (bare.charCodeAt(at) === 10) line += 1
    const [, slash, name, inside, empty] = match
    const tag = name.replace(/^.*:/, '')
    if (slash) {
      const last = open.pop()
      if (last?.tag !== tag) {
        const message = last ? `</${tag}> closes <${last.tag}> of line ${last.line}` : `</${tag}> closes nothing`
        faults.push({ path: `line ${line}`, message })
        return tags
      }
      tags.push({ tag, attributes: new Map(), line, isEnd: true })
      continue
    }
    const attributes = new Map(
      [...inside.matchAll(ATTRIBUTE)].map((found) => [found[1].replace(/^.*:/, ''), decoded(found[2] ?? found[3])])
    )
    tags.push({ tag, attributes, line, isEnd: false })
    if (empty) tags.push({ tag, attributes: new Map(), line, isEnd: true })
    else open.push({ tag, line })
  }
  const left = open.pop()
  if (left) faults.push({ path: `line ${left.line}`, message: `<${left.tag}> is never closed` })
  return tags
}

function decoded(text: string): string {
  return text.replace(/&(#x?[\da-f]+|\w+);/gi, (whole, name: string) => {
    if (!name.startsWith('#')) return ENTITIES[name] ?? whole
    const code = name[1].toLowerCase() === 'x' ? Number.parseInt(name.slice(2), 16) : Number(name.slice(1))
    return code > 0 && code <= 0x10ffff ? String.fromCodePoint(code) : whole
  })
}
