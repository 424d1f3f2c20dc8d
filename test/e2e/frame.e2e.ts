import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { launchBrowser, openPage, type ServedLab, serveLab } from './browser'
import { fillHistory } from './history'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { goTo } from './rooms'

let browser: Browser
let home: string
let lab: ServedLab

beforeAll(async () => {
  home = mkdtempSync(join(tmpdir(), 'dmro-lab-e2e-'))
  fillHistory(home, { name: 'frame', runs: 40, seeds: 10 })
  ;[browser, lab] = await Promise.all([launchBrowser(), serveLab({ home })])
})

afterAll(async () => {
  await browser?.close()
  await lab?.stop()
  rmSync(home, { recursive: true, force: true, maxRetries: 3 })
})

describe('the palette', () => {
  it('leads by name to runs, experiments, presets and commands, by keys alone', async () => {
    const { page, close } = await openPage(browser, lab.url)
    await page.getByText('40 runs').first().waitFor()
    const search = page.getByRole('combobox', { name: 'Search or run a command' })
    const type = async (words: string): Promise<void> => {
      await page.keyboard.press('Control+k')
      await search.fill(words)
      await page.keyboard.press('Enter')
    }
    const choose = async (words: string): Promise<void> => {
      await type(words)
      await expect.poll(() => page.locator('dialog[open]').count()).toBe(0)
    }
    await choose('dqn seed 7')
    await expect.poll(() => page.url()).toMatch(/#\/runs\/[0-9a-f]{8}$/)
    await choose('no. 1')
    await expect.poll(() => page.url()).toContain('experiment=1')
    await choose('quick')
    await expect.poll(() => page.evaluate(() => document.activeElement?.getAttribute('data-preset'))).toBe('quick')
    await choose('go to compare')
    await expect.poll(() => page.url()).toMatch(/#\/compare$/)
    await type('show all shortcuts')
    await page.getByRole('dialog', { name: 'Shortcuts' }).waitFor()
    await close()
  })
})

describe('the first steps', () => {
  it('are four, by keys, and never come again once closed', async () => {
    const { page, close } = await openPage(browser, lab.url, { firstVisit: true })
    const tour = page.locator('.tour')
    await tour.getByText('Step 1 of 4').waitFor()
    await page.keyboard.press('ArrowRight')
    await tour.getByText('Step 2 of 4').waitFor()
    await page.keyboard.press('ArrowRight')
    await page.keyboard.press('ArrowRight')
    await page.keyboard.press('ArrowRight')
    await expect.poll(() => tour.count()).toBe(0)
    await page.reload()
    await page.getByText('40 runs').first().waitFor()
    expect(await tour.count()).toBe(0)
    await close()
  })
})

describe('a term', () => {
  it('says what it means by one press, by keys too, and leads to the glossary at its place', async () => {
    const { page, close } = await openPage(browser, lab.url)
    await page.getByText('40 runs').first().waitFor()
    const term = page.getByRole('button', { name: 'energy weight' })
    await term.click()
    const meaning = page.getByText('The weight of energy against delay in the cost.')
    await meaning.waitFor()
    expect(await term.getAttribute('aria-expanded')).toBe('true')
    await page.keyboard.press('Escape')
    await expect.poll(() => meaning.count()).toBe(0)
    expect(await term.evaluate((element) => element === document.activeElement)).toBe(true)
    await page.keyboard.press('Enter')
    await meaning.waitFor()
    await page.keyboard.press('Tab')
    await page.keyboard.press('Enter')
    const glossary = page.getByRole('dialog', { name: 'Glossary' })
    await expect.poll(() => glossary.locator('.here').innerText()).toContain('δ')
    await glossary.getByRole('searchbox').fill('meta parameters')
    await expect.poll(() => glossary.locator('dt').allInnerTexts()).toEqual(['ψ'])
    // The first Esc empties the search.
    await page.keyboard.press('Escape')
    await page.keyboard.press('Escape')
    await expect.poll(() => glossary.count()).toBe(0)
    // A press elsewhere closes it, too.
    await term.click()
    await meaning.waitFor()
    await page
      .locator('main .top')
      .first()
      .click({ position: { x: 300, y: 10 } })
    await expect.poll(() => meaning.count()).toBe(0)
    await close()
  })
})

describe('what was chosen', () => {
  it('is there again after a restart: page, order, text size', async () => {
    const { page, close } = await openPage(browser, lab.url, { viewport: { width: 1280, height: 800 } })
    await page.getByText('40 runs').first().waitFor()
    await page
      .getByRole('columnheader', { name: /^Cost Q/ })
      .getByRole('button')
      .click()
    await page.keyboard.press('Control+,')
    for (let i = 0; i < 5; i++) await page.getByRole('button', { name: 'Larger text' }).click()
    await page.getByText('150 %').waitFor()
    expect(await page.evaluate(() => getComputedStyle(document.body).fontSize)).toBe('19.5px')
    expect(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth)).toBe(true)
    await page.keyboard.press('Escape')
    await goTo(page, '/experiments')
    await page.getByRole('heading', { name: 'Experiments' }).first().waitFor()
    // The link, as the program prints it, names no page.
    await page.goto(lab.url)
    await page.getByRole('heading', { name: 'Experiments' }).first().waitFor()
    await goTo(page, '/')
    await page.locator('[role=columnheader][aria-sort=ascending]', { hasText: 'Q' }).first().waitFor()
    await close()
  })
})
