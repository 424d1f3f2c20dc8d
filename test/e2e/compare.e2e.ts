import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { launchBrowser, openPage, type ServedLab, serveLab, type WatchedPage } from './browser'
import { goTo, readout, startDocument } from './rooms'

const learner = { hidden: 8, learnSteps: 300, evaluateEvery: 20, checkpointEvery: 50 }
const RIVALS = {
  format: 'dmro-experiment/1',
  name: 'who is better',
  scenarios: ['one-edge-one-cloud'],
  algorithms: [
    { id: 'dmro-plus', parameters: { ...learner, units: 2 } },
    { id: 'dqn', parameters: learner }
  ],
  seeds: [1, 2, 3, 4, 5],
  heldOut: 30
}
/** Long enough to be stopped in the middle, and stopped. */
const LONG = { ...RIVALS, name: 'far too long', algorithms: [{ id: 'dqn', parameters: { ...learner, learnSteps: 500_000 } }], seeds: [9] }

let browser: Browser
let home: string
let lab: ServedLab
let watched: WatchedPage

const open = () => openPage(browser, lab.url, { viewport: { width: 1440, height: 900 } })

beforeAll(async () => {
  home = mkdtempSync(join(tmpdir(), 'dmro-lab-e2e-'))
  ;[browser, lab] = await Promise.all([launchBrowser(), serveLab({ home })])
  watched = await open()
})

afterAll(async () => {
  await browser?.close()
  await lab?.stop()
  rmSync(home, { recursive: true, force: true, maxRetries: 3 })
})

/** Enter closes the list of what could follow. */
async function filterBy(page: Page, written: string): Promise<void> {
  await page.getByLabel('Filter by words and conditions').fill(written)
  await page.keyboard.press('Enter')
}
const selectAll = (page: Page) => page.getByRole('checkbox', { name: 'Select all runs in sight' }).click()
const clearSelection = (page: Page) => page.getByRole('button', { name: 'Clear the selection' }).click()
const figures = (page: Page) => page.getByRole('region', { name: 'Figures', exact: true })

/** The cells of the figures' table, a line each, once it is there. */
async function figureLines(page: Page): Promise<string[][]> {
  const lines = figures(page).locator('tbody tr')
  await lines.first().waitFor()
  return lines.evaluateAll((rows) =>
    rows.map((row) => [...row.children].map((cell) => (cell.textContent ?? '').replace(/\s+/g, ' ').trim()))
  )
}

async function exported(page: Page, kind: RegExp): Promise<string> {
  await page.getByRole('button', { name: 'Export', exact: true }).click()
  const [download] = await Promise.all([page.waitForEvent('download'), page.getByRole('button', { name: kind }).click()])
  const file = download.suggestedFilename()
  await page.getByText(`Written: ${file}`).waitFor()
  const path = join(home, file)
  await download.saveAs(path)
  return path
}

// One story, each step from where the last one ended.
describe('finding out which is better, and where', () => {
  it('watches a run learn, holds it, lets it go on and ends it', async () => {
    const { page } = watched
    await startDocument(page, LONG)
    await page.locator('aside a.run', { hasText: 'dqn' }).click()
    await page.getByRole('img', { name: /^Optimality gap; dqn goes from/ }).waitFor()
    const steps = async () => Number((await readout(page, 'Learn steps').innerText()).replaceAll(',', ''))
    const before = await steps()
    await expect.poll(steps).toBeGreaterThan(before)
    const state = (word: string) => page.locator('.state', { hasText: word }).waitFor()
    await page.getByRole('button', { name: /^Pause/ }).click()
    await state('paused')
    const held = await steps()
    await page.getByRole('button', { name: /^Resume/ }).click()
    await state('running')
    await expect.poll(steps).toBeGreaterThan(held)
    await page.getByRole('button', { name: 'Cancel', exact: true }).click()
    await state('cancelled')
    await page.getByText('0 running · 0 queued').waitFor()
  })

  it('trains dmro-plus and DQN over five seeds, and tags, groups and filters them', async () => {
    const { page } = watched
    await startDocument(page, RIVALS)
    await filterBy(page, '"who is better"')
    await page.getByText('10 of 11 runs').waitFor()
    await page.getByText('0 running · 0 queued').waitFor({ timeout: 40_000 })
    await filterBy(page, 'status:completed')
    await page.getByText('10 of 11 runs').waitFor()
    await selectAll(page)
    await page.getByRole('button', { name: 'Tag', exact: true }).click()
    await page.getByPlaceholder('New tag').fill('rivals')
    await page.keyboard.press('Enter')
    await page.getByText('10 runs tagged “rivals”').waitFor()
    await page.keyboard.press('Escape')
    await clearSelection(page)
    await filterBy(page, 'tag:rivals scheme:dqn')
    await page.getByText('5 of 11 runs').waitFor()
    await filterBy(page, 'tag:rivals')
    await page.getByRole('button', { name: /^Group by/ }).click()
    await page.getByRole('checkbox', { name: 'Algorithm', exact: true }).click()
    await page.getByRole('checkbox', { name: /^Scenario/ }).click()
    await page.keyboard.press('Escape')
    await expect.poll(() => page.getByText('gap, mean of 5 seeds').count()).toBe(2)
  })

  it('compares the two: curves over seeds, intervals, significance, and where DQN loses', async () => {
    const { page } = watched
    await selectAll(page)
    await page.keyboard.press('c')
    await page.getByRole('list', { name: 'Compared groups' }).getByText('5 seeds').first().waitFor()
    await page.getByRole('img', { name: /^Optimality gap; (dmro-plus|dqn) goes from .*; (dmro-plus|dqn) goes from/ }).waitFor()
    await page.getByLabel('Differences against').selectOption('dmro-plus')
    await figures(page).waitFor()
    await expect
      .poll(async () => (await figureLines(page)).find(([head]) => head.startsWith('Gap mean'))?.join(' '))
      .toMatch(/\d ± \d.*[+−]\d/)
    // Where cost is lost opens on what differences are against; another is a choice away.
    await page.getByRole('heading', { name: 'Where dmro-plus loses' }).waitFor()
    await page.getByLabel('Losses of').selectOption({ label: 'dqn' })
    const where = page
      .locator('section')
      .filter({ has: page.getByRole('heading', { name: 'Where dqn loses' }) })
      .last()
    await where.getByRole('img', { name: /^dqn loses most at task \d+: \+\d[\d.]* % of the optimal cost$/ }).waitFor()
    const hops = await where.locator('tbody tr').allInnerTexts()
    expect(hops.length).toBeGreaterThan(1)
    expect(hops.some((hop) => /(device|edge|cloud)\s*→\s*(device|edge|cloud)/i.test(hop) && /[+−]\d/.test(hop))).toBe(true)
    await page.getByRole('region', { name: 'Evaluation on held-out workflows' }).waitFor()
    await page.getByText('Save', { exact: true }).click()
    await page.getByLabel('Name', { exact: true }).fill('plus against DQN')
    await page.keyboard.press('Enter')
    await page.getByText('Saved: plus against DQN').waitFor()
  })

  it('names how differently the two were trained, and compares them by what is a click away', async () => {
    const { page } = watched
    const meanOf = async () => (await figureLines(page)).find(([head]) => head.startsWith('Gap mean')) ?? []
    const trained = await meanOf()
    await page.getByText(/^Networks differ: \d+ \(dmro-plus\), 1 \(dqn\)\.$/).waitFor()
    await page.getByRole('button', { name: /^best of \d dqn$/ }).click()
    await figures(page)
      .getByText(/^best of \d dqn$/)
      .waitFor()
    await page.getByText('each workflow is placed by k seeds of the group').waitFor()
    await page
      .getByText(/^best of \d dqn$/, { exact: true })
      .first()
      .click()
    await expect.poll(meanOf).toEqual(trained)
    await page.getByText('equal seconds', { exact: true }).click()
    await page.getByText(/^At equal seconds: figures after [\d.,]+ s of training/).waitFor()
    expect((await figureLines(page)).some(([head]) => head.startsWith('Gap p95'))).toBe(false)
    await page.reload()
    await page.getByText(/^At equal seconds: figures after/).waitFor()
    await page.getByText('as trained', { exact: true }).click()
    await expect.poll(meanOf).toEqual(trained)
    // Both make as many learn steps: at the last of them the figures are those of the end.
    await page.getByText('equal learn steps', { exact: true }).click()
    await page.getByText(/^At equal learn steps: figures at learn step/).waitFor()
    const [head, ...cells] = await meanOf()
    expect([head, cells[0], cells[1]]).toEqual([trained[0], trained[1], trained[2]])
    await page.getByText('as trained', { exact: true }).click()
    await expect.poll(meanOf).toEqual(trained)
  })

  it('gives a report that is whole without a network', async () => {
    const { page } = watched
    const path = await exported(page, /^Report/)
    const html = readFileSync(path, 'utf8')
    // Nothing is asked for from anywhere: names of namespaces and places within the page are not addresses.
    expect(html.match(/<script|<link|<img|@import|url\((?!["']?#)|https?:\/\/(?!www\.w3\.org)/g)).toBeNull()
    const context = await browser.newContext({ offline: true })
    const bare = await context.newPage()
    const said: string[] = []
    bare.on('console', (message) => said.push(message.text()))
    bare.on('pageerror', (error) => said.push(error.message))
    bare.on('request', (request) => request.url().startsWith('file:') || said.push(request.url()))
    await bare.goto(pathToFileURL(path).href)
    await bare.getByRole('heading', { name: 'plus against DQN' }).waitFor()
    expect(await bare.locator('figure svg').count()).toBeGreaterThanOrEqual(5)
    expect(await bare.evaluate(() => document.documentElement.scrollWidth <= innerWidth)).toBe(true)
    // What the report says is what the screen says.
    const reported = await bare
      .locator('table')
      .filter({ hasText: 'Gap mean' })
      .first()
      .locator('tbody tr')
      .evaluateAll((rows) => rows.map((row) => (row.textContent ?? '').replace(/\s+/g, ' ')))
    for (const [head, mean] of await figureLines(page)) {
      if (!head.startsWith('Chance')) expect(reported.find((line) => line.startsWith(head))).toContain(mean)
    }
    expect(said).toEqual([])
    await context.close()
  })

  it('gives a LaTeX table that is balanced and says what the screen says', async () => {
    const { page } = watched
    const tex = readFileSync(await exported(page, /LaTeX/), 'utf8')
    const body = tex.replace(/\\[{}%&#$_]/g, '').replace(/^%.*$/gm, '')
    expect([...body].reduce((depth, sign) => depth + (sign === '{' ? 1 : sign === '}' ? -1 : 0), 0)).toBe(0)
    expect((body.match(/\$/g) ?? []).length % 2).toBe(0)
    const opened = [...tex.matchAll(/\\begin\{(\w+)\}/g)].map(([, name]) => name)
    expect([...tex.matchAll(/\\end\{(\w+)\}/g)].map(([, name]) => name).reverse()).toEqual(opened)
    for (const rule of ['toprule', 'midrule', 'bottomrule']) expect(tex).toContain(`\\${rule}`)
    const columns = /\\begin\{tabular\}\{([lrc]+)\}/.exec(tex)?.[1].length
    const lines = tex.split('\n').filter((line) => line.endsWith('\\\\'))
    const cells = lines.map((line) =>
      line
        .replace(/\\\\$/, '')
        .split(/(?<!\\)&/)
        .map((cell) => cell.trim())
    )
    expect(cells).toHaveLength(3)
    for (const line of cells) expect(line).toHaveLength(columns ?? 0)
    const read = (cell: string) =>
      cell
        .replace(/\\textbf\{([^}]*)\}/, '$1')
        .replace('$\\pm$', '±')
        .replace('$^{\\dagger}$', '')
        .replace('\\%', '%')
    const shown = await figureLines(page)
    for (const [c, head] of cells[0].entries()) {
      const name = read(head).replace(/ \((.*)\)$/, ', $1')
      const line = shown.find(([label]) => label === name)
      if (c < 2) continue
      expect(line).toBeDefined()
      // The first group's mean stands second on the screen; the other's follows, before its difference and p.
      const means = line?.filter((cell) => /^[\d,.<]+( ± [\d,.]+)?$/.test(cell)) ?? []
      for (const group of [1, 2]) expect(means).toContain(read(cells[group][c]))
    }
  })

  it('opens the saved comparison after a restart as it was looked at', async () => {
    const before = await figureLines(watched.page)
    await watched.close()
    await lab.stop()
    lab = await serveLab({ home })
    watched = await open()
    const { page } = watched
    await goTo(page, '/compare')
    await page.getByRole('link', { name: 'Open plus against DQN' }).click()
    await page.getByRole('heading', { name: 'plus against DQN' }).waitFor()
    await expect.poll(() => figureLines(page)).toEqual(before)
    expect(await page.getByLabel('Differences against').locator('option:checked').innerText()).toBe('dmro-plus')
  })

  it('says of deleted runs that they are gone, and has them back whole', async () => {
    const { page } = watched
    const before = await figureLines(page)
    await goTo(page, '/?words=tag:rivals%20scheme:dqn')
    await page.getByText('5 of 11 runs').waitFor()
    await selectAll(page)
    await page.getByRole('button', { name: 'Delete', exact: true }).click()
    await page.getByRole('dialog').getByText('Used by comparison plus against DQN.').waitFor()
    await page.getByRole('dialog').getByRole('button', { name: 'Delete' }).click()
    await page.getByText('5 runs deleted').waitFor()
    await goTo(page, '/compare')
    await page.getByRole('link', { name: 'Open plus against DQN' }).click()
    await page.getByText('5 runs of this comparison no longer exist').waitFor()
    await page.keyboard.press('Control+z')
    await page.getByText('5 runs restored').waitFor()
    await expect.poll(() => figureLines(page)).toEqual(before)
    expect(await page.getByText('of this comparison no longer exist').count()).toBe(0)
  })
})
