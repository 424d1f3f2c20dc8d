import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { de } from '../../src/renderer/ui/text/de'
import { en } from '../../src/renderer/ui/text/en'
import { launchBrowser, openPage, type ServedLab, serveLab, type WatchedPage } from './browser'
import { fillHistory } from './history'
import { goTo } from './rooms'

let browser: Browser
let home: string
let lab: ServedLab
let runs: string[]
let watched: WatchedPage

const words = (catalogue: object): string[] =>
  Object.values(catalogue).flatMap((value: unknown) =>
    typeof value === 'string' ? [value] : typeof value === 'object' && value !== null ? words(value) : []
  )
/** What only the English catalogue says. Single words may be names that the program gives: of a tier, of a parameter. */
const german = new Set(words(de))
/** Parameters that are called as something in the catalogue is. */
const PARAMETERS = new Set(['Learn steps', 'Learning rate'])
const ENGLISH = [...new Set(words(en))].filter((word) => word.includes(' ') && !german.has(word) && !PARAMETERS.has(word))

beforeAll(async () => {
  home = mkdtempSync(join(tmpdir(), 'dmro-lab-e2e-'))
  runs = fillHistory(home, { name: 'deutsch', runs: 6, seeds: 3, points: 20 })
  ;[browser, lab] = await Promise.all([launchBrowser(), serveLab({ home })])
  watched = await openPage(browser, lab.url, { viewport: { width: 1280, height: 800 } })
  await watched.page.evaluate(() => localStorage.setItem('lab-language', 'de'))
  await watched.page.reload()
})

afterAll(async () => {
  await watched?.close()
  await browser?.close()
  await lab?.stop()
  rmSync(home, { recursive: true, force: true, maxRetries: 3 })
})

const press = (name: RegExp) => (page: Page) => page.locator('main').getByRole('button', { name }).first().click()

/** Every room, and what to do in it once it is there. */
const ROOMS: readonly { path: () => string; ready: string; act?: (page: Page) => Promise<void>; opened?: string }[] = [
  { path: () => '/', ready: '[role=row].group' },
  { path: () => '/', ready: '[role=row].group', act: (page) => page.keyboard.press('x'), opened: '.bar' },
  { path: () => '/', ready: '[role=row].group', act: (page) => page.keyboard.press('?'), opened: 'dialog[open]' },
  { path: () => '/?view=queue', ready: 'main .top' },
  { path: () => `/runs/${runs[0]}`, ready: '.readout' },
  { path: () => `/compare?runs=${runs.join(',')}`, ready: '.evaluations' },
  { path: () => '/experiments', ready: 'article' },
  { path: () => '/experiments/new', ready: 'main .pick' },
  { path: () => '/topologies', ready: 'main article, main li' },
  { path: () => '/topologies', ready: 'main article, main li', act: press(/^Neue Topologie/), opened: '.vue-flow' },
  { path: () => '/workloads', ready: 'main li' },
  { path: () => '/workloads', ready: 'main li', act: press(/^Neuer Generator/), opened: 'main svg' },
  { path: () => '/playground', ready: 'main .top' },
  { path: () => '/studies', ready: 'main .top' },
  { path: () => '/studies/fig4', ready: 'main .top' }
]

describe('the page in German, 1280 pixels wide', () => {
  it.each(ROOMS.map((room, i) => ({ name: `${i + 1}: ${room.ready} ${room.opened ?? ''}`, ...room })))(
    'has nothing of the English catalogue and no button beyond the window, room $name',
    async ({ path, ready, act, opened }) => {
      const { page } = watched
      await goTo(page, path())
      await page.locator(ready).first().waitFor()
      await act?.(page)
      if (opened) await page.locator(opened).first().waitFor()
      await page.evaluate(() => document.fonts.ready)
      expect(await page.evaluate(() => document.documentElement.lang)).toBe('de')
      const said = await page.evaluate(() => {
        const named = ['aria-label', 'title', 'placeholder']
        const found = [...document.body.querySelectorAll('*')].flatMap((element) => named.map((name) => element.getAttribute(name)))
        const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT)
        while (walker.nextNode()) found.push(walker.currentNode.textContent)
        return found.map((text) => text?.trim() ?? '')
      })
      expect(said.length).toBeGreaterThan(20)
      expect(ENGLISH.filter((word) => said.includes(word))).toEqual([])
      const beyond = await page.evaluate(() =>
        [...document.querySelectorAll<HTMLElement>('button.button, a.button')]
          .filter((button) => button.getBoundingClientRect().right > innerWidth + 1)
          .map((button) => button.innerText)
      )
      expect(beyond).toEqual([])
      expect(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth)).toBe(true)
      await page.keyboard.press('Escape')
      await page.keyboard.press('Escape')
    }
  )
})
