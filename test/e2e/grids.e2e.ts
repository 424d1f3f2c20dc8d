import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Browser, Locator } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { launchBrowser, openPage, type ServedLab, serveLab, type WatchedPage } from './browser'
import { copySample } from './kept-sample'
import { goTo } from './rooms'
import type { Sample } from './sample'

let browser: Browser
let lab: ServedLab
let sample: Sample
let watched: WatchedPage
const homes = mkdtempSync(join(tmpdir(), 'dmro-lab-e2e-'))

beforeAll(async () => {
  const home = join(homes, 'sample')
  ;[browser, sample] = await Promise.all([launchBrowser(), copySample(home)])
  lab = await serveLab({ home })
  watched = await openPage(browser, lab.url)
})

afterAll(async () => {
  await watched?.close()
  await browser?.close()
  await lab?.stop()
  rmSync(homes, { recursive: true, force: true, maxRetries: 3 })
})

/** Pastes as a spreadsheet's clipboard has it. */
const paste = (field: Locator, cells: string) =>
  field.evaluate((input, text) => {
    const clipboardData = new DataTransfer()
    clipboardData.setData('text/plain', text)
    input.dispatchEvent(new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true }))
  }, cells)

describe('a topology as tables beside its canvas', () => {
  it('takes rows of a spreadsheet as nodes and links, fills down, and takes each back in one step', async () => {
    const { page } = watched
    await goTo(page, `/topologies/${sample.topology}`)
    await page.locator('.stage').waitFor()
    await page.getByRole('button', { name: 'Table', exact: true }).click()
    const grid = page.getByRole('region', { name: 'Nodes and links as tables' })
    const cell = (column: string, row: number) => grid.getByLabel(`${column}, row ${row}`, { exact: true })
    await grid.getByText('7 nodes').waitFor()
    await paste(cell('Name', 7), 'public-cloud\tcloud\t96000\t0.45\nsensor\tdevice\t100\t2\nwatch\tdevice\t300\t2\n')
    await grid.getByText('9 nodes').waitFor()
    await page.locator('.vue-flow').getByText('watch', { exact: true }).waitFor()

    await cell('Speed, MHz', 8).click()
    await page.keyboard.press('Shift+ArrowDown')
    await page.keyboard.press('Control+d')
    await expect.poll(() => cell('Speed, MHz', 9).inputValue()).toBe('100')
    await page.getByRole('button', { name: /^Undo/ }).click()
    await expect.poll(() => cell('Speed, MHz', 9).inputValue()).toBe('300')

    await grid.getByText('6 links').click()
    await grid.getByRole('button', { name: 'Add a link' }).click()
    await grid.getByText('7 links').waitFor()
    await paste(cell('From', 7), 'sensor\tlibrary-edge\t2\t\t5\nwatch\tlibrary-edge\t2\t\t5')
    await grid.getByText('8 links').waitFor()
    await expect.poll(() => cell('To', 8).inputValue()).toBe('library-edge')

    await cell('Latency, ms', 8).fill('soon')
    await page.keyboard.press('Tab')
    await page.getByText(/^Row 8: Latency, ms:/).waitFor()
    await expect.poll(() => cell('Latency, ms', 8).inputValue()).toBe('5')
  })

  it('is copied without a permission, as in a window that gives none', async () => {
    const { page } = watched
    await page.evaluate(() => {
      navigator.clipboard.writeText = () => Promise.reject(new Error('Write permission denied.'))
    })
    await page.getByRole('button', { name: 'Copy table' }).click()
    await page.getByText('The table is on the clipboard').waitFor()
  })
})
