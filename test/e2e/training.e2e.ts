import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { launchBrowser, openPage, type ServedLab, serveLab, type WatchedPage } from './browser'
import { beside } from '../main/store/beside'
import { goTo, openDocument, readout, startDocument, tableOf } from './rooms'

const learner = { learnSteps: 800, evaluateEvery: 20, checkpointEvery: 50 }
const TRIAL = {
  format: 'dmro-experiment/1',
  name: 'trial',
  scenarios: ['one-edge-one-cloud'],
  algorithms: [{ id: 'dmro', parameters: { ...learner, units: 3 } }, { id: 'dqn', parameters: learner }, { id: 'optimum' }],
  seeds: [1, 2],
  heldOut: 50
}
/** Goes on for as long as anyone looks. */
const ENDLESS = {
  ...TRIAL,
  name: 'endless',
  algorithms: [{ id: 'dmro', parameters: { ...learner, units: 3, learnSteps: 500_000 } }, { id: 'optimum' }],
  seeds: [1]
}

let browser: Browser
let home: string
let lab: ServedLab
let watched: WatchedPage
let dmro: string

beforeAll(async () => {
  home = mkdtempSync(join(tmpdir(), 'dmro-lab-e2e-'))
  ;[browser, lab] = await Promise.all([launchBrowser(), serveLab({ home })])
  // The program is killed under it.
  watched = await openPage(browser, lab.url, { mayComplain: /WebSocket/ })
})

afterAll(async () => {
  await browser?.close()
  await lab?.stop()
  rmSync(home, { recursive: true, force: true, maxRetries: 3 })
})

describe('a run that trains', () => {
  let own: ServedLab
  let looking: WatchedPage

  beforeAll(async () => {
    own = await serveLab({ parallel: 1 })
    looking = await openPage(browser, own.url)
  })

  afterAll(async () => {
    await looking?.close()
    await own?.stop()
  })

  it('starts an experiment and draws its curves while they grow, under the optimum', async () => {
    const { page } = looking
    await startDocument(page, ENDLESS)
    await page.locator('aside a.run', { hasText: 'dmro' }).first().click()
    await expect.poll(() => page.url()).toMatch(/#\/runs\/[0-9a-f]{8}$/)
    await page.getByRole('img', { name: /^Optimality gap; dmro goes from/ }).waitFor()
    await page.getByRole('img', { name: /^Cost Q; .*optimum Q\* \d/ }).waitFor()
    const steps = async () => Number((await readout(page, 'Learn steps').innerText()).replace(',', ''))
    const before = await steps()
    await expect.poll(steps).toBeGreaterThan(before)
  })

  it('loses nothing when it is loaded again in mid-training', async () => {
    const { page } = looking
    await expect.poll(async () => (await tableOf(page, 'Optimality gap')).size).toBeGreaterThan(2)
    const before = await tableOf(page, 'Optimality gap')
    await page.reload()
    await page.getByRole('img', { name: /^Optimality gap; dmro goes from/ }).waitFor()
    const after = await tableOf(page, 'Optimality gap')
    // A step whose evaluation was not there yet may have it by now.
    const seen = [...before].filter(([, gap]) => gap !== '–')
    expect(seen.length).toBeGreaterThan(1)
    for (const [step, gap] of seen) expect([step, after.get(step)]).toEqual([step, gap])
  })
})

describe('a run that searches', () => {
  it('draws its best so far along evaluations, and beside others of its kind', async () => {
    const own = await serveLab()
    const { page, close } = await openPage(browser, own.url)
    const search = { id: 'local-search', parameters: { evaluations: 20 } }
    await startDocument(page, { ...TRIAL, name: 'search', algorithms: [search, { id: 'greedy' }], seeds: [1] })
    await page.locator('[role=row]', { hasText: 'local-search' }).getByText('completed').waitFor()
    const id = beside(own.home, (store) => store.runs.list().find((run) => run.algorithm === 'local-search')?.id)
    await goTo(page, `/runs/${id}`)
    await page.getByRole('img', { name: /^Optimality gap; local-search goes from/ }).waitFor()
    await page.getByRole('img', { name: /^Delay T; local-search goes from/ }).waitFor()
    await expect.poll(() => readout(page, 'Evaluations').innerText()).toBe('20')
    expect([...(await tableOf(page, 'Cost Q')).keys()]).toEqual(Array.from({ length: 20 }, (_, i) => String(i + 1)))
    await page.getByRole('button', { name: 'Cost Q: Show as table' }).click()
    await page.getByRole('columnheader', { name: 'evaluations per workflow' }).waitFor()
    await page.keyboard.press('Escape')
    await page.getByRole('button', { name: 'Compare' }).click()
    await page.getByText('evaluations', { exact: true }).waitFor()
    await close()
    await own.stop()
  })
})

/** A dmro run that has been evaluated twice and is not at its end. */
const midway = () =>
  beside(home, (store) => store.runs.list().find((run) => run.algorithm === 'dmro' && run.status === 'running' && run.learnSteps >= 40)?.id)

// One story, each step from where the last one ended.
describe('training in the page', () => {
  it('names every fault of a document with its path, and starts nothing', async () => {
    const { page } = watched
    await openDocument(page, { ...TRIAL, name: 'bad', scenarios: ['nowhere'], algorithms: [{ id: 'dmro', parameters: { units: 0 } }] })
    const faults = page.getByRole('alert')
    await expect.poll(() => faults.innerText()).toMatch(/\$\.scenarios\[0\][\s\S]*\$\.algorithms\[0\]\.parameters\.units/)
    await goTo(page, '/')
    await page.getByText('No runs yet').waitFor()
  })

  it('says when the program is gone', async () => {
    await startDocument(watched.page, TRIAL)
    const own = await openPage(browser, lab.url, { mayComplain: /WebSocket|ERR_CONNECTION_REFUSED/ })
    await own.page.getByRole('treegrid').waitFor()
    await expect.poll(() => midway(), { interval: 10 }).toBeDefined()
    await lab.kill()
    dmro = midway() as string
    await own.page.getByText('The connection to the program is lost').waitFor()
    await own.close()
  })

  it('finds everything after the program was killed, and finishes what was interrupted', { timeout: 60_000 }, async () => {
    await watched.close()
    lab = await serveLab({ home })
    watched = await openPage(browser, lab.url)
    const { page } = watched
    await goTo(page, `/runs/${dmro}`)
    await page.locator('.state', { hasText: 'interrupted' }).waitFor()
    const before = await tableOf(page, 'Optimality gap')
    await goTo(page, '/')
    await page.getByRole('checkbox', { name: 'Select all runs in sight' }).click()
    await page.getByRole('button', { name: 'Resume' }).click()
    await page.getByText(/resumed/).waitFor()
    await expect
      .poll(() => page.getByRole('treegrid').innerText(), { timeout: 40_000 })
      .not.toMatch(/running|queued|interrupted|of 2 seeds/)
    await goTo(page, `/runs/${dmro}`)
    await page.locator('.state', { hasText: 'completed' }).waitFor()
    await expect.poll(() => readout(page, 'Learn steps').innerText()).toBe('800')
    const after = await tableOf(page, 'Optimality gap')
    // A step whose evaluation was not there yet may have it by now.
    const seen = [...before].filter(([, gap]) => gap !== '–')
    expect(seen.length).toBeGreaterThan(1)
    for (const [step, gap] of seen) expect([step, after.get(step)]).toEqual([step, gap])
    expect(after.has('800')).toBe(true)
    await page.getByText('50 held-out workflows').waitFor()
  })

  it('lays runs over each other, and the address restores the comparison', async () => {
    const { page } = watched
    await goTo(page, '/')
    await page.locator('[role=row].group').first().waitFor()
    for (const key of ['j', 'j', 'j', 'x', 'j', 'x', 'c']) await page.keyboard.press(key)
    await expect.poll(() => page.url()).toMatch(/#\/compare\?runs=[0-9a-f]{8}(,|%2C)[0-9a-f]{8}(,|%2C)/)
    const chart = page.getByRole('img', { name: /^Optimality gap; (dmro|dqn).* goes from .*; (dmro|dqn).* goes from/ })
    await chart.waitFor()
    // Everything is computed: who wins is marked, and nothing is on its way.
    const settled = async () => {
      await chart.waitFor()
      await page.getByText(/% above Q\*, by task/).waitFor()
      await expect.poll(() => page.getByText(/Computing …|Placing the workflows|come in a moment/).count()).toBe(0)
    }
    await settled()
    const words = await page.locator('main').innerText()
    expect(words).toMatch(/±/)
    await page.reload()
    await settled()
    await expect.poll(() => page.locator('main').innerText()).toBe(words)
  })

  it('deletes at once and brings back what was deleted', async () => {
    const { page } = watched
    await goTo(page, '/')
    const count = page.locator('nav').getByText('6', { exact: true })
    await count.waitFor()
    await page.locator('[role=row].group').first().waitFor()
    for (const key of ['j', 'j', 'x']) await page.keyboard.press(key)
    await page.getByRole('button', { name: 'Delete' }).click()
    await page.getByText('2 runs deleted').waitFor()
    await page.locator('nav').getByText('4', { exact: true }).waitFor()
    await page.keyboard.press('Control+z')
    await count.waitFor()
    expect(watched.complaints).toEqual([])
  })
})
