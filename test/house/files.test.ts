import { readdirSync, readFileSync } from 'node:fs'
import { basename, extname, join, relative } from 'node:path'
import { fileURLToPath } from 'node:url'
import ts from 'typescript'
import { describe, expect, it } from 'vitest'

const ROOT = fileURLToPath(new URL('../..', import.meta.url))
const MOST_LINES = 350

const CODE = new Set(['.ts', '.vue', '.css', '.mjs', '.sql'])
const TEXT = new Set([...CODE, '.json', '.md', '.html', '.svg'])

function filesUnder(folder: string): string[] {
  return readdirSync(join(ROOT, folder), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => relative(ROOT, join(entry.parentPath, entry.name)).replaceAll('\\', '/'))
}

const textOf = (file: string) => readFileSync(join(ROOT, file), 'utf8')
const source = filesUnder('src')
const code = [...source, ...filesUnder('test'), ...filesUnder('scripts')].filter((file) => CODE.has(extname(file)))
const atRoot = readdirSync(ROOT, { withFileTypes: true }).flatMap((entry) => (entry.isFile() ? entry.name : []))
const all = [...code, ...filesUnder('resources'), ...atRoot].filter(
  (file) => TEXT.has(extname(file)) || ['.npmrc', '.gitignore'].includes(file)
)

describe('files', () => {
  it(`have no more than ${MOST_LINES} lines`, () => {
    const long = code.map((file) => ({ file, lines: textOf(file).split('\n').length - 1 })).filter(({ lines }) => lines > MOST_LINES)
    expect(long).toEqual([])
  })

  it('are named by what they hold', () => {
    expect(code.filter((file) => /(^|\/)(utils?|helpers?|misc|common)(\/|\.[^/]+$)/i.test(file))).toEqual([])
  })

  it('hold no path of the machine they were written on', () => {
    const path = /(?<![\w.~])\/(home|root|work|Users)\/[\w.-]/
    expect(all.filter((file) => basename(file) !== 'files.test.ts' && path.test(textOf(file)))).toEqual([])
  })

  it('draw no number but from our own generator', () => {
    const strange = /\bMath\.random\b|\brandom(?:Normal|Uniform|UniformInt|Gamma)\b|\btruncatedNormal\b|\bgetRandomValues\b/
    expect(source.filter((file) => CODE.has(extname(file)) && strange.test(textOf(file)))).toEqual([])
  })

  it('name the native tensor library in one place', () => {
    const importing = /['"]@tensorflow\/tfjs-node['"]/
    expect(source.filter((file) => importing.test(textOf(file)))).toEqual(['src/main/learn/backend.ts'])
  })
})

describe('registers', () => {
  const registers = source.filter((file) => basename(file) === 'index.ts' && !/^src\/(main|preload)\/index\.ts$/.test(file))

  it('are there', () => {
    expect(registers).toContain('src/main/algorithms/index.ts')
  })

  it.each(registers)('%s assembles and defines neither a class nor a shape', (file) => {
    const { statements } = ts.createSourceFile(file, textOf(file), ts.ScriptTarget.Latest)
    const defined = statements.filter(
      (statement) =>
        ts.isClassDeclaration(statement) ||
        ts.isInterfaceDeclaration(statement) ||
        ts.isEnumDeclaration(statement) ||
        (ts.isTypeAliasDeclaration(statement) && ts.isTypeLiteralNode(statement.type))
    )
    expect(defined.length).toBe(0)
  })

  it('are imported by nothing they assemble', () => {
    const turning = source.filter((file) => extname(file) === '.ts' && /from '\.(\/index)?'/.test(textOf(file)))
    expect(turning).toEqual([])
  })
})

describe('the packages', () => {
  const lock = JSON.parse(textOf('package-lock.json')) as {
    packages: Record<string, { version?: string; resolved?: string; integrity?: string }>
  }
  const manifest = JSON.parse(textOf('package.json')) as Record<string, Record<string, string>>

  it('come from whatever registry a machine is set up for: the lock file holds no host', () => {
    expect(Object.entries(lock.packages).filter(([, entry]) => entry.resolved !== undefined)).toEqual([])
    expect(textOf('.npmrc')).not.toMatch(/registry\s*=\s*http|_auth/)
  })

  it('are what they were: each has its checksum', () => {
    const unchecked = Object.entries(lock.packages).filter(([path, { integrity }]) => path !== '' && !integrity)
    expect(unchecked.map(([path]) => path)).toEqual([])
  })

  it('are pinned to one version each', () => {
    const ranges = ['dependencies', 'devDependencies', 'optionalDependencies'].flatMap((kind) =>
      Object.entries(manifest[kind]).filter(([, version]) => !/^\d+\.\d+\.\d+$/.test(version))
    )
    expect(ranges).toEqual([])
  })

  it('run no code when they are installed', () => {
    expect(textOf('.npmrc')).toMatch(/^ignore-scripts=true$/m)
  })
})
