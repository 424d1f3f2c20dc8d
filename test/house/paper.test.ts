import { readdirSync, readFileSync } from 'node:fs'
import { extname } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { allTags, pageOf, tagsOf } from '../../scripts/paper.mjs'
import { citable, citedIn } from '../../scripts/paper/contents.mjs'

const inRoot = (path: string) => fileURLToPath(new URL(`../../${path}`, import.meta.url))
const filesUnder = (folder: string) =>
  readdirSync(inRoot(folder), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && ['.ts', '.vue', '.md', '.json', '.mjs', '.sql'].includes(extname(entry.name)))
    .map((entry) => `${entry.parentPath.slice(inRoot('').length)}/${entry.name}`)
const atRoot = readdirSync(inRoot('.')).filter((name) => extname(name) === '.md')
const files = [...['src', 'docs', 'resources', 'scripts'].flatMap(filesUnder), ...atRoot]

const known = new Set<string>(citable().map(({ key }) => key))

describe('what is cited of the paper', () => {
  it('is there, wherever it is cited', () => {
    const wrong = files.flatMap((file) =>
      citedIn(readFileSync(inRoot(file), 'utf8'))
        .filter((key) => !known.has(key))
        .map((key) => `${file}: ${key}`)
    )
    expect(wrong).toEqual([])
  })

  it('is read in all the ways it is written', () => {
    expect(citedIn('eqs. (18), (19)')).toEqual(['eq. (18)', 'eq. (19)'])
    expect(citedIn('eqs. (6)–(8) and (eq. 5)')).toEqual(['eq. (6)', 'eq. (7)', 'eq. (8)', 'eq. (5)'])
    expect(citedIn('Algorithm 2, lines 4 and 10; Algorithm 1,\n * line 27')).toEqual([
      'Algorithm 2, line 4',
      'Algorithm 2, line 10',
      'Algorithm 1, line 27'
    ])
    expect(citedIn('Figs. 4, 5, 8; Tables II–V; section VII')).toEqual(['Fig. 4', 'Fig. 5', 'Fig. 8', 'Table II', 'Table V', 'section VII'])
    expect(
      ['eq. (19)', 'Algorithm 1, line 27', 'Algorithm 3, line 1', 'Fig. 10', 'Table V', 'section VII'].filter((key) => known.has(key))
    ).toEqual([])
  })
})

describe('docs/paper.md', () => {
  const tags = allTags()

  it('says of every equation, line, figure and table where it is, or why it is not', () => {
    expect(pageOf(tags)).not.toContain('Not said.')
    const silent = citable().filter(({ key, none, isOptional }) => !none && !isOptional && !tags.some(({ keys }) => keys.includes(key)))
    expect(silent).toEqual([])
  })

  it('has tags that cite what is there', () => {
    expect(tags.flatMap(({ keys }) => keys).filter((key) => !known.has(key))).toEqual([])
    for (const { keys } of tags) expect(keys.length).toBeGreaterThan(0)
  })

  it('is as the tags beside the functions say, and another once one changes', () => {
    const page = readFileSync(inRoot('docs/paper.md'), 'utf8')
    expect(pageOf(tags)).toBe(page)
    const [first, ...others] = tags
    expect(pageOf([{ ...first, reading: 'another reading' }, ...others])).not.toBe(page)
    expect(pageOf(others)).not.toBe(page)
  })
})

describe('a tag', () => {
  it('tells what it is of, in functions, classes and constants alike', () => {
    const source = `
/** @paper eq. (9): as in the text. */
export function one() {}
class Two {
  /**
   * Does it.
   *
   * @paper Algorithm 1, lines 3–5: in one
   * go.
   */
  three() {}
}
/** @paper Fig. 4: drawn. */
export const four = 4`
    expect(tagsOf('a.ts', source).map(({ name, keys, reading }) => [name, keys, reading])).toEqual([
      ['one', ['eq. (9)'], 'as in the text.'],
      ['Two.three', ['Algorithm 1, line 3', 'Algorithm 1, line 4', 'Algorithm 1, line 5'], 'in one go.'],
      ['four', ['Fig. 4'], 'drawn.']
    ])
  })

  it('that cites nothing is refused by its line', () => {
    expect(() => tagsOf('a.ts', '/** @paper as in the text */\nfunction one() {}')).toThrow(/a\.ts:1: @paper takes/)
  })
})
