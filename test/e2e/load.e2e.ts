import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { presetOf } from '@shared/presets'
import { findingsInBoth } from './axe'
import { launchBrowser, openPage, type ServedLab, serveLab, type WatchedPage } from './browser'
import { goTo, nodeOf } from './rooms'

let browser: Browser
let lab: ServedLab
let watched: WatchedPage

beforeAll(async () => {
  ;[browser, lab] = await Promise.all([launchBrowser(), serveLab()])
  watched = await openPage(browser, lab.url)
})

afterAll(async () => {
  await browser?.close()
  await lab?.stop()
})

// One story, each step from where the last one ended.
describe('the load of a topology', () => {
  it('names the bottleneck of a sample of batches, who is how busy, and what would help', async () => {
    const { page } = watched
    await goTo(page, '/topologies')
    await page.locator('input[type=file]').setInputFiles({
      name: 'four.json',
      mimeType: 'application/json',
      buffer: Buffer.from(JSON.stringify(presetOf('four-devices', 'topology')))
    })
    await page.getByRole('dialog', { name: 'Open files' }).getByRole('button', { name: 'Open', exact: true }).click()
    await page.getByRole('application', { name: /^Canvas/ }).waitFor()
    await page.getByRole('button', { name: 'Load', exact: true }).click()
    await page.getByLabel('Workload whose batches load the map').selectOption('shared-4x10')
    await page.getByText('20 batches, last finish').waitFor()
    await page.getByText(/^Bottleneck: edge, \d.* s waited a batch$/).waitFor()
    await expect.poll(() => nodeOf(page, 'cloud').innerText()).toMatch(/\d %/)
    await expect.poll(() => page.locator('[data-label]').first().textContent()).toMatch(/→ \d+.* %.*← \d+.* %/)
    const queues = page.getByRole('table', { name: 'Queues' })
    await queues.getByRole('row', { name: /^edge → cloud/ }).waitFor()
    const help = page.getByRole('table', { name: 'What would help' })
    await help.getByRole('row', { name: /^every device at 8,?000 MHz −/ }).waitFor()
    await help.getByRole('row', { name: /^devices → edge at 4 MB\/s −/ }).waitFor()
  })

  it('is computed again after a change of the map', async () => {
    const { page } = watched
    const said = page.getByText(/^Bottleneck: edge, /)
    const before = await said.innerText()
    await nodeOf(page, 'edge').click()
    await page.getByLabel('Cores', { exact: true }).fill('4')
    // Everything is placed again, which takes a while on a busy machine.
    await expect.poll(async () => (await said.count()) === 0 || (await said.innerText()) !== before, { timeout: 45_000 }).toBe(true)
    expect(await findingsInBoth(page)).toEqual({ dark: [], light: [] })
  })

  it('goes back to transfers', async () => {
    const { page } = watched
    await page.getByRole('button', { name: 'Close the load' }).click()
    await page.getByRole('heading', { name: 'Checks' }).waitFor()
    expect(await page.locator('[data-label]').first().textContent()).toContain('ms')
  })
})
