import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { launchBrowser, openPage, type ServedLab, serveLab, type WatchedPage } from './browser'
import { beside } from '../main/store/beside'
import { goTo, startDocument } from './rooms'

const learner = { learnSteps: 150, evaluateEvery: 50, checkpointEvery: 50 }
const TRIAL = {
  format: 'dmro-experiment/1',
  name: 'managed',
  scenarios: ['one-edge-one-cloud'],
  algorithms: [
    { id: 'dmro', parameters: { ...learner, units: [2, 3] } },
    { id: 'dqn', parameters: learner }
  ],
  seeds: [1, 2],
  heldOut: 20
}

let browser: Browser
let home: string
let lab: ServedLab
let watched: WatchedPage

beforeAll(async () => {
  home = mkdtempSync(join(tmpdir(), 'dmro-lab-e2e-'))
  ;[browser, lab] = await Promise.all([launchBrowser(), serveLab({ home, parallel: 1 })])
  watched = await openPage(browser, lab.url, { viewport: { width: 1280, height: 800 } })
})

afterAll(async () => {
  await browser?.close()
  await lab?.stop()
  rmSync(home, { recursive: true, force: true, maxRetries: 3 })
})

const waiting = (page: Page) => page.locator('tr.movable')
/** Enter closes the list of what could follow. */
async function filterBy(page: Page, written: string): Promise<void> {
  await page.getByLabel('Filter by words and conditions').fill(written)
  await page.keyboard.press('Enter')
}

// One story, each step from where the last one ended.
describe('managing runs', () => {
  it('moves what waits by keys, and by priority', async () => {
    const { page } = watched
    await startDocument(page, TRIAL)
    await goTo(page, '/?view=queue')
    await waiting(page).nth(2).waitFor()
    const ids = () => waiting(page).evaluateAll((rows) => rows.map((row) => row.getAttribute('data-run')))
    const last = (await ids()).at(-1)
    await page.locator(`[data-run="${last}"]`).focus()
    await page.keyboard.press('Alt+ArrowUp')
    await expect.poll(async () => (await ids()).at(-1)).not.toBe(last)
    await page.locator(`[data-run="${last}"]`).getByRole('combobox').selectOption({ label: 'first' })
    // It is first in line, or has been started since.
    await expect.poll(async () => [0, -1].includes((await ids()).indexOf(last ?? ''))).toBe(true)
  })

  it('tags, filters by what is typed and groups by a parameter', { timeout: 60_000 }, async () => {
    const { page } = watched
    await goTo(page, '/')
    await expect.poll(() => page.getByRole('treegrid').innerText(), { timeout: 50_000 }).not.toMatch(/running|queued|of 2 seeds/)
    await filterBy(page, 'parameters.units = 3')
    await expect.poll(() => page.locator('header').innerText()).toContain('2 of 6 runs')
    await page.getByRole('checkbox', { name: 'Select all runs in sight' }).click()
    await page.getByRole('button', { name: 'Tag', exact: true }).click()
    await page.getByPlaceholder('New tag').fill('Paper')
    await page.keyboard.press('Enter')
    await page.getByText('2 runs tagged “paper”').waitFor()
    await page.keyboard.press('Escape')
    await page.getByRole('button', { name: 'Clear the selection' }).click()
    await filterBy(page, 'gap < 5')
    await page.getByText('gap needs its unit: gap < 5 %.').waitFor()
    await filterBy(page, 'tag:paper gap < 1000 %')
    await expect.poll(() => page.locator('header').innerText()).toContain('2 of 6 runs')
    await page.getByRole('button', { name: /^Group by/ }).click()
    await page.getByRole('checkbox', { name: 'Parallel networks' }).click()
    await page.getByRole('checkbox', { name: 'Scenario' }).click()
    await page.keyboard.press('Escape')
    await page.getByText('Parallel networks = 3').waitFor()
    await page.getByText('gap, mean of 2 seeds').waitFor()
  })

  it('keeps a view by name, columns and all, over a restart', { timeout: 30_000 }, async () => {
    const { page } = watched
    await page.getByRole('button', { name: 'Columns', exact: true }).click()
    await page.getByRole('checkbox', { name: 'Tags' }).click()
    await page.keyboard.press('Escape')
    await page.getByRole('button', { name: 'Save view' }).click()
    await page.getByLabel('Name of the view').fill('For the paper')
    await page.keyboard.press('Enter')
    await page.getByText('View “For the paper” saved').waitFor()
    await expect.poll(() => beside(home, (store) => store.views.last()?.columns)).toContain('tags')
    expect(watched.complaints).toEqual([])
    await watched.close()
    await lab.stop()
    lab = await serveLab({ home, parallel: 1 })
    watched = await openPage(browser, lab.url, { viewport: { width: 1280, height: 800 } })
    const again = watched.page
    // Grouping and columns are as they were left; the filter comes with the view.
    await again.getByText('Parallel networks = 2').waitFor()
    await again.getByRole('columnheader', { name: 'Tags' }).waitFor()
    await again.getByRole('button', { name: 'For the paper' }).click()
    await expect.poll(() => again.locator('header').innerText()).toContain('2 of 6 runs')
    await expect.poll(() => again.getByLabel('Filter by words and conditions').inputValue()).toBe('tag:paper gap < 1000 %')
  })

  it('shows the worst workflow over time, every network’s values, and keeps a note that runs nothing', { timeout: 30_000 }, async () => {
    const { page } = watched
    await page.getByRole('button', { name: 'Expand all' }).click()
    await page.locator('a.link', { hasText: 'seed 1' }).first().click()
    await page.getByRole('img', { name: /^Workflow h\d+: .* s by this policy, .* s by the optimum, gap/ }).waitFor()
    await page.getByRole('tab', { name: /Placements/ }).click()
    const gaps = await page.getByRole('option').evaluateAll((rows) => rows.map((row) => row.children[1]?.textContent ?? ''))
    expect(gaps).toHaveLength(20)
    await page.getByRole('table', { name: 'Q-values of network' }).waitFor()
    await page.getByText('won', { exact: true }).waitFor()
    expect(await page.getByRole('table', { name: 'Networks and their Q-values' }).locator('tbody tr').count()).toBe(3)
    await page.getByRole('tab', { name: 'Notes' }).click()
    const payload = '**why** <img src=x onerror="window.wasRun=1"> [x](javascript:window.wasRun=1) <script>window.wasRun=1</script>'
    await page.getByLabel(/^Note/).fill(payload)
    await page.getByRole('button', { name: 'Save note' }).click()
    await expect.poll(() => page.getByRole('button', { name: 'Save note' }).isDisabled()).toBe(true)
    await page.reload()
    await page.getByRole('tab', { name: 'Notes' }).click()
    await page.locator('.markdown strong', { hasText: 'why' }).waitFor()
    expect(await page.evaluate(() => 'wasRun' in window)).toBe(false)
    expect(await page.locator('.markdown img, .markdown script, .markdown a').count()).toBe(0)
  })

  it('zooms a curve to its exact points and writes every point out', async () => {
    const { page } = watched
    await page.getByRole('tab', { name: 'Overview' }).click()
    await page.getByRole('button', { name: 'Zoom in' }).click()
    await page.getByText(/^steps \d+ – \d+$/).waitFor()
    await page.getByRole('button', { name: 'Whole run' }).click()
    await page.getByRole('button', { name: 'Optimality gap: Export' }).click()
    const [download] = await Promise.all([page.waitForEvent('download'), page.getByRole('button', { name: 'CSV, every point' }).click()])
    const lines = readFileSync(await download.path(), 'utf8')
      .trim()
      .split('\r\n')
    expect(lines[0].split(',').length).toBeGreaterThan(3)
    expect(lines.slice(1).map((line) => line.split(',')[0])).toEqual(['0', '50', '100', '150'])
  })

  it('deletes from the list and brings back, marks and all', async () => {
    const { page } = watched
    await goTo(page, '/?words=tag:paper')
    await page.getByRole('checkbox', { name: 'Select all runs in sight' }).click()
    await page.getByRole('button', { name: 'Delete', exact: true }).click()
    await page.getByText('2 runs deleted').waitFor()
    await page.keyboard.press('Control+z')
    await page.getByText('2 runs restored').waitFor()
    await expect.poll(() => page.locator('header').innerText()).toContain('2 of 6 runs')
    expect(watched.complaints).toEqual([])
  })
})
