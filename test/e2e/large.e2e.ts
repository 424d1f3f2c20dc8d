import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { layered } from '../renderer/workload/workflows'
import { axeFindings } from './axe'
import { launchBrowser, openPage, type ServedLab, serveLab, type WatchedPage } from './browser'
import { goTo } from './rooms'

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
  const [chooser] = await Promise.all([page.waitForEvent('filechooser'), page.keyboard.press('Control+o')])
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
    await work.fill('31,337')
    await page.getByText('unsaved edits, kept').waitFor()
    await page.reload()
    await page.getByLabel('Work, Mc of task-1', { exact: true }).waitFor()
    await toEnd(page, 'Tasks')
    await expect.poll(() => work.inputValue()).toBe('31,337')
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
