import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Browser, Locator, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openStore } from '../../src/main/store'
import { launchBrowser, openPage, type ServedLab, serveLab, type WatchedPage } from './browser'
import { drawByKeys, goTo } from './rooms'

const CHAIN = fileURLToPath(new URL('../../resources/presets/chain.wfcommons.json', import.meta.url))

let browser: Browser
let home: string
let lab: ServedLab
let watched: WatchedPage
let olderId: string

/** An experiment of a version whose Reptile had parameters that nothing read. */
function keepOlderExperiment(folder: string): string {
  const store = openStore(folder)
  const algorithms = [{ id: 'reptile', parameters: { optimiser: 'sgd', targetCopy: 100, hidden: 8 }, environments: 'meta-training' }]
  const content = {
    format: 'dmro-experiment/1',
    name: 'older',
    scenarios: ['one-edge-one-cloud'],
    algorithms,
    seeds: [1],
    heldOut: 5,
    split: 0
  }
  const { id } = store.library.insert({ kind: 'experiment', name: 'older', content, facts: {}, faults: 0 }, Date.now())
  store.close()
  return id
}

beforeAll(async () => {
  home = mkdtempSync(join(tmpdir(), 'dmro-lab-e2e-'))
  olderId = keepOlderExperiment(home)
  ;[browser, lab] = await Promise.all([launchBrowser(), serveLab({ home })])
  watched = await open()
})

afterAll(async () => {
  await browser?.close()
  await lab?.stop()
  rmSync(home, { recursive: true, force: true, maxRetries: 3 })
})

// The program is killed under it.
const open = () => openPage(browser, lab.url, { mayComplain: /WebSocket/, viewport: { width: 1280, height: 800 } })

const kept = (page: Page) => page.getByRole('status').getByText(/kept$/).waitFor()
const histogram = (page: Page, title: string) => page.getByRole('img', { name: new RegExp(`^${title}: `) })
const described = (locator: Locator) => locator.getAttribute('aria-label')

// One story, each step from where the last one ended.
describe('workloads', () => {
  it('are drawn by a generator whose histograms follow its ranges and its seed', async () => {
    const { page } = watched
    await goTo(page, '/workloads')
    await page.getByRole('button', { name: 'New generator' }).click()
    await page.getByLabel('Name of the workload').fill('cameras')
    await page.getByLabel('Users', { exact: true }).fill('5')
    await page.getByLabel('Workflows per user').fill('4')
    await page.getByLabel('Tasks per workflow').fill('3')
    await page.getByLabel('Work of a task, from').fill('1000')
    await page.getByLabel('Work of a task, to').fill('2000')
    const work = histogram(page, 'Work of a task')
    await expect.poll(() => described(work)).toMatch(/^Work of a task: 60 values from 1,\d{3} to [12],\d{3} Mc, mean 1,\d{3} Mc$/)
    await expect.poll(() => described(histogram(page, 'First flow'))).toMatch(/^First flow: 20 values/)
    // Only the paper's device is in sight: local-only delay is what its processor takes.
    await expect.poll(() => described(histogram(page, 'Delay, local-only'))).toMatch(/^Delay, local-only: 20 values .* s, mean .* s$/)
    const before = await described(work)
    await page.getByRole('button', { name: 'Another seed' }).click()
    await expect.poll(() => described(work)).not.toBe(before)
    await page.keyboard.press('Control+z')
    await expect.poll(() => described(work)).toBe(before)
    await page.getByLabel('Work of a task, to').fill('500')
    await page.getByRole('alert').filter({ hasText: 'from low to high' }).waitFor()
    await page.getByLabel('Work of a task, to').fill('2000')
    await expect.poll(() => page.getByRole('alert').count()).toBe(0)
    await page.keyboard.press('Control+s')
    await page.getByText('cameras: saved as version 1').waitFor()
  })

  it('are written by hand: tasks, flows and a graph of them, every edit undoable', async () => {
    const { page } = watched
    await goTo(page, '/workloads')
    await page.getByRole('button', { name: 'Write by hand' }).click()
    await page.getByLabel('Name of the workload').fill('by hand')
    await page.getByRole('button', { name: 'Add a task' }).click()
    await page.getByLabel('Id of t1').fill('decode')
    await page.keyboard.press('Tab')
    await page.getByLabel('Work, Mc of t2').fill('12500')
    await page.getByLabel('Data, MB of flow 2').fill('7.5')
    const graph = page.getByRole('region', { name: 'Workflow w1: 3 tasks, 4 flows' })
    await graph.waitFor()
    await expect.poll(() => graph.textContent()).toMatch(/decode.*12,500 Mc/)
    await expect.poll(() => graph.textContent()).toContain('7.5 MB')
    // A second way out of the first task: no chain any more, said and taken back.
    await page.getByRole('button', { name: 'Add a flow' }).click()
    await page.getByText('This workflow is not a chain:').waitFor()
    await page.keyboard.press('Control+z')
    await expect.poll(() => page.getByText('This workflow is not a chain:').count()).toBe(0)
    await page.getByRole('button', { name: 'Delete task t2' }).click()
    await page.getByRole('region', { name: 'Workflow w1: 2 tasks, 3 flows' }).waitFor()
    await page.keyboard.press('Control+z')
    await graph.waitFor()
    await page.getByRole('button', { name: 'Add a workflow' }).click()
    await page.getByRole('button', { name: 'Show workflow w2' }).waitFor()
    await page.keyboard.press('Control+s')
    await page.getByText('by hand: saved as version 1').waitFor()
  })

  it('are imported from WfCommons, and what cannot be read is said with its place', async () => {
    const { page } = watched
    await goTo(page, '/workloads')
    const picker = page.locator('input[type=file]')
    const broken = readFileSync(CHAIN, 'utf8').replace('"schemaVersion": "1.5"', '"schemaVersion": "1.2"')
    await picker.setInputFiles({ name: 'old.json', mimeType: 'application/json', buffer: Buffer.from(broken) })
    await page.getByText('old.json was not imported:').waitFor()
    await page.getByText('only WfFormat 1.3 to 1.6 is read').waitFor()
    await picker.setInputFiles(CHAIN)
    await page.getByRole('region', { name: /^Workflow w1: 6 tasks, / }).waitFor()
    await page.getByText('decode', { exact: true }).first().waitFor()
    await goTo(page, '/workloads')
    const own = (name: string) => page.getByRole('region', { name: 'Your workloads' }).getByRole('listitem').filter({ hasText: name })
    await own('cameras').getByText('generator, 20 workflows of 3 tasks').waitFor()
    await own('by hand').getByText('2 workflows').waitFor()
    await own('camera-chain').getByText('1 workflow').waitFor()
  })
})

const footer = (page: Page) => page.getByLabel('Runs, time, memory and disk of this experiment')
const row = (page: Page, key: string) => page.locator(`[data-parameter="${key}"]`)

async function setSmall(page: Page, algorithm: string, values: Readonly<Record<string, number>>): Promise<void> {
  await page.getByRole('button', { name: `Parameters of ${algorithm}` }).click()
  await page.getByText(/^All \d+$/).click()
  for (const [key, value] of Object.entries(values)) await row(page, key).getByRole('textbox').fill(String(value))
}

/** What stands in the fields: of the algorithm in hand, and of what all algorithms share. */
const fields = (page: Page) =>
  page
    .locator('.form')
    .evaluate((form) =>
      [...form.querySelectorAll('input')].map((input) =>
        input.type === 'checkbox' || input.type === 'radio' ? input.checked : input.value
      )
    )

describe('an experiment of an older version', () => {
  it('opens, says which of its parameters are gone, and can be run without them', async () => {
    const { page } = watched
    await goTo(page, `/experiments/${olderId}`)
    const notes = page.getByText(/is not a parameter any more and never had an effect/)
    await expect
      .poll(() => notes.allInnerTexts())
      .toEqual([expect.stringContaining('“optimiser”'), expect.stringContaining('“targetCopy”')])
    await page
      .getByText(/leave it out$/)
      .first()
      .waitFor()
    await page.getByRole('button', { name: 'Leave it out' }).first().click()
    // At its old default it asks for nothing and is passed over.
    await page.getByRole('button', { name: 'Queue 1 run' }).waitFor()
    expect(await notes.allInnerTexts()).toEqual([expect.stringContaining('“targetCopy”')])
    await page.getByRole('button', { name: 'Leave it out' }).click()
    await expect.poll(() => notes.count()).toBe(0)
  })
})

describe('a plan', () => {
  it('of dmro-plus and DQN × 3 seeds × 2 δ on a topology of one’s own says what it takes', async () => {
    const { page } = watched
    await goTo(page, '/topologies')
    await page.getByRole('button', { name: 'New topology' }).click()
    await drawByKeys(page)
    await page.getByRole('button', { name: 'Use in an experiment' }).click()
    // The drawing with the paper's workload is taken already; the one described above takes its place.
    const first = page.getByRole('checkbox', { name: /^topology-1 × paper/ })
    await first.waitFor()
    await page.getByRole('button', { name: 'Add a scenario' }).click()
    await page.getByLabel('Topology', { exact: true }).selectOption('topology-1')
    await page.getByLabel('Workload', { exact: true }).selectOption('cameras')
    await page.getByRole('button', { name: 'Add', exact: true }).click()
    await first.uncheck()
    await page.getByRole('checkbox', { name: 'optimum' }).uncheck()
    await page.getByLabel('Name of the experiment').fill('two deltas')
    const sizes = { hidden: 8, learnSteps: 120, evaluateEvery: 40, checkpointEvery: 40 }
    await setSmall(page, 'dmro-plus', { ...sizes, units: 2 })
    await setSmall(page, 'dqn', sizes)
    await row(page, 'heldOut').getByRole('textbox').fill('20')
    await page.getByRole('button', { name: 'Sweep Energy weight' }).click()
    await row(page, 'energyWeight').getByRole('textbox').fill('1')
    await page.keyboard.press('Enter')
    await footer(page).getByText('12 runs', { exact: true }).waitFor()
    await footer(page).getByText('12 learned, 0 without training').waitFor()
    await page.getByText('1 scenario × 2 δ × 2 settings × 3 seeds').waitFor()
    // Nothing was timed on this machine yet, and that is what it says.
    await footer(page).getByText('time not known yet', { exact: true }).waitFor()
    expect(await footer(page).innerText()).toMatch(/peak memory\s+[1-9][\d.]* [kM]B[\s\S]*written to disk\s+[1-9][\d.]* [kM]B/)
  })

  it('is found again after a reload in mid-edit and after the program was killed', async () => {
    const before = await fields(watched.page)
    expect(before).toContain('120')
    await row(watched.page, 'heldOut').getByRole('textbox').fill('24')
    await watched.page.reload()
    await footer(watched.page).getByText('12 runs', { exact: true }).waitFor()
    expect(await row(watched.page, 'heldOut').getByRole('textbox').inputValue()).toBe('24')
    await row(watched.page, 'heldOut').getByRole('textbox').fill('20')
    await kept(watched.page)
    await lab.kill()
    await watched.close()
    lab = await serveLab({ home })
    watched = await open()
    const { page } = watched
    await goTo(page, '/experiments')
    await page.getByRole('listitem').filter({ hasText: 'two deltas' }).getByText('unsaved edits').waitFor()
    await page.getByRole('link', { name: 'Open two deltas in the planner' }).click()
    await footer(page).getByText('12 runs', { exact: true }).waitFor()
    await page.getByText(/^All \d+$/).click()
    await page.getByRole('checkbox', { name: /^topology-1 × cameras/, checked: true }).waitFor()
    for (const algorithm of ['dmro-plus', 'dqn']) {
      await page.getByRole('button', { name: `Parameters of ${algorithm}` }).click()
      expect(await row(page, 'learnSteps').getByRole('textbox').inputValue()).toBe('120')
      expect(await row(page, 'hidden').getByRole('textbox').inputValue()).toBe('8')
    }
    await expect.poll(() => fields(page)).toEqual(before)
    await goTo(page, '/topologies')
    await page.getByRole('article', { name: 'topology-1' }).getByText('1 device · 1 edge · 1 cloud · 2 links').waitFor()
    await goTo(page, '/workloads')
    for (const name of ['cameras', 'by hand', 'camera-chain']) await page.getByRole('link', { name: `Open ${name}` }).waitFor()
  })

  it('starts with a quick look, then with what is missing, and says when nothing is', async () => {
    const { page } = watched
    const toPlan = async () => {
      await goTo(page, '/experiments')
      await page.getByRole('link', { name: 'Open two deltas in the planner' }).click()
    }
    const ended = () =>
      expect.poll(() => page.getByRole('treegrid').innerText(), { timeout: 30_000 }).not.toMatch(/running|queued|of \d seeds/)
    await toPlan()
    await page.getByRole('button', { name: 'Quick look, 1 seed' }).click()
    await page.getByText('two deltas: 4 runs queued').waitFor()
    await ended()
    await toPlan()
    await page.getByRole('button', { name: 'Queue 8 missing runs' }).waitFor()
    // Now that runs of this size were timed here, it is told how long the rest takes.
    await expect.poll(() => footer(page).innerText()).toMatch(/about (<0\.1|\d+(\.\d)?) s/)
    await page.keyboard.press('Control+Enter')
    await page.getByText('two deltas: 8 runs queued').waitFor()
    await ended()
    await toPlan()
    await page.getByRole('button', { name: 'Nothing is missing' }).waitFor()
    expect(await page.getByRole('button', { name: 'Nothing is missing' }).isDisabled()).toBe(true)
    await row(page, 'seeds').getByRole('textbox').fill('4')
    await page.keyboard.press('Enter')
    await page.getByRole('button', { name: 'Queue 4 missing runs' }).waitFor()
    await page.keyboard.press('Control+z')
    await page.getByRole('button', { name: 'Nothing is missing' }).waitFor()
    await goTo(page, '/?words=seed%3D3 scheme:dqn delta%3D1')
    await page.getByText('1 of 12 runs').waitFor()
    await page.getByRole('checkbox', { name: 'Select all runs in sight' }).click()
    await page.getByRole('button', { name: 'Delete', exact: true }).click()
    await page.getByText('1 run deleted').waitFor()
    await toPlan()
    await page.getByRole('button', { name: 'Queue 1 missing run' }).waitFor()
  })
})
