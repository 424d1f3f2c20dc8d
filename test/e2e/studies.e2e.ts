import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { launchBrowser, openPage, type ServedLab, serveLab, type WatchedPage } from './browser'
import { goTo } from './rooms'
import { fillStudy } from './study'

let browser: Browser
let home: string
let lab: ServedLab
let watched: WatchedPage

beforeAll(async () => {
  home = mkdtempSync(join(tmpdir(), 'dmro-lab-e2e-'))
  // One is left to the page.
  fillStudy(home, ({ seed, learningRate }) => seed === 2 && learningRate === 0.01)
  ;[browser, lab] = await Promise.all([launchBrowser(), serveLab({ home })])
  watched = await openPage(browser, lab.url)
})

afterAll(async () => {
  await watched?.close()
  await browser?.close()
  await lab?.stop()
  rmSync(home, { recursive: true, force: true, maxRetries: 3 })
})

const figure = (title: string) => watched.page.getByRole('article', { name: title, exact: true })

describe('the gallery of studies', () => {
  it('shows the six figures and what goes beyond them, what the paper claims of each, and what running them takes', async () => {
    const { page } = watched
    await goTo(page, '/studies')
    await page.getByRole('article').nth(7).waitFor()
    const tags = await page.locator('article .tag').allInnerTexts()
    expect(tags).toEqual([
      'Fig. 4',
      'Fig. 5',
      'Fig. 6',
      'Fig. 7',
      'Fig. 8',
      'Fig. 9',
      'N and K',
      'One policy',
      'Shared machines',
      'Decision time',
      'Queues',
      'ψ on graphs',
      'Round trips',
      'Rivals',
      'Budget'
    ])
    const text = await figure('Learning rate').innerText()
    expect(text).toContain('0.01 converges best')
    expect(text).toContain('20 runs')
  })

  it('resumes a quick one where it stopped: one run is trained, seven are found, and a chart and a verdict are shown', async () => {
    const { page } = watched
    await page.locator('label.segment', { hasText: 'quick' }).click()
    const card = figure('Learning rate')
    await card.getByText('7 of 8 runs').waitFor()
    await card.getByRole('button', { name: 'Resume Fig. 4' }).click()
    await card.getByText(/^8 runs ·/).waitFor({ timeout: 50_000 })
    await card.getByRole('img', { name: /Held-out gap by learning rate: 0.0001/ }).waitFor()
    expect(await card.locator('.verdict').innerText()).toMatch(/holds/)
    await expect.poll(() => card.innerText()).toContain('Final gap 0.1: 21.00 %')
    expect(await page.locator('.item', { hasText: 'Runs' }).innerText()).toContain('8')
    await card.getByRole('link', { name: 'Open Fig. 4' }).click()
    await page.getByRole('heading', { name: 'Fig. 4: Learning rate' }).waitFor()
  })

  it('tells every claim and number on the figure’s own page, exports, and runs a point again', async () => {
    const { page } = watched
    await page.getByText('Too low a learning rate does not converge.').waitFor()
    const row = page.getByRole('row', { name: /0\.001, one-edge-one-cloud/ })
    expect(await row.innerText()).toMatch(/one-edge-one-cloud\s+0\.2\s+2\s+600\s+21\.00 %/)
    const saved = page.waitForEvent('download')
    await page.getByRole('button', { name: 'Export Held-out gap by learning rate as SVG' }).click()
    expect((await saved).suggestedFilename()).toBe('fig4.svg')
    const table = page.waitForEvent('download')
    await page.getByRole('button', { name: 'Export Fig. 4: Learning rate as CSV' }).click()
    expect((await table).suggestedFilename()).toBe('fig4.csv')
    await row.getByRole('button', { name: /^Run again/ }).click()
    await page.getByText('2 runs started').waitFor()
    expect(watched.complaints).toEqual([])
  })
})
