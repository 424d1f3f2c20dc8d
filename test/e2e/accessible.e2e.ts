import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { axeFindings } from './axe'
import { launchBrowser, openPage, type ServedLab, serveLab, type WatchedPage } from './browser'
import { goTo } from './rooms'
import { trainSample } from './sample'
import { type Sample, VIEWS, type View } from './views'

let browser: Browser
let home: string
let labs: Record<View['lab'], ServedLab>
let sample: Sample

beforeAll(async () => {
  home = mkdtempSync(join(tmpdir(), 'dmro-lab-e2e-'))
  const [launched, withHistory, empty] = await Promise.all([launchBrowser(), serveLab({ home }), serveLab()])
  browser = launched
  labs = { sample: withHistory, empty }
  sample = await trainSample(browser, withHistory.url)
})

afterAll(async () => {
  await Promise.all([browser?.close(), labs?.sample.stop(), labs?.empty.stop()])
  rmSync(home, { recursive: true, force: true, maxRetries: 3 })
})

/** Goes to a view and waits until it stands still. */
async function show(page: WatchedPage['page'], view: View): Promise<void> {
  await goTo(page, view.path(sample))
  await page.locator(view.ready).first().waitFor()
  await view.open?.(page)
  if (view.opened) await page.locator(view.opened).first().waitFor()
  await page.evaluate(() => document.fonts.ready)
  await page.waitForTimeout(100)
}

describe.each(['dark', 'light'] as const)('every view, %s', (colorScheme) => {
  it.each(VIEWS)('$name is accessible', async (view) => {
    const { page, close } = await openPage(browser, labs[view.lab].url, { colorScheme, firstVisit: view.firstVisit })
    await show(page, view)
    expect(await axeFindings(page)).toEqual([])
    await close()
  })
})
