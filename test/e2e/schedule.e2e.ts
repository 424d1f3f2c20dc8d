import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { axeFindings, findingsInBoth } from './axe'
import { launchBrowser, openPage, type ServedLab, serveLab, type WatchedPage } from './browser'
import { beside } from '../main/store/beside'
import { goTo, readout, startDocument } from './rooms'

const GRAPHS = {
  format: 'dmro-experiment/1',
  name: 'graphs',
  scenarios: ['shared-4x10'],
  algorithms: [{ id: 'dqn', parameters: { learnSteps: 4, evaluateEvery: 2 } }, { id: 'eft' }],
  seeds: [1],
  heldOut: 40
}

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
describe('a run on graphs', () => {
  it('is trained and says what its gap is to', async () => {
    const { page } = watched
    await startDocument(page, GRAPHS)
    for (const { id } of GRAPHS.algorithms) await page.locator('[role=row]', { hasText: id }).getByText('completed').first().waitFor()
    const id = beside(lab.home, (store) => store.runs.list().find((run) => run.algorithm === 'dqn')?.id)
    await goTo(page, `/runs/${id}`)
    await expect.poll(() => readout(page, 'Gap, mean of 10').innerText()).toMatch(/^\d/)
    await page.locator('.readout', { hasText: 'Gap, mean of 10' }).getByText('to best known').waitFor()
    await page.getByText(/^worst of 10 · .* above the best known$/).waitFor()
  })

  it('opens the schedule of its worst batch, and explains its bars by keys alone', async () => {
    const { page } = watched
    await page.getByRole('tab', { name: /^Placements/ }).click()
    const schedule = page.getByRole('application', { name: /^Schedule of batch h\d+–h\d+$/ })
    await schedule.waitFor()
    await page.getByRole('img', { name: /^This run: T .* s mean, .* s last · E .* J · Q / }).waitFor()
    await page.getByRole('img', { name: /^Best known: T .* s mean, / }).waitFor()
    await page.getByRole('row', { name: /^all \d+ queues/ }).waitFor()
    await schedule.press('ArrowRight')
    await page.getByRole('heading', { name: /^Why [A-D]\d+ starts at .* s$/ }).waitFor()
    await page.getByText('task 1 of 40 in the order').waitFor()
    await schedule.press('ArrowRight')
    await page.getByText('task 2 of 40 in the order').waitFor()
    await schedule.press('2')
    expect(await page.getByLabel('Workflow to show').inputValue()).toBe('1')
    const path = page.getByLabel('Critical path')
    await schedule.press('k')
    expect(await path.isChecked()).toBe(false)
    await schedule.press('Escape')
    await page.getByText('Point at a bar').waitFor()
  })

  it('is accessible, dark and light', async () => {
    const { page } = watched
    await page.emulateMedia({ colorScheme: 'dark' })
    const dark = await axeFindings(page)
    await page.emulateMedia({ colorScheme: 'light' })
    await page.locator('html.light').waitFor({ state: 'attached' })
    expect({ dark, light: await axeFindings(page, 'of colours') }).toEqual({ dark: [], light: [] })
  })

  it('finds and sorts its batches', async () => {
    const { page } = watched
    const options = page.getByRole('listbox', { name: '10 batches' }).getByRole('option')
    await page.getByRole('button', { name: 'Batch', exact: true }).click()
    await expect.poll(() => options.first().innerText()).toMatch(/^h1–h4\b/)
    await page.getByLabel('Find by name or device').fill('h37')
    await expect.poll(() => options.count()).toBe(1)
    await options.first().click()
    await page.getByRole('heading', { name: 'Schedule of batch h37–h40' }).waitFor()
  })

  it('is compared: decision time against gap, what gaps are to in the head of each figure', async () => {
    const { page } = watched
    const ids = beside(lab.home, (store) => store.runs.list().map((run) => run.id)) ?? []
    await goTo(page, `/compare?runs=${ids.join(',')}`)
    await page.getByRole('img', { name: /^Decision time and gap; nothing is both faster and better than (dqn|eft)/ }).waitFor()
    await page.getByText('gap to the best known; whiskers: 95 % over seeds').waitFor()
    await page.getByRole('rowheader', { name: 'Gap mean to best known, %' }).waitFor()
    await page.getByText('Gaps are to the best known Q, which may not be the optimum.').waitFor()
    // Where it loses: which queue, and which tasks.
    await page.getByRole('heading', { name: 'Where dqn loses' }).waitFor()
    await page.getByText(/^Most is lost waiting for .*: \d.* s a batch more than under the reference\.$/).waitFor()
    await page
      .getByRole('table', { name: 'Queues' })
      .getByRole('row', { name: /^device 1 → edge \d/ })
      .waitFor()
    await page
      .getByRole('table', { name: 'Tasks, by position in the workflow' })
      .getByRole('row', { name: /^task 1 / })
      .waitFor()
    expect(await findingsInBoth(page)).toEqual({ dark: [], light: [] })
  })
})
