import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { launchBrowser, openPage, type ServedLab, serveLab } from './browser'
import { goTo } from './rooms'

const CLI = fileURLToPath(new URL('../../out/main/cli.js', import.meta.url))
const EXPERIMENT = {
  format: 'dmro-experiment/1',
  name: 'to play with',
  scenarios: ['one-edge-one-cloud'],
  algorithms: [{ id: 'dmro-plus', parameters: { learnSteps: 250, units: 3, hidden: 48 } }],
  seeds: [1, 2],
  heldOut: 60
}

let browser: Browser
let lab: ServedLab
const folder = mkdtempSync(join(tmpdir(), 'dmro-lab-play-'))

beforeAll(async () => {
  ;[browser, lab] = await Promise.all([launchBrowser(), serveLab()])
})

afterAll(async () => {
  await browser?.close()
  await lab?.stop()
  rmSync(folder, { recursive: true, force: true })
})

const figure = (page: Page, label: string) => page.locator('.readout', { hasText: label }).locator('.value').innerText()

/** What the figures of a lane say: seconds, joules, Q. */
const laneOf = async (page: Page, title: string) =>
  (await page.locator('.lane-head', { hasText: title }).innerText()).match(/[\d,.]+(?= s ·)|[\d,.]+(?= J)|(?<=Q )[\d,.]+/g)?.map(Number)

describe('the playground', () => {
  it('shows at once what a changed bandwidth or speed does, by keyboard and mouse, and the numbers are those of "lab optimum"', async () => {
    const { page, complaints, close } = await openPage(browser, lab.url)
    await page.locator('main .top').waitFor()
    await goTo(page, '/experiments')
    await page
      .locator('input[type=file]')
      .setInputFiles({ name: 'trial.json', mimeType: 'application/json', buffer: Buffer.from(JSON.stringify(EXPERIMENT)) })
    await page.getByRole('article', { name: EXPERIMENT.name }).getByRole('button', { name: 'Start' }).click()
    await page.getByRole('treegrid').waitFor()
    await page.getByRole('link', { name: 'Playground' }).click()
    await page.getByRole('heading', { name: 'Play with a trained policy' }).waitFor()
    // Both runs come to stand here as they complete.
    await page.getByRole('button', { name: /seed 2/ }).waitFor({ timeout: 40_000 })
    // They are found by words and conditions.
    const finder = page.getByRole('searchbox', { name: /^Find a policy/ })
    await finder.fill('dmro-plus seed = 2')
    await page.getByText('1 of 2 policies').waitFor()
    await finder.fill('gap < 5')
    await page.getByRole('alert').filter({ hasText: 'gap needs its unit' }).waitFor()
    await finder.fill('nothing of the kind')
    await page.getByText('No policy matches.').waitFor()
    await finder.fill('seed = 1')
    await page.getByRole('button', { name: /seed 1/ }).click()
    await page.getByText('Gap now').first().waitFor()

    const before = { cost: await figure(page, 'Cost Q now'), optimum: await figure(page, 'Optimum Q* now') }
    const bandwidth = page.getByRole('slider', { name: 'Bandwidth device – edge' })
    await bandwidth.focus()
    for (let press = 0; press < 25; press++) await page.keyboard.press('ArrowLeft')
    await expect.poll(() => bandwidth.getAttribute('aria-valuetext')).toBe('0.648 MB/s')
    await expect.poll(() => figure(page, 'Optimum Q* now')).not.toBe(before.optimum)

    const speed = page.getByRole('slider', { name: 'Speed of cloud' })
    const box = await speed.boundingBox()
    if (!box) throw new Error('the slider is not there')
    await page.mouse.move(box.x + box.width / 2, box.y + box.height / 2)
    await page.mouse.down()
    await page.mouse.move(box.x + box.width / 4, box.y + box.height / 2, { steps: 5 })
    await page.mouse.up()
    await expect.poll(async () => Number((await speed.getAttribute('aria-valuetext'))?.replace(/\D/g, ''))).toBeLessThan(25_000)
    await page.getByLabel('Workflow', { exact: true }).selectOption('w7')
    await page.getByRole('group', { name: 'Tasks of w7' }).waitFor()

    const [download] = await Promise.all([page.waitForEvent('download'), page.getByRole('button', { name: 'Download' }).click()])
    const path = join(folder, 'changed.scenario.json')
    await download.saveAs(path)
    const { topology } = JSON.parse(readFileSync(path, 'utf8'))
    expect(topology.links[0]).toMatchObject({ from: 'device', to: 'edge', bandwidthMBps: 0.648 })
    const { stdout } = spawnSync(process.execPath, [CLI, 'optimum', path, '--json', '--home', join(folder, 'home')], { encoding: 'utf8' })
    const best = JSON.parse(stdout).workflows.find(({ id }: { id: string }) => id === 'w7')
    const shown = await laneOf(page, 'Optimum now')
    expect(shown?.[0]).toBeCloseTo(best.delaySeconds, 0)
    expect(shown?.[1]).toBeCloseTo(best.energyJoules, 0)
    expect(shown?.[2]).toBeCloseTo(best.cost, 4)
    const optimumTasks = await page
      .locator('[data-strip=optimum] .task')
      .evaluateAll((tasks) => tasks.map((task) => task.getAttribute('title')))
    expect(optimumTasks).toEqual(Object.entries(best.placement).map(([task, place]) => `${task}: ${place}`))

    await page.getByRole('button', { name: 'Reset' }).click()
    await expect.poll(() => figure(page, 'Cost Q now')).toBe(before.cost)
    expect(complaints).toEqual([])
    await close()
  })

  it('lets learners recover from chosen, old and random weights side by side, each in its row and curve', async () => {
    const { page, complaints, close } = await openPage(browser, lab.url)
    await page.locator('main .top').waitFor()
    await goTo(page, '/playground')
    await page.getByRole('button', { name: /seed 1/ }).click()
    await page.getByText('Gap now').first().waitFor()
    const psi = page.getByRole('combobox', { name: /^Weights to start from/ })
    // The lab's own policies stand there too, of other networks: this one fits.
    await psi.fill('seed 2')
    const fitting = page.getByRole('option', { name: /seed 2/ }).first()
    // No meta-learning made it, and nothing says so.
    expect(await fitting.innerText()).toMatch(/^weights of /)
    await fitting.click()
    const chosen = await psi.inputValue()
    await page.getByLabel('Seeds', { exact: true }).selectOption('3')
    await page.getByLabel('Change', { exact: true }).selectOption('slowClouds')
    await page.getByRole('button', { name: 'Adapt all three' }).click()
    const rows = page.getByRole('region', { name: 'Recovery' }).locator('tbody tr')
    await expect.poll(() => rows.filter({ hasText: /\d+ steps, 3 of 3 seeds/ }).count(), { timeout: 40_000 }).toBe(3)
    const steps = (await rows.allInnerTexts()).map((row) => Number(/(\d+) steps/.exec(row)?.[1]))
    expect(steps[2]).toBeGreaterThan(Math.max(steps[0], steps[1]))
    const chart = await page.getByRole('img', { name: /Cost Q while adapting/ }).getAttribute('aria-label')
    for (const start of ['from chosen weights', 'from its old weights', 'from random']) expect(chart).toContain(`${start} goes from`)
    // Done by themselves, or stopped: the way to start stands there again.
    await page.getByRole('button', { name: 'Adapt all three' }).waitFor({ timeout: 20_000 })
    // What the learners have made of the policy is looked at in its place, each seed by itself.
    const lane = page.locator('.lane-head').first()
    const gaps = () => page.getByLabel('Workflow', { exact: true }).locator('option').allInnerTexts()
    const notAdapted = await gaps()
    await page.getByLabel('Placements of').selectOption({ label: 'Adapted from its old weights, seed 2' })
    await lane.getByText('Adapted from its old weights, seed 2').waitFor()
    await page.getByText('w1, adapted').waitFor()
    await expect.poll(gaps).not.toEqual(notAdapted)
    await page.locator('label.segment', { hasText: 'training s' }).click()
    await expect.poll(() => page.getByRole('img', { name: /Cost Q while adapting/ }).count()).toBe(1)
    // The world is found as it was left.
    const changed = await figure(page, 'Optimum Q* now')
    await page.reload()
    await expect.poll(() => figure(page, 'Optimum Q* now')).toBe(changed)
    expect(await psi.inputValue()).toBe(chosen)
    expect(await page.getByRole('button', { name: 'Reset' }).isEnabled()).toBe(true)
    expect(complaints).toEqual([])
    await close()
  })

  it('says so where the address names no trained run', async () => {
    const { page, close } = await openPage(browser, lab.url)
    await page.locator('main .top').waitFor()
    await goTo(page, '/playground?run=ffffffff')
    await page.getByRole('alert').filter({ hasText: 'There is no run ffffffff' }).waitFor()
    await page.getByRole('link', { name: 'Choose another policy' }).click()
    await page.getByRole('heading', { name: 'Play with a trained policy' }).waitFor()
    await close()
  })
})
