import { fileURLToPath } from 'node:url'
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, it } from 'vitest'
import { launchBrowser, openPage, type ServedLab, serveLab } from './browser'

const PICTURE = fileURLToPath(new URL('../../docs/screenshot.png', import.meta.url))

let browser: Browser
let lab: ServedLab

// Made only when asked for: LAB_SCREENSHOT=1.
describe.runIf(process.env.LAB_SCREENSHOT)('the picture of the README', () => {
  beforeAll(async () => {
    ;[browser, lab] = await Promise.all([launchBrowser(), serveLab()])
  })

  afterAll(async () => {
    await Promise.all([browser?.close(), lab?.stop()])
  })

  it('shows dmro-plus in training, out of the quick experiment', async () => {
    const { page, screenshot } = await openPage(browser, lab.url)
    await page.getByRole('button', { name: /^Start the quick experiment/ }).click()
    await page.locator('aside a.run', { hasText: 'dmro-plus' }).first().click()
    await page.locator('.state', { hasText: /(7|8)\d %/ }).waitFor({ timeout: 120_000 })
    await page.mouse.move(720, 20)
    await screenshot(PICTURE)
  }, 180_000)
})
