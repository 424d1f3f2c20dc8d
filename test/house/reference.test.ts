import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { contract } from '@shared/contract'
import { beforeAll, describe, expect, it } from 'vitest'
import { COMMAND, reference, staleFiles } from '../../scripts/reference'

const ROOT = fileURLToPath(new URL('../..', import.meta.url))
const FOLDER = join(ROOT, 'docs/reference')

const written = new Map(
  readdirSync(FOLDER, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => {
      const path = join(entry.parentPath, entry.name)
      return [path.slice(FOLDER.length + 1).replaceAll('\\', '/'), readFileSync(path, 'utf8')]
    })
)
let made: Map<string, string>
beforeAll(async () => {
  made = await reference(ROOT)
}, 60_000)

describe('docs/reference', () => {
  it(`says what the code says; where it does not, run: ${COMMAND}`, () => {
    expect(staleFiles(made, written)).toEqual([])
  })

  it('is seen to be stale where a page differs, is missing, or is of nothing any more', () => {
    const other = new Map(written)
    other.set('contract.md', `${other.get('contract.md')} `)
    other.delete('metrics.md')
    other.set('algorithms/gone.md', '# Gone')
    expect(staleFiles(made, other)).toEqual(['algorithms/gone.md', 'contract.md', 'metrics.md'])
  })

  it('has every method of the contract', () => {
    const page = made.get('contract.md') ?? ''
    const methods = Object.entries(contract).flatMap(([room, declared]) => Object.keys(declared).map((method) => `### ${room}.${method}\n`))
    expect(methods.length).toBeGreaterThan(60)
    expect(methods.filter((head) => !page.includes(head))).toEqual([])
  })

  it('tells the limits of what a method takes', () => {
    expect(made.get('contract.md')).toMatch(/### views\.save\n\n[^#]*name: string <1…60>/)
    expect(made.get('contract.md')).toMatch(/### runs\.pause\n\n[^#]*ids: \(string [^)]*\)\[\] <1…10000>/)
  })

  it('links to nothing that is not there', () => {
    const links = [...made].flatMap(([path, text]) =>
      [...text.matchAll(/\]\(([^)#:]+)\)/g)].map(([, target]) => join('docs/reference', path, '..', target))
    )
    expect(links.length).toBeGreaterThan(20)
    expect(links.filter((target) => !readdirSync(join(ROOT, target, '..')).includes(target.split('/').at(-1) ?? ''))).toEqual([])
  })

  it('has schemas that name only schemas that are there', () => {
    const schemas = [...made].filter(([path]) => path.endsWith('.schema.json'))
    expect(schemas.length).toBeGreaterThan(10)
    for (const [path, text] of schemas) {
      const found = [...text.matchAll(/"\$ref": "([^"#]+)"/g)].map(([, target]) => `formats/${target}`)
      expect({ path, missing: found.filter((target) => !made.has(target)) }).toEqual({ path, missing: [] })
    }
  })
})
