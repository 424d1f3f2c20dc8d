import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Browser, Locator, Page } from 'playwright-core'
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

/** The file that a button gives, and what it is called. */
async function given(page: Page, button: Locator): Promise<{ name: string; bytes: Buffer }> {
  const [download] = await Promise.all([page.waitForEvent('download'), button.click()])
  const name = download.suggestedFilename()
  const path = join(homes, name)
  await download.saveAs(path)
  return { name, bytes: readFileSync(path) }
}

const dialogOf = (page: Page) => page.getByRole('dialog', { name: /^Figure for a paper/ })
const form = (page: Page, name: string) => dialogOf(page).getByRole('button', { name, exact: true })

// One story, each step from where the last one ended.
describe('a figure placed in a paper', () => {
  it('is 85 mm wide as PDF and SVG, under the names of the paper', async () => {
    const { page } = watched
    await goTo(page, `/compare?runs=${[...sample.runs['dmro-plus'], ...sample.runs.dqn].join(',')}`)
    await page.getByRole('button', { name: 'Optimality gap: Export' }).click()
    await page.getByRole('button', { name: 'Figure for a paper …' }).click()
    await page.getByText('85 × 56 mm, letters 8 pt').waitFor()
    const name = dialogOf(page).getByLabel('dmro-plus', { exact: true })
    await name.fill('DMRO+')
    await name.press('Tab')
    const svg = await given(page, form(page, 'SVG'))
    expect(svg.name).toMatch(/^gap_dmro-plus-against-dqn.*_85mm\.svg$/)
    const drawn = svg.bytes.toString()
    expect(drawn).toMatch(/^<svg width="85mm" height="56mm"/)
    expect(drawn).toContain('>DMRO+</text>')
    expect(drawn).not.toContain('>dmro-plus</text>')
    for (const words of ['learn step', 'Optimality gap, % above the optimum']) expect(drawn).toContain(`>${words}</text>`)
    const pdf = await given(page, form(page, 'PDF'))
    expect(pdf.bytes.subarray(0, 5).toString()).toBe('%PDF-')
    expect(Number(/\/MediaBox \[0 0 ([\d.]+)/.exec(pdf.bytes.toString('latin1'))?.[1])).toBeCloseTo((85 * 72) / 25.4, 2)
    const png = await given(page, form(page, 'PNG, 600 dpi'))
    expect(png.bytes.readUInt32BE(16)).toBe(Math.round((85 / 25.4) * 600))
    const csv = await given(page, form(page, 'CSV'))
    const [head] = csv.bytes.toString().split('\r\n')
    expect(head).toContain('"Optimality gap (fraction), DMRO+","Optimality gap (fraction), DMRO+, low 95 %"')
  })

  it('is as wide as two columns, its letters as large', async () => {
    const { page } = watched
    await dialogOf(page).getByText('2 columns').click()
    await page.getByText('178 × 76 mm, letters 8 pt').waitFor()
    await dialogOf(page).getByLabel('Letters, pt').fill('10')
    await page.getByText('178 × 76 mm, letters 10 pt').waitFor()
    await dialogOf(page).getByLabel('Letters, pt').fill('8')
    await dialogOf(page).getByText('1 column').click()
    await page.keyboard.press('Escape')
  })

  it('shows trade-offs and losses, too, and the report and the table have the same names', async () => {
    const { page } = watched
    for (const chart of ['Delay and energy', 'Performance profile', 'Where dmro-plus loses']) {
      await page.getByRole('button', { name: `${chart}: Figure for a paper` }).click()
      expect((await given(page, form(page, 'SVG'))).bytes.toString()).toMatch(/^<svg width="85mm"/)
      await page.keyboard.press('Escape')
    }
    const menu = page.getByRole('button', { name: 'Export', exact: true })
    await menu.click()
    await page.getByLabel('Title', { exact: true }).fill('Two rivals')
    const report = await given(page, page.getByRole('button', { name: /^Report/ }))
    expect(report.name).toBe('Two rivals.html')
    for (const words of ['<h1>Two rivals</h1>', 'DMRO+', 'Speed, MHz', 'Latency, ms']) expect(report.bytes.toString()).toContain(words)
    await menu.click()
    const table = (await given(page, page.getByRole('button', { name: /^Table for a paper/ }))).bytes.toString()
    expect(table).toContain('\\label{tab:two-rivals}')
    expect(table).toMatch(/^ {2}DMRO\+ & 3/m)
  })

  it('is a topology’s map, which says from which width on its cards are apart', async () => {
    const { page } = watched
    await goTo(page, `/topologies/${sample.topology}`)
    await page.locator('.stage').waitFor()
    await page.getByRole('button', { name: 'Export', exact: true }).click()
    await page.getByRole('menuitem', { name: 'Figure for a paper …' }).click()
    const note = page.getByText(/^At this size cards cover one another/)
    await note.waitFor()
    const least = Number(/at least (\d+) mm/.exec(await note.innerText())?.[1])
    await dialogOf(page).getByText('own width').click()
    await dialogOf(page).getByLabel('Width, mm').fill(String(least))
    await note.waitFor({ state: 'detached' })
    const { name, bytes } = await given(page, form(page, 'PDF'))
    expect(name).toBe(`topology_campus_${least}mm.pdf`)
    expect(bytes.subarray(0, 5).toString()).toBe('%PDF-')
  })
})

describe('a chart of one’s own', () => {
  const chart = (page: Page) => page.getByRole('region', { name: 'Chart of your own' })

  it('follows the filter of the run table, is saved with the view, and a figure as well', async () => {
    const { page } = watched
    await goTo(page, '/')
    await page.getByRole('button', { name: 'Chart', exact: true }).click()
    await chart(page).getByText('bars', { exact: true }).click()
    await chart(page).getByLabel('Vertical axis').selectOption('Delay per workflow, s')
    await page.getByLabel('Filter by words and conditions').fill('algorithm:dqn')
    await page.keyboard.press('Enter')
    await chart(page).getByText('3 finished runs').waitFor()
    await chart(page)
      .getByRole('img', { name: /^bars: Delay per workflow, s against Weight of energy δ, 1 line$/ })
      .waitFor()
    await page.getByRole('button', { name: 'Save view' }).click()
    await page.getByLabel('Name of the view').fill('delays of dqn')
    await page.keyboard.press('Enter')
    await chart(page).getByRole('button', { name: 'Remove the chart' }).click()
    await chart(page).waitFor({ state: 'detached' })
    await page.getByRole('button', { name: 'delays of dqn', exact: true }).click()
    await chart(page)
      .getByRole('button', { name: /Figure for a paper/ })
      .click()
    const csv = await given(page, form(page, 'CSV'))
    expect(csv.name).toBe('delay-per-workflow-s_against-weight-of-energy-delta.csv')
    expect(csv.bytes.toString().split('\r\n')[1]).toMatch(/^dqn.*,3,(\w{8} ?){3}$/)
    await page.keyboard.press('Escape')
  })

  it('stands in a comparison and in its report', async () => {
    const { page } = watched
    await goTo(page, `/compare?runs=${[...sample.runs['dmro-plus'], ...sample.runs.dqn].join(',')}`)
    await page.getByRole('button', { name: 'Add a chart of your own' }).click()
    await chart(page).getByText('bars', { exact: true }).click()
    await chart(page)
      .getByRole('img', { name: /^bars: Optimality gap against Weight of energy δ, 2 lines$/ })
      .waitFor()
    await page.getByRole('button', { name: 'Export', exact: true }).click()
    const report = (await given(page, page.getByRole('button', { name: /^Report/ }))).bytes.toString()
    const [, picture] = /src="data:image\/svg\+xml;base64,([^"]+)"/.exec(report) ?? []
    expect(Buffer.from(picture, 'base64').toString()).toContain('Optimality gap')
  })
})
