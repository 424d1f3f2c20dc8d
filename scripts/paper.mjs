import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import ts from 'typescript'
import { citable, citedIn } from './paper/contents.mjs'
import { ROOT } from './paths.mjs'

/** Builds docs/paper.md out of the `@paper` tags beside the functions; with --check it only says whether the page is as it would be. */

const PAGE = 'docs/paper.md'

/** Every `@paper` tag of a source file: what it cites, how we read it, and of what. */
export function tagsOf(file, text) {
  const source = ts.createSourceFile(file, text, ts.ScriptTarget.Latest, true)
  const found = []
  const visit = (node, inside) => {
    const name = nameOf(node, inside)
    for (const tag of (node.jsDoc ?? []).flatMap((doc) => doc.tags ?? [])) {
      if (tag.tagName.text !== 'paper') continue
      const said = (ts.getTextOfJSDocComment(tag.comment) ?? '').replace(/\s+/g, ' ').trim()
      const line = source.getLineAndCharacterOfPosition(tag.pos).line + 1
      const [, cited, reading] = /^((?:eqs?\.|Algorithm|section|Figs?\.|Tables?) [^:]+): (.+)$/.exec(said) ?? []
      if (!cited) throw new SyntaxError(`${file}:${line}: @paper takes "eq. (9): how it is read", not "${said}"`)
      found.push({ file, line, name, keys: [...new Set(citedIn(cited))], reading })
    }
    ts.forEachChild(node, (child) => visit(child, ts.isClassDeclaration(node) ? node.name?.text : inside))
  }
  visit(source, undefined)
  return found
}

function nameOf(node, inside) {
  if (ts.isConstructorDeclaration(node)) return inside ?? 'constructor'
  const own = ts.isVariableStatement(node) ? node.declarationList.declarations[0].name.text : node.name?.text
  return inside && own ? `${inside}.${own}` : own
}

/** All tags of the program, by file. */
export function allTags() {
  return readdirSync(join(ROOT, 'src'), { recursive: true })
    .map((path) => `src/${path.replaceAll('\\', '/')}`)
    .filter((path) => path.endsWith('.ts'))
    .sort()
    .flatMap((path) => {
      const text = readFileSync(join(ROOT, path), 'utf8')
      return text.includes('@paper') ? tagsOf(path, text) : []
    })
}

/** Items in order, neighbours together that the same tags speak of. */
function stretches(items, tags) {
  const found = []
  for (const item of items) {
    const here = tags.filter(({ keys }) => keys.includes(item.key))
    const last = found.at(-1)
    if (last && here.length > 0 && last.here.length === here.length && here.every((tag, at) => tag === last.here[at])) last.items.push(item)
    else found.push({ items: [item], here })
  }
  return found
}

const row = (...cells) => `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`

/** The page: everything of the paper in its order, where it is in the program, and how it is read. */
export function pageOf(tags) {
  const items = citable()
  const sections = [...new Set(items.map(({ part }) => part))].map((part) => {
    const own = items.filter((item) => item.part === part)
    const rows = stretches(own, tags).flatMap(({ items: [first, ...more], here }) => {
      const key = more.length === 0 ? first.key : `${first.key.replace(/line (?=\d+$)/, 'lines ')}–${/\(?\w+\)?$/.exec(more.at(-1).key)[0]}`
      const title = [first, ...more].map((item) => item.title).join('; ')
      if (here.length === 0) return first.isOptional ? [] : [row(key, title, '–', first.none ?? '**Not said.**')]
      return here.map(({ file, name, reading }) =>
        row(key, title, `[\`${name}\`](../${file})`, reading[0].toUpperCase() + reading.slice(1))
      )
    })
    return [`## ${part}`, '', row('of the paper', 'in short', 'here', 'how it is read'), row('---', '---', '---', '---'), ...rows].join(
      '\n'
    )
  })
  return `${[HEAD, ...sections].join('\n\n')}\n`
}

const HEAD = `# The paper, line by line

Where each equation and each line of the two algorithms of G. Qu, H. Wu, R. Li, P. Jiao (DMRO, 2021) is in the program, and how it is read where
the text leaves room or contradicts itself. Each algorithm’s card says the same in short (\`lab algorithms dmro\`).
\`node scripts/paper.mjs\` writes this page out of the \`@paper\` tags beside the functions; \`npm run check\` compares it.`

if (import.meta.url === pathToFileURL(process.argv[1]).href) {
  const page = pageOf(allTags())
  const path = join(ROOT, PAGE)
  if (!process.argv.includes('--check')) writeFileSync(path, page)
  else if (readFileSync(path, 'utf8') !== page) {
    console.error(`${PAGE} is not what the @paper tags say; rewrite it by: node scripts/paper.mjs`)
    process.exitCode = 1
  }
}
