import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'

const inRoot = (path: string) => fileURLToPath(new URL(`../../${path}`, import.meta.url))
const PAGES = ['README.md', ...readdirSync(inRoot('docs/guide')).map((name) => `docs/guide/${name}`)]
const MOST_BYTES = 8_000_000

/** What a page links to within the project. */
function targets(page: string): string[] {
  const text = readFileSync(inRoot(page), 'utf8')
  const found = [...text.matchAll(/(?:src(?:set)?="|\]\()([^)"#]+)/g)].map(([, target]) => target)
  return found.filter((target) => !/^https?:/.test(target)).map((target) => join(dirname(page), target))
}

describe('the guide', () => {
  it.each(PAGES)('%s links to nothing that is not there', (page) => {
    expect(targets(page).filter((target) => !existsSync(inRoot(target)))).toEqual([])
  })

  it('has a page for every page that is linked, and each is linked', () => {
    const linked = new Set(PAGES.flatMap(targets))
    expect(PAGES.slice(1).filter((page) => !linked.has(page))).toEqual([])
  })

  it('has its pictures dark and light, and they stay small', () => {
    const names = readdirSync(inRoot('docs/screens'))
    const views = new Set(names.map((name) => name.replace(/-(dark|light)\.png$/, '')))
    expect(names.sort()).toEqual([...views].flatMap((view) => [`${view}-dark.png`, `${view}-light.png`]).sort())
    expect(names.reduce((sum, name) => sum + statSync(inRoot(`docs/screens/${name}`)).size, 0)).toBeLessThan(MOST_BYTES)
  })
})
