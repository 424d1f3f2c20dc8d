import { existsSync, readFileSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import ts from 'typescript'
import { describe, expect, it } from 'vitest'

const ROOT = fileURLToPath(new URL('../..', import.meta.url))
const TYPES = join(ROOT, 'node_modules/electron/electron.d.ts')
const HOST = join(ROOT, 'src/main/host')

/** Whatever may name Electron: a rule of the floors keeps it out of all else. */
const FILES = [
  ...readdirSync(HOST)
    .filter((name) => /^electron.*\.ts$/.test(name))
    .map((name) => join(HOST, name)),
  join(ROOT, 'src/main/index.ts'),
  join(ROOT, 'src/preload/index.ts')
]

/** Plain data, which does nothing. */
const SHAPES = new Set(['Rectangle'])
const EVENTS = new Set(['on', 'once', 'off'])

/** What these files use of Electron, as docs/electron.md names it: `App.quit`, `App 'activate'`, `new Tray`. */
function usesOf(files: readonly string[], options: ts.CompilerOptions = {}): Set<string> {
  // Only Electron's own types are looked up: of what else is imported nothing is asked.
  const compiler: ts.CompilerOptions = { noLib: true, types: [], module: ts.ModuleKind.ESNext, skipLibCheck: true, ...options }
  const host = ts.createCompilerHost(compiler)
  host.resolveModuleNameLiterals = (literals) =>
    literals.map(({ text }) => ({
      resolvedModule:
        text === 'electron' ? { resolvedFileName: TYPES, extension: ts.Extension.Dts, isExternalLibraryImport: true } : undefined
    }))
  const program = ts.createProgram([...files, TYPES], compiler, host)
  const checker = program.getTypeChecker()
  const found = new Set<string>()

  /** The class or interface of Electron that declares this member; undefined where it is somebody else's. */
  function ownerOf(name: ts.Node): string | undefined {
    const declaration = checker.getSymbolAtLocation(name)?.declarations?.[0]
    if (declaration?.getSourceFile().fileName !== TYPES) return undefined
    const { parent } = declaration
    if (ts.isInterfaceDeclaration(parent) && SHAPES.has(parent.name.text)) return undefined
    return ts.isInterfaceDeclaration(parent) || ts.isClassDeclaration(parent) ? parent.name?.text : undefined
  }

  function look(node: ts.Node): void {
    if (ts.isNewExpression(node) && ts.isIdentifier(node.expression)) {
      const type = checker.getTypeAtLocation(node)
      if (type.symbol?.declarations?.some((each) => each.getSourceFile().fileName === TYPES)) found.add(`new ${node.expression.text}`)
    }
    if (ts.isPropertyAccessExpression(node)) {
      const owner = ownerOf(node.name)
      const called = ts.isCallExpression(node.parent) && node.parent.expression === node ? node.parent : undefined
      const [first] = called?.arguments ?? []
      if (owner !== undefined && EVENTS.has(node.name.text) && first && ts.isStringLiteral(first)) found.add(`${owner} '${first.text}'`)
      else if (owner !== undefined) found.add(`${owner}.${node.name.text}`)
    }
    ts.forEachChild(node, look)
  }
  for (const file of files) {
    const source = program.getSourceFile(file)
    if (source) look(source)
  }
  return found
}

const page = readFileSync(join(ROOT, 'docs/electron.md'), 'utf8')
/** The rows of its tables: what is used, what Electron documents of it, and where that is tested. */
const rows = page
  .split('\n')
  .filter((line) => line.startsWith('| `'))
  .map((line) => line.split(' | ').map((cell) => cell.replace(/^\| |\s*\|$/g, '')))

describe('docs/electron.md', () => {
  const used = usesOf(FILES)

  it('has a row for everything that is used of Electron, and none for what is not', () => {
    expect(used.size).toBeGreaterThan(50)
    const named = rows.flatMap(([names]) => [...names.matchAll(/`([^`]+)`/g)].map(([, name]) => name))
    expect([...used].filter((name) => !named.includes(name)).sort()).toEqual([])
    expect(named.filter((name) => !used.has(name))).toEqual([])
    expect(named.filter((name, at) => named.indexOf(name) !== at)).toEqual([])
  })

  it('says of each what is documented, and where it is tested, by files that are there, or that it is not', () => {
    for (const [names, documented, tested] of rows) {
      expect(documented?.length, names).toBeGreaterThan(15)
      const files = [...(tested ?? '').matchAll(/`(test\/[^`]+)`/g)].map(([, file]) => file)
      expect(files.length > 0 || tested === 'not tested', names).toBe(true)
      for (const file of files) expect(existsSync(join(ROOT, file)), file).toBe(true)
    }
  })
})
