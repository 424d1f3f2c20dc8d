import { SaxesParser } from 'saxes'
import type { Fault } from '../experiment/experiment'
import { MOST_DEPTH } from './guard'

/** An element's beginning or end, with its line. */
export interface XmlTag {
  tag: string
  attributes: Readonly<Record<string, string | undefined>>
  line: number
  isEnd: boolean
  /** Of an end: the text right before it, behind whatever else stood in the element. */
  text?: string
}

/** What is open, and what one element holds, is kept in memory. */
const MOST_ATTRIBUTES = 1000

const NONE: XmlTag['attributes'] = {}

/** Thrown to stop at the first fault: a reader that continued would guess at what was meant. */
class XmlFault extends Error {}
class XmlExcess extends Error {}
class EnoughSeen extends Error {}

/** Names without what stands before their colon: nothing read here mixes vocabularies. */
const bare = (name: string) => name.slice(name.indexOf(':') + 1)

/**
 * Hands the tags of an XML text to `take` in their order until it answers "enough"; an empty element begins and ends. Comments and
 * declarations are passed over; entities that a document defines are not known, so none can swell. What is not well-formed is a fault,
 * and ends the reading.
 */
export function readTags(xml: string, take: (tag: XmlTag) => 'on' | 'enough'): Fault | undefined {
  // Without namespaces: looking them up takes as long as the elements are deep.
  const parser = new SaxesParser({ xmlns: false, position: true })
  const given = (tag: XmlTag) => {
    if (take(tag) === 'enough') throw new EnoughSeen()
  }
  let line = 1
  let parts: string[] = []
  let depth = 0
  let ofElement = 0
  const held = (isTooMuch: boolean, why: string) => {
    if (isTooMuch) throw new XmlExcess(why)
  }
  parser.on('opentagstart', () => {
    line = parser.line
    parts = []
    ofElement = 0
    held(++depth > MOST_DEPTH, `elements are nested more than ${MOST_DEPTH} deep`)
  })
  parser.on('attribute', () => held(++ofElement > MOST_ATTRIBUTES, `an element has more than ${MOST_ATTRIBUTES} attributes`))
  parser.on('text', (text) => void parts.push(text))
  parser.on('cdata', (text) => void parts.push(text))
  parser.on('opentag', ({ name, attributes }) => given({ tag: bare(name), attributes, line, isEnd: false }))
  parser.on('closetag', ({ name }) => {
    depth--
    const text = parts.join('')
    parts = []
    given({ tag: bare(name), attributes: NONE, line: parser.line, isEnd: true, text })
  })
  parser.on('error', (error) => {
    throw new XmlFault(error.message)
  })
  try {
    parser.write(xml).close()
  } catch (error) {
    if (error instanceof EnoughSeen) return undefined
    if (error instanceof XmlExcess) return { path: `line ${parser.line}`, message: error.message }
    if (!(error instanceof XmlFault)) throw error
    return { path: `line ${parser.line}`, message: `is not well-formed XML: ${wordsOf(error.message)}` }
  }
  return undefined
}

/** `7:12: unexpected close tag.` without its place and full stop, and no longer than a line. */
function wordsOf(message: string): string {
  const words = message
    .slice(0, 200)
    .replace(/^(?:\d+:\d+: )?/, '')
    .replace(/\.$/, '')
  return message.length > 200 ? `${words}…` : words
}
