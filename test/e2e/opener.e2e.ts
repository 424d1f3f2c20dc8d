import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { writeOpener } from '../../src/main/host/link'
import { launchBrowser, type ServedLab, serveLab } from './browser'

let browser: Browser
let lab: ServedLab

beforeAll(async () => {
  ;[browser, lab] = await Promise.all([launchBrowser(), serveLab()])
})

afterAll(async () => {
  await browser?.close()
  await lab?.stop()
})

it('a browser that is handed the file of the data folder arrives in the lab, and the file goes away', async () => {
  const context = await browser.newContext()
  const page = await context.newPage()
  const opener = writeOpener(lab.home, lab.url)
  await page.goto(pathToFileURL(opener).href)
  await page.waitForURL(/^http:\/\/127\.0\.0\.1:\d+\/(#.*)?$/)
  await page.locator('nav').first().waitFor()
  // The socket is let in as well: the page tells of the lab, not of its loss.
  await page.getByText('Runs').first().waitFor()
  expect(await page.evaluate(() => document.cookie)).toBe('')
  await expect.poll(() => existsSync(join(lab.home, 'open.html'))).toBe(false)
  await page.reload()
  await page.locator('nav').first().waitFor()
  await context.close()
})
