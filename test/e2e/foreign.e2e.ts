import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { scalarRecords, tfRecord, versionEvent } from '../../src/main/exports/tfevents'
import { axeFindings } from './axe'
import { launchBrowser, openPage, type ServedLab, serveLab, type WatchedPage } from './browser'
import { fillCompared } from './compared'
import { drop, goTo } from './rooms'

/** Runs of other trackers and pasted tables on their way into the window, and runs on their way out to other tools and back. */
const folder = mkdtempSync(join(tmpdir(), 'dmro-foreign-'))
let browser: Browser
let lab: ServedLab
let watched: WatchedPage

const curve = (tag: string, values: readonly number[]) =>
  scalarRecords(
    tag,
    values.map((_, i) => 10 * i),
    values,
    (step) => 1_700_000_000 + step
  )
const falling = Array.from({ length: 40 }, (_, i) => 2 / (i + 1) + 0.1 * Math.sin(i))
const eventFile = Buffer.concat([
  tfRecord(versionEvent(1_700_000_000)),
  curve('train/loss', falling),
  curve(
    'eval/return',
    falling.map((value) => -value)
  ),
  // As a writer leaves it that still writes.
  curve('train/loss', [1]).subarray(0, 30)
])

beforeAll(async () => {
  mkdirSync(join(folder, 'logs/ppo-baseline'), { recursive: true })
  writeFileSync(join(folder, 'logs/ppo-baseline/events.out.tfevents.1700000000.elsewhere'), eventFile)
  writeFileSync(join(folder, 'logs/readme.txt'), 'nothing of a tracker')
  const home = join(folder, 'lab')
  fillCompared(home, { groups: 2, seeds: 2 })
  ;[browser, lab] = await Promise.all([launchBrowser(), serveLab({ home })])
  watched = await openPage(browser, lab.url)
})

afterAll(async () => {
  await browser?.close()
  await lab?.stop()
  rmSync(folder, { recursive: true, force: true })
})

const sheet = () => watched.page.getByRole('dialog', { name: 'Open files' })

describe('a folder of another tracker', () => {
  it('is chosen, said what it is, its metrics called as the lab calls them, and imported', async () => {
    const { page } = watched
    await page.locator('main .top').first().waitFor()
    const choosing = page.waitForEvent('filechooser')
    await page.getByRole('button', { name: 'Import runs' }).click()
    await (await choosing).setFiles(join(folder, 'logs'))
    await sheet().getByText('1 run of TensorBoard: 2 curves, 80 points.', { exact: false }).waitFor()
    await sheet()
      .getByText(/ends within a record at byte \d+/)
      .waitFor()
    await sheet().getByText('Call its 2 metrics otherwise').click()
    await sheet().getByLabel('What train/loss is called here').fill('loss')
    expect(await axeFindings(page)).toEqual([])
    await watched.screenshot('foreign-opening')
    await sheet().getByRole('button', { name: 'Open' }).click()
    await page.getByText('1 run imported').waitFor()
  })

  it('shows its curves and parameters on a page that says what it is', async () => {
    const { page } = watched
    await page.getByRole('heading', { name: 'TensorBoard: ppo-baseline' }).waitFor()
    await page.getByText('This run came from TensorBoard: it has curves and no scenario.', { exact: false }).waitFor()
    for (const metric of ['loss', 'eval/return']) await page.getByRole('heading', { name: metric, exact: true }).waitFor()
    expect(await page.getByRole('button', { name: 'Run again' }).count()).toBe(0)
    expect(await axeFindings(page)).toEqual([])
    await watched.screenshot('foreign-run')
  })

  it('is compared with the lab’s own by its curve alone, which is said', async () => {
    const { page } = watched
    const id = new URL(page.url()).hash.slice('#/runs/'.length)
    await goTo(page, '/')
    await page.getByRole('row', { name: /TensorBoard: ppo-baseline/ }).waitFor()
    await page.getByText('no scenario', { exact: true }).waitFor()
    await watched.screenshot('foreign-table')
    await page.getByRole('checkbox', { name: 'Select all runs in sight' }).click()
    await page.keyboard.press('c')
    await page.getByText(/TensorBoard: ppo-baseline.*: from other trackers, without a scenario\./).waitFor()
    await page.getByText('Figures', { exact: true }).first().waitFor()
    await page.getByRole('radio', { name: 'Loss' }).check({ force: true })
    await watched.screenshot('foreign-compare')
    expect(await axeFindings(page)).toEqual([])
    await goTo(page, `/compare?runs=${id}`)
    await page.getByText('Only their curves are compared: there are no costs, gaps or tests.', { exact: false }).waitFor()
    await watched.screenshot('foreign-alone')
  })
})

it('runs handed out as a zip for TensorBoard or MLflow come back', async () => {
  const { page } = watched
  for (const form of ['TensorBoard event files', 'MLflow folder']) {
    await goTo(page, '/?words=dmro')
    await page.getByRole('checkbox', { name: 'Select all runs in sight' }).click()
    await page.getByRole('button', { name: 'Export', exact: true }).click()
    const downloading = page.waitForEvent('download')
    await page.getByRole('button', { name: form }).click()
    const content = readFileSync(await (await downloading).path())
    await drop(page, { name: 'back.zip', content })
    await sheet()
      .getByText(/\d+ runs? of (TensorBoard|MLflow)/)
      .waitFor()
    await sheet().getByRole('button', { name: 'Open' }).click()
    // It leads to the table of runs once they are there.
    await expect.poll(() => new URL(page.url()).hash).toBe('#/')
  }
})

it('a table pasted among the topologies says what it assumes and opens in the editor', async () => {
  const { page } = watched
  await goTo(page, '/topologies')
  await page.getByRole('button', { name: 'Paste a table' }).click()
  const dialog = page.getByRole('dialog', { name: 'Paste a table' })
  await dialog.getByRole('textbox').fill('from\tto\tbandwidthMBps\nphone\tgateway\t10\ngateway\tserver\t100')
  expect(await axeFindings(page)).toEqual([])
  await watched.screenshot('paste-table')
  await dialog.getByRole('button', { name: 'Read' }).click()
  await sheet()
    .getByText(/The topology “pasted table”: 4 nodes, 3 links/)
    .waitFor()
  await sheet()
    .getByText(/\d+ assumptions? to read it/)
    .waitFor()
  await watched.screenshot('paste-assumed')
  await sheet().getByRole('button', { name: 'Open' }).click()
  await page.getByRole('application').waitFor()
})
