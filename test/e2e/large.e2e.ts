import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { layered } from '../renderer/workload/workflows'
import { axeFindings } from './axe'
import { launchBrowser, openPage, type ServedLab, serveLab, type WatchedPage } from './browser'
import { chooserByKeys, goTo, startDocument } from './rooms'

let browser: Browser
let lab: ServedLab
let watched: WatchedPage

beforeAll(async () => {
  ;[browser, lab] = await Promise.all([launchBrowser(), serveLab({ parallel: 1 })])
  watched = await openPage(browser, lab.url)
})

afterAll(async () => {
  await browser?.close()
  await lab?.stop()
})

const MOST_PAGE_NODES = 5000
const pageNodes = (page: Page) => page.evaluate(() => document.querySelectorAll('*').length)

/** Opens a file through the page's dialog. */
async function openFile(page: Page, name: string, document: object): Promise<void> {
  await goTo(page, '/')
  await page.getByRole('heading', { name: 'Runs', level: 1 }).waitFor()
  const chooser = await chooserByKeys(page)
  await chooser.setFiles({ name, mimeType: 'application/json', buffer: Buffer.from(JSON.stringify(document)) })
  const dialog = page.getByRole('dialog', { name: 'Open files' })
  await dialog.getByRole('button', { name: 'Open', exact: true }).click()
}

const workload = (name: string, tasks: number) => ({ format: 'dmro-workload/1', name, workflows: [layered(tasks)] })

/** Scrolls a table of tasks or flows to its end. */
const toEnd = (page: Page, table: string) =>
  page.getByRole('table', { name: table }).evaluate((element) => {
    element.scrollTop = element.scrollHeight
  })

describe('a workflow of many tasks', () => {
  it.each([1004, 10_000])('of %i opens, and the page does not grow with it', { timeout: 120_000 }, async (tasks) => {
    const { page } = watched
    await openFile(page, 'large.json', workload(`large-${tasks}`, tasks))
    await page.waitForURL(/#\/workloads\/[0-9a-f]{8}$/)
    await page.getByRole('region', { name: new RegExp(`^Workflow w1: ${tasks.toLocaleString('en')} tasks, `) }).waitFor()
    await page.getByLabel('Work, Mc of task-1', { exact: true }).waitFor()
    expect(await pageNodes(page)).toBeLessThan(MOST_PAGE_NODES)
    await toEnd(page, 'Tasks')
    await page.getByLabel(`Work, Mc of task-${tasks}`, { exact: true }).waitFor()
    await toEnd(page, 'Flows')
    expect(await pageNodes(page)).toBeLessThan(MOST_PAGE_NODES)
  })

  it('is edited in its 9,999th row, is kept, and comes back after a reload', { timeout: 60_000 }, async () => {
    const { page } = watched
    const work = page.getByLabel('Work, Mc of task-9999', { exact: true })
    await work.fill('31337')
    await page.getByText('unsaved edits, kept').waitFor()
    await page.reload()
    await page.getByLabel('Work, Mc of task-1', { exact: true }).waitFor()
    await toEnd(page, 'Tasks')
    await expect.poll(() => work.inputValue()).toBe('31337')
    await page.keyboard.press('Control+s')
    await page.getByText('large-10000: saved as version 2').waitFor()
  })

  it('lets a flow lead elsewhere: one menu finds a task among ten thousand, by keys alone', async () => {
    const { page } = watched
    const from = page.getByRole('combobox', { name: 'From of flow 300', exact: true })
    await page.getByRole('table', { name: 'Flows' }).evaluate((element) => {
      element.scrollTop = 300 * 32 - 100
    })
    await from.click()
    await page.getByRole('listbox').waitFor()
    expect(await pageNodes(page)).toBeLessThan(MOST_PAGE_NODES)
    expect(await axeFindings(page)).toEqual([])
    await page.keyboard.type('sk-98')
    await page.getByRole('option', { name: 'task-98', exact: true }).waitFor()
    await page.keyboard.press('ArrowDown')
    await page.keyboard.press('Enter')
    await expect.poll(() => from.inputValue()).toBe('task-980')
    expect(await page.getByRole('listbox').count()).toBe(0)
    await page.keyboard.press('Control+z')
    await expect.poll(() => from.inputValue()).not.toBe('task-980')
  })

  it('shows a task that is looked for among its neighbours, and its row', async () => {
    const { page } = watched
    await page.getByRole('combobox', { name: 'Find a task' }).fill('task-5050')
    await page.keyboard.press('Enter')
    await page.getByRole('heading', { name: 'Near task-5050' }).waitFor()
    await page.getByText('data from 2, data to', { exact: false }).waitFor()
    await page.getByLabel('Id of task-5050', { exact: true }).waitFor()
    expect(await pageNodes(page)).toBeLessThan(MOST_PAGE_NODES)
  })
})

/** A device and edges behind it, each linked to it and to the next three, and a chain of tasks on them. */
function wideScenario(name: string, places: number, tasks: number) {
  const edges = Array.from({ length: places - 1 }, (_, i) => `edge-${i + 1}`)
  const nodes = ['device', ...edges].map((id, i) => ({
    id,
    tier: i === 0 ? 'device' : 'edge',
    computeMHz: i === 0 ? 4000 : 8000 + 100 * i,
    energyPerMegacycle: 0.001
  }))
  const links = edges.flatMap((id, i) =>
    ['device', ...[1, 2, 3].flatMap((k) => edges[i + k] ?? [])].map((from) => ({ from, to: id, bandwidthMBps: 5 + (i % 7), latencyMs: 1 }))
  )
  return {
    format: 'dmro-scenario/1',
    name,
    topology: { format: 'dmro-topology/1', name, nodes, links },
    workload: { format: 'dmro-workload/1', name, workflows: [layered(tasks, 1)] }
  }
}

/** Starts a run and shows its placements. */
async function placementsOf(page: Page, scenario: { name: string }, algorithm: object): Promise<void> {
  const seeded = { scenarios: [scenario], algorithms: [algorithm], seeds: [1], heldOut: 1 }
  await startDocument(page, { format: 'dmro-experiment/1', name: scenario.name, ...seeded })
  await page.getByText('0 running · 0 queued').waitFor({ timeout: 60_000 })
  await page.getByRole('button', { name: 'Expand all' }).click()
  const id = await page
    .getByRole('row')
    .filter({ has: page.locator('a') })
    .first()
    .locator('a')
    .getAttribute('href')
  await goTo(page, id?.replace('#', '') ?? '/')
  await page.getByRole('tab', { name: /Placements/ }).click()
  await page.getByRole('img', { name: /^Workflow \w+: / }).waitFor()
}

describe('a run on many places and tasks', () => {
  it('is drawn over time by a few paths where its workflow has 1,000 tasks', { timeout: 120_000 }, async () => {
    const { page } = watched
    await placementsOf(page, wideScenario('long', 61, 1000), { id: 'greedy' })
    expect(await pageNodes(page)).toBeLessThan(MOST_PAGE_NODES)
  })

  it('shows values and its playground without a part for each task, place or link', { timeout: 120_000 }, async () => {
    const { page } = watched
    await placementsOf(page, wideScenario('wide', 31, 120), { id: 'dqn', parameters: { learnSteps: 10, evaluateEvery: 10 } })
    const values = page.getByRole('table', { name: 'Q-values of network 1' })
    await values.getByRole('rowheader', { name: 'task-1', exact: true }).waitFor()
    expect(await pageNodes(page)).toBeLessThan(MOST_PAGE_NODES)
    await values.evaluate((element) => {
      element.scrollTop = element.scrollHeight
    })
    await values.getByRole('rowheader', { name: 'task-120', exact: true }).waitFor()
    expect(await axeFindings(page)).toEqual([])
    const run = await page.evaluate(() => location.hash.match(/[0-9a-f]{8}/)?.[0])
    await goTo(page, `/playground?run=${run}`)
    await page.getByText('Gap now').first().waitFor({ timeout: 30_000 })
    await page.getByRole('slider', { name: 'Speed of edge-1', exact: true }).waitFor()
    expect(await pageNodes(page)).toBeLessThan(MOST_PAGE_NODES)
    await page.getByRole('group', { name: 'every link and node' }).evaluate((element) => {
      element.scrollTop = element.scrollHeight
    })
    await page.getByRole('slider', { name: 'Bandwidth edge-30', exact: false }).last().waitFor()
  })
})
