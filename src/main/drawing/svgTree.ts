import { SaxesParser } from 'saxes'

/** An element of a drawing, with its own text. */
export interface SvgNode {
  name: string
  /** Attributes and declarations of `style` alike. */
  given: ReadonlyMap<string, string>
  children: SvgNode[]
  text: string
}

/** The elements of an SVG document. Throws Error where it is not well-formed XML. */
export function readSvg(source: string): SvgNode {
  const parser = new SaxesParser()
  const open: SvgNode[] = []
  let root: SvgNode | undefined
  parser.on('opentag', ({ name, attributes }) => {
    const node: SvgNode = { name, given: givenOf(attributes as Record<string, string>), children: [], text: '' }
    open.at(-1)?.children.push(node)
    root ??= node
    open.push(node)
  })
  parser.on('closetag', () => void open.pop())
  parser.on('text', (text) => {
    const node = open.at(-1)
    if (node) node.text += text
  })
  parser.write(source).close()
  if (root?.name !== 'svg') throw new Error('not an SVG document')
  return root
}

function givenOf({ style = '', ...attributes }: Record<string, string>): Map<string, string> {
  const given = new Map(Object.entries(attributes))
  for (const declaration of style.split(';')) {
    const at = declaration.indexOf(':')
    if (at > 0) given.set(declaration.slice(0, at).trim(), declaration.slice(at + 1).trim())
  }
  return given
}
