import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { launchBrowser, openPage, type ServedLab, serveLab } from './browser'
import { fillHistory } from './history'
import { settled } from './labs'
import { PAYLOADS, wasTaken } from './payloads'
import { goTo } from './rooms'

const RUNS = 10_000
const [PAYLOAD] = PAYLOADS
let browser: Browser
let home: string
let lab: ServedLab
let named: string[]

beforeAll(async () => {
  home = mkdtempSync(join(tmpdir(), 'dmro-lab-e2e-'))
  fillHistory(home, { name: 'many', runs: RUNS })
  named = fillHistory(home, { name: PAYLOAD, runs: 2, message: PAYLOAD })
  ;[browser, lab] = await Promise.all([launchBrowser(), serveLab({ home })])
})

afterAll(async () => {
  await browser?.close()
  await lab?.stop()
  rmSync(home, { recursive: true, force: true, maxRetries: 3 })
})

const PAGES = () => ['/', `/runs/${named[0]}`, `/compare?runs=${named.join(',')}`, '/experiments', '/compare', '/runs/ffffffff', '/nowhere']

describe('every page', () => {
  it.each([
    { colorScheme: 'dark' as const, viewport: { width: 1440, height: 900 } },
    { colorScheme: 'light' as const, viewport: { width: 1024, height: 700 } },
    { colorScheme: 'dark' as const, viewport: { width: 2560, height: 1300 } }
  ])(
    'shows itself without complaint, scripts of names unrun and nothing beyond the window: $colorScheme, $viewport.width',
    async (options) => {
      const { page, complaints, close } = await openPage(browser, lab.url, options)
      for (const room of PAGES()) {
        await goTo(page, room)
        await page.locator('main .top').waitFor()
        await settled(page)
        expect(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth)).toBe(true)
        expect(await page.evaluate(wasTaken)).toBeUndefined()
        expect(await page.locator('main img').count()).toBe(0)
      }
      await goTo(page, `/runs/${named[0]}`)
      await page.locator('main .top', { hasText: PAYLOAD }).waitFor()
      expect(complaints).toEqual([])
      await close()
    }
  )

  it('follows the system’s theme until another is chosen, and keeps that', async () => {
    const { page, close } = await openPage(browser, lab.url, { colorScheme: 'light' })
    const theme = () => page.evaluate(() => document.documentElement.className)
    const ground = () => page.evaluate(() => getComputedStyle(document.body).backgroundColor)
    expect([await theme(), await ground()]).toEqual(['light', 'rgb(243, 244, 246)'])
    await page.emulateMedia({ colorScheme: 'dark' })
    await expect.poll(theme).toBe('dark')
    expect(await ground()).toBe('rgb(11, 13, 16)')
    await page.getByRole('button', { name: /^Theme/ }).click()
    await expect.poll(theme).toBe('light')
    await page.reload()
    await expect.poll(theme).toBe('light')
    await close()
  })
})

describe('ten thousand runs', () => {
  it('stay virtual: only the lines in sight are drawn, the first and the last within reach', async () => {
    const { page, close } = await openPage(browser, lab.url)
    await page.getByText('10,002 runs').waitFor()
    await page.getByRole('button', { name: 'Expand all' }).click()
    const lines = page.locator('[role=row].line')
    const grid = page.getByRole('treegrid')
    await expect.poll(() => grid.getAttribute('aria-rowcount')).toBe(String(2 + 101 + RUNS + 2 + 1))
    expect(await lines.count()).toBeLessThan(80)
    await page.keyboard.press('j')
    await page.keyboard.press('End')
    await expect.poll(() => lines.last().getAttribute('aria-rowindex')).toBe(String(2 + 101 + RUNS + 2 + 1))
    expect(await lines.count()).toBeLessThan(80)
    await close()
  })

  it('are found by their words, and the address keeps the search', async () => {
    const { page, close } = await openPage(browser, lab.url)
    await page.getByLabel('Filter by words and conditions').fill('many seed 7')
    await page.getByText('100 of 10,002 runs').waitFor()
    await expect.poll(() => page.url()).toContain('words=')
    await page.reload()
    await page.getByText('100 of 10,002 runs').waitFor()
    await close()
  })
})

describe('the keyboard', () => {
  it('has a list of its shortcuts and gets out of it', async () => {
    const { page, close } = await openPage(browser, lab.url)
    await page.getByText('10,002 runs').waitFor()
    await page.keyboard.press('?')
    await page.getByRole('dialog').getByText('compare the selected runs').waitFor()
    await page.keyboard.press('Escape')
    await expect.poll(() => page.getByRole('dialog').count()).toBe(0)
    await page.keyboard.press('n')
    await page.getByRole('heading', { name: 'Experiments', exact: true }).waitFor()
    await close()
  })
})
