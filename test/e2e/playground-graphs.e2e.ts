import { execFile } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { cost, gapUnit } from '@shared/format'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { runPolicyOf } from '../../src/main/api/policies'
import { beside } from '../main/store/beside'
import { findingsInBoth } from './axe'
import { launchBrowser, openPage, type ServedLab, serveLab, type WatchedPage } from './browser'
import { layoutFindings } from './layout'
import { settled } from './labs'
import { goTo, readout, startDocument } from './rooms'

const CLI = fileURLToPath(new URL('../../out/main/cli.js', import.meta.url))
const GRAPHS = {
  format: 'dmro-experiment/1',
  name: 'graphs to play with',
  scenarios: ['shared-4x10'],
  algorithms: [{ id: 'dqn', parameters: { learnSteps: 4, evaluateEvery: 2 } }],
  seeds: [1],
  heldOut: 12
}

let browser: Browser
let lab: ServedLab
let watched: WatchedPage
const folder = mkdtempSync(join(tmpdir(), 'dmro-lab-play-graphs-'))

beforeAll(async () => {
  ;[browser, lab] = await Promise.all([launchBrowser(), serveLab()])
  watched = await openPage(browser, lab.url)
})

afterAll(async () => {
  await browser?.close()
  await lab?.stop()
  rmSync(folder, { recursive: true, force: true })
})

/** What a command of a data folder of its own prints. */
async function command(...args: string[]) {
  const { stdout, stderr } = await promisify(execFile)(process.execPath, [CLI, ...args, '--json', '--home', join(folder, 'home')])
  expect(stderr).toBe('')
  return JSON.parse(stdout)
}

const plot = (page: Page, title: string) => page.getByRole('img', { name: new RegExp(`^${title}: T `) })
/** What a schedule's head says: T of the last workflow, E and Q. */
const figuresOf = async (page: Page, title: string) => {
  const said = (await plot(page, title).getAttribute('aria-label')) ?? ''
  return /, ([\d.,]+) s last · E ([\d.,]+) J · Q ([\d.,]+)/
    .exec(said)
    ?.slice(1)
    .map((figure) => Number(figure.replaceAll(',', '')))
}
/** All held-out batches are measured. */
const measured = (page: Page) => expect.poll(() => page.getByText(/^\d of 3 batches$/).count()).toBe(0)

// One story, each step from where the last one ended.
describe('the playground of graphs', () => {
  it('opens a policy from its run, with its schedule beside the best that is known', async () => {
    const { page } = watched
    await startDocument(page, GRAPHS)
    await page.locator('[role=row]', { hasText: 'dqn' }).getByText('completed').first().waitFor()
    const id = beside(lab.home, (store) => store.runs.list()[0].id)
    await goTo(page, `/runs/${id}`)
    await page.getByRole('link', { name: 'Open in playground' }).click()
    await plot(page, 'Policy now').waitFor()
    await plot(page, 'Best known').waitFor()
    await page.getByText(/^\d.* above the best known$/).waitFor()
    await measured(page)
    // In the trained world it is what the run was evaluated to.
    const evaluation = beside(lab.home, (store) => store.runs.list()[0].evaluation)
    expect(await readout(page, 'Cost Q now').innerText()).toBe(cost(evaluation?.meanCost))
    const rules = page.getByRole('region', { name: 'Policy and rules now' }).getByRole('row')
    await expect.poll(() => rules.allInnerTexts()).toHaveLength(8)
  })

  it('shows at once what a changed bandwidth does; the numbers are those of "lab evaluate" on the file it writes', async () => {
    const { page } = watched
    const before = await figuresOf(page, 'Policy now')
    const bandwidth = page.getByRole('slider', { name: 'Bandwidth device 1 – edge' })
    await bandwidth.focus()
    for (let press = 0; press < 40; press++) await page.keyboard.press('ArrowLeft')
    await expect.poll(() => figuresOf(page, 'Policy now')).not.toEqual(before)
    await measured(page)

    const [download] = await Promise.all([page.waitForEvent('download'), page.getByRole('button', { name: 'Download' }).click()])
    const path = join(folder, 'changed.scenario.json')
    await download.saveAs(path)
    const { topology } = JSON.parse(readFileSync(path, 'utf8'))
    const changed = topology.links.find(({ from, to }: { from: string; to: string }) => from === 'device 1' && to === 'edge')
    expect(await bandwidth.getAttribute('aria-valuetext')).toBe(`${changed.bandwidthMBps} MB/s`)
    // Placed by "lab decide", and that placement judged by "lab evaluate".
    const { rows, policy } =
      beside(lab.home, (store) => ({ rows: store.runs.list(), policy: runPolicyOf(store, store.runs.list()[0].id) })) ?? {}
    if (!rows || !policy) throw new Error('the run has no policy')
    writeFileSync(join(folder, 'policy'), policy)
    const decided = await command('decide', path, '--policy', join(folder, 'policy'))
    const placements = Object.fromEntries(decided.workflows.map(({ id, placement }: { id: string; placement: object }) => [id, placement]))
    const placement = join(folder, 'placement.json')
    writeFileSync(placement, JSON.stringify({ format: 'dmro-placement/1', placements }))
    const { workflows } = await command('evaluate', path, '--placement', placement)
    const batch: { delaySeconds: number; energyJoules: number; cost: number; optimalityGap: number }[] = workflows.slice(0, 4)
    const shown = await figuresOf(page, 'Policy now')
    const sums = [
      Math.max(...batch.map(({ delaySeconds }) => delaySeconds)),
      batch.reduce((sum, { energyJoules }) => sum + energyJoules, 0),
      batch.reduce((sum, each) => sum + each.cost, 0)
    ]
    sums.forEach((sum, i) => expect(shown?.[i]).toBeCloseTo(sum, 0))
    await page.getByText(`${gapUnit(batch[0].optimalityGap)} above the best known`, { exact: true }).waitFor()
  })

  it('places fewer workflows together by keys, beside a rule, and explains a bar', async () => {
    const { page } = watched
    const together = page.getByRole('slider', { name: 'Workflows released together' })
    await together.focus()
    await page.keyboard.press('ArrowLeft')
    await expect.poll(() => page.getByLabel('Batch', { exact: true }).locator('option').allInnerTexts()).toContain('w1–w3')
    await page.getByText('3 workflows together').waitFor()
    await page.getByLabel('Schedule below').selectOption('eft')
    await plot(page, 'eft').waitFor()
    const schedule = page.getByRole('application', { name: 'Schedule of batch w1–w3' })
    await schedule.press('ArrowRight')
    await page.getByText(/^Why [A-C]\d+ starts at .* s$/).waitFor()
    // Found as it was left.
    await page.reload()
    await plot(page, 'Policy now').waitFor()
    expect(await together.getAttribute('aria-valuetext')).toBe('3 workflows together')
    await page.getByRole('button', { name: 'Reset' }).click()
    await expect.poll(() => together.getAttribute('aria-valuetext')).toBe('4 workflows together')
  })

  it('is accessible and fits the smallest window', async () => {
    const { page, complaints } = watched
    await page
      .getByText(/^\d of \d batches$/)
      .first()
      .waitFor({ state: 'detached' })
    expect(await findingsInBoth(page)).toEqual({ dark: [], light: [] })
    for (const size of [
      { width: 1024, height: 700 },
      { width: 683, height: 467 }
    ]) {
      await page.setViewportSize(size)
      await settled(page)
      expect(await layoutFindings(page)).toEqual([])
    }
    expect(complaints).toEqual([])
  })
})
