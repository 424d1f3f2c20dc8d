import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Browser, Locator, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { launchBrowser, openPage, type ServedLab, serveLab, type WatchedPage } from './browser'
import { fillHistory } from './history'
import { drawByKeys, goTo, nodeOf } from './rooms'

let browser: Browser
let lab: ServedLab
let watched: WatchedPage
const home = mkdtempSync(join(tmpdir(), 'dmro-lab-clumsy-'))

beforeAll(async () => {
  // Gaps of 0 % to 0.999 %.
  fillHistory(home, { name: 'trial', runs: 1000 })
  ;[browser, lab] = await Promise.all([launchBrowser(), serveLab({ home })])
  watched = await openPage(browser, lab.url, { viewport: { width: 1280, height: 800 }, permissions: ['clipboard-read', 'clipboard-write'] })
})

afterAll(async () => {
  await browser?.close()
  await lab?.stop()
  rmSync(home, { recursive: true, force: true, maxRetries: 3 })
})

/** What a field shows once it is left. */
async function written(field: Locator, text: string): Promise<string> {
  await field.fill(text)
  await field.blur()
  return field.inputValue()
}

async function pasted(page: Page, field: Locator, text: string): Promise<string> {
  await page.evaluate((copied) => navigator.clipboard.writeText(copied), text)
  await field.focus()
  await page.keyboard.press('Control+a')
  await page.keyboard.press('Control+v')
  await field.blur()
  return field.inputValue()
}

const isInvalid = (field: Locator) => field.getAttribute('aria-invalid')
const alert = (page: Page, sentence: string) => page.getByRole('alert').filter({ hasText: sentence }).first().waitFor()
const row = (page: Page, key: string) => page.locator(`[data-parameter="${key}"]`)

describe('a number typed', () => {
  it('into the topology is what it says, or stays with the reason below and keeps the topology from being saved', async () => {
    const { page } = watched
    await goTo(page, '/topologies')
    await page.getByRole('button', { name: 'New topology' }).click()
    await drawByKeys(page)
    await nodeOf(page, 'edge-1').click()
    const bandwidth = page.getByLabel('Bandwidth to device-1, MB/s')
    expect(await written(bandwidth, '0,8')).toBe('0.8')
    expect(await written(bandwidth, '1.234,5')).toBe('1234.5')
    expect(await pasted(page, bandwidth, ' 0,5\n')).toBe('0.5')
    expect(await written(bandwidth, '5 MB/s')).toBe('5')
    const readable = {
      '1,234': 'can mean 1234 or 1.234',
      '4.000': 'can mean 4 or 4000',
      '5 kB/s': 'is not the unit here',
      abc: 'is not a number'
    }
    for (const [text, sentence] of Object.entries(readable)) {
      expect(await written(bandwidth, text)).toBe(text)
      expect(await isInvalid(bandwidth)).toBe('true')
      await alert(page, sentence)
    }
    await page.getByRole('button', { name: /^Save/ }).click()
    await alert(page, 'Correct Bandwidth to device-1, MB/s first.')
    expect(await bandwidth.evaluate((field) => field === document.activeElement)).toBe(true)
    expect(await page.getByText(/: saved as version/).count()).toBe(0)
    // The thing left with it: nothing goes away in silence.
    await nodeOf(page, 'cloud-1').click()
    await alert(page, 'Bandwidth to device-1, MB/s: “abc” could not be read and is left out.')
    await nodeOf(page, 'edge-1').click()
    expect(await bandwidth.inputValue()).toBe('5')
    expect(await written(page.getByLabel('Processor, MHz'), '20 000')).toBe('20000')
    await page.getByRole('button', { name: /^Save/ }).click()
    await page.getByText(/: saved as version 1/).waitFor()
  })

  it('into the generator of a workload', async () => {
    const { page } = watched
    await goTo(page, '/workloads')
    await page.getByRole('button', { name: 'New generator' }).click()
    const first = page.getByLabel(/^First flow, from/)
    expect(await written(first, '0,5')).toBe('0.5')
    expect(await pasted(page, first, '0,25 MB')).toBe('0.25')
    expect(await written(first, 'five')).toBe('five')
    await alert(page, '“five” is not a number: write a number in MB')
    // What was said of another document may still stand there.
    const saves = await page.getByText(/: saved as version/).count()
    await page.keyboard.press('Control+s')
    await alert(page, 'Correct ')
    expect(await page.getByText(/: saved as version/).count()).toBeLessThanOrEqual(saves)
    expect(await written(first, '0.5')).toBe('0.5')
    expect(await page.locator('.workload').getByRole('alert').count()).toBe(0)
  })

  it('into a plan, whose sweeps ask what 0,5 means and which is not started over what cannot be read', async () => {
    const { page } = watched
    await goTo(page, '/experiments/new')
    const heldOut = row(page, 'heldOut').getByRole('textbox')
    expect(await written(heldOut, '1e2')).toBe('100')
    const rate = row(page, 'learningRate').getByRole('textbox')
    // Small ones are shown as they can be typed again.
    expect(await written(rate, '0,00001')).toBe('0.00001')
    expect(await written(rate, '1e-7')).toBe('1e-7')
    expect(await written(rate, '0,001')).toBe('0.001')
    await page.getByRole('button', { name: 'Sweep Energy weight' }).click()
    const weights = row(page, 'energyWeight').getByRole('textbox')
    await weights.fill('0,5')
    await page.keyboard.press('Enter')
    await row(page, 'energyWeight').getByText('“0,5” can mean 0.5 or the values 0 and 5: write 0.5 or 0; 5.').waitFor()
    expect(await weights.inputValue()).toBe('0,5')
    await page.getByRole('button', { name: /^Queue / }).waitFor()
    await page.keyboard.press('Control+Enter')
    await alert(page, 'Correct Energy weight first.')
    await weights.fill('0.5; 1')
    await page.keyboard.press('Enter')
    await page.getByRole('button', { name: 'Remove 0.5' }).waitFor()
    await page.getByText(/1 scenario × 3 δ/).waitFor()
    expect(await written(heldOut, 'many')).toBe('many')
    await row(page, 'heldOut').getByText('“many” is not a number').waitFor()
    await page.getByRole('button', { name: /^Queue / }).click()
    await alert(page, 'Correct Held-out workflows')
    expect(page.url()).toContain('/experiments/')
  })

  it('into the filter', async () => {
    const { page } = watched
    await goTo(page, '/?view=all')
    const filter = page.getByLabel('Filter by words and conditions')
    await page.getByText('1,000 runs').first().waitFor()
    await filter.fill('gap < 0,5 %')
    await page.getByText('500 of 1,000 runs').waitFor()
    await filter.fill('seed in 1,2,3')
    await page.getByText('30 of 1,000 runs').waitFor()
    await filter.fill('steps > 1,234')
    await page.getByText('“1,234” can mean 1234 or 1.234: write 1234 or 1.234.').waitFor()
  })
})

describe('a pointer at rest on the runs', () => {
  it('holds their order, and the head claims no other until it is asked for one', async () => {
    const { page } = watched
    await goTo(page, '/?view=all')
    const filter = page.getByLabel('Filter by words and conditions')
    const head = page.getByRole('columnheader', { name: /^Gap %/ })
    const gaps = () =>
      page.locator('[role=row].group').evaluateAll((rows) => rows.map((row) => Number(/([\d.]+) ±/.exec(row.textContent ?? '')?.[1])))
    await filter.fill('parameters.hidden > 8')
    await page.getByText('500 of 1,000 runs').waitFor()
    await page.locator('[role=row].group').nth(2).hover()
    // What comes back comes in at the end, so that nothing moves away under the pointer.
    await filter.fill('')
    await page.getByText('order held').waitFor()
    expect(await head.getAttribute('aria-sort')).toBeNull()
    await head.getByRole('button').focus()
    await page.keyboard.press('Enter')
    await expect.poll(() => page.getByText('order held').count()).toBe(0)
    expect(await head.getAttribute('aria-sort')).toBe('ascending')
    const shown = await gaps()
    expect(shown).toEqual([...shown].sort((a, b) => a - b))
  })
})
