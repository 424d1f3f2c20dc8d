import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { launchBrowser, openPage, type ServedLab, serveLab } from './browser'
import { goTo } from './rooms'

let browser: Browser
let home: string
let lab: ServedLab

beforeAll(async () => {
  home = mkdtempSync(join(tmpdir(), 'dmro-lab-editors-'))
  ;[browser, lab] = await Promise.all([launchBrowser(), serveLab({ home })])
})
afterAll(async () => {
  await browser.close()
  await lab.stop()
  rmSync(home, { recursive: true, force: true, maxRetries: 3 })
})

// The address of one document, typed over that of another, leads from one editor straight to the next of the same kind.
it.each([
  ['plans', '/experiments/new', undefined],
  ['topologies', '/topologies', 'New topology'],
  ['workloads', '/workloads', 'New generator']
])('an address opens its own document, also straight from another one: %s', async (_, path, button) => {
  const { page } = await openPage(browser, lab.url)
  const name = page.getByLabel(/^Name of the (experiment|topology|scenario|workload)/)
  const addresses: string[] = []
  for (const written of ['the first', 'the second']) {
    await goTo(page, path)
    if (button) await page.getByRole('button', { name: button }).first().click()
    await name.waitFor()
    await page.waitForURL(/\/[0-9a-f]{8}$/)
    await name.fill(written)
    addresses.push(new URL(page.url()).hash.slice(1))
    await goTo(page, '/')
    await name.waitFor({ state: 'detached' })
  }
  await goTo(page, addresses[0])
  await expect.poll(() => name.inputValue()).toBe('the first')
  await goTo(page, addresses[1])
  await expect.poll(() => name.inputValue()).toBe('the second')
  await name.fill('the second, edited')
  await goTo(page, addresses[0])
  await expect.poll(() => name.inputValue()).toBe('the first')
  await goTo(page, addresses[1])
  await expect.poll(() => name.inputValue()).toBe('the second, edited')
  await page.close()
})
