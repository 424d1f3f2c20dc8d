import type { Browser, Locator, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { findingsInBoth } from './axe'
import { launchBrowser, openPage, type ServedLab, serveLab, type WatchedPage } from './browser'
import { goTo } from './rooms'

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

const histogram = (page: Page, name: string) => page.getByRole('img', { name: new RegExp(`^${name}`) })
const described = (locator: Locator) => locator.getAttribute('aria-label')

// One story, each step from where the last one ended.
describe('a generator of graphs', () => {
  it('draws a batch and counts its shapes while its fields are written', async () => {
    const { page } = watched
    await goTo(page, '/workloads')
    await page.getByRole('button', { name: 'New generator' }).click()
    await page.getByLabel('Name of the workload').fill('rounds')
    expect(await histogram(page, 'Width').count()).toBe(0)
    await page.getByText('graph', { exact: true }).click()
    await expect.poll(() => described(histogram(page, 'Width'))).toMatch(/^Width.*: 200 values from \d to \d, mean \d/)
    await expect.poll(() => described(histogram(page, 'Depth'))).toMatch(/^Depth, layers: 200 values/)
    await expect.poll(() => described(histogram(page, 'Degree'))).toMatch(/: 2,000 values from 0 to \d/)
    const ratio = await described(histogram(page, 'Communication'))
    await page.getByLabel('Later flows, to, MB').fill('500')
    await expect.poll(() => described(histogram(page, 'Communication'))).not.toBe(ratio)
    await page.getByText('full', { exact: true }).click()
    await page.getByLabel('Together', { exact: true }).fill('4')
    await page.getByText('stream', { exact: true }).click()
    await page.getByLabel('Mean gap between releases, s').fill('2.5')
    await page.getByRole('img', { name: /^Workflow w4 of device, released at \d.* s, drawn small$/ }).waitFor()
    await page.getByText('4 × 10 tasks on 3 places: 3^40 placements of a batch.').waitFor()
    await page.getByLabel('Width, to').fill('1.5')
    await page.getByRole('alert').filter({ hasText: 'fat must not exceed 1' }).waitFor()
    await page.getByLabel('Width, to').fill('0.7')
    await expect.poll(() => page.getByRole('alert').count()).toBe(0)
    await page.keyboard.press('Control+s')
    await page.getByText('rounds: saved as version 1').waitFor()
  })

  it('is accessible, dark and light', async () => {
    expect(await findingsInBoth(watched.page)).toEqual({ dark: [], light: [] })
  })
})

describe('the drawing of a workflow', () => {
  const drawing = (page: Page, tasks: number, flows: number) =>
    page.getByRole('region', { name: `Workflow w1: ${tasks} tasks, ${flows} flows` })
  const bar = (page: Page) => page.getByRole('group', { name: 'What is chosen on the drawing' })

  it('takes tasks and flows by keys', async () => {
    const { page } = watched
    await goTo(page, '/workloads')
    await page.getByRole('button', { name: 'Write by hand' }).click()
    await drawing(page, 2, 3).press('ArrowRight')
    await bar(page).getByText('t1', { exact: true }).waitFor()
    await drawing(page, 2, 3).press('t')
    await drawing(page, 3, 5).waitFor()
    await bar(page).getByText('t3', { exact: true }).waitFor()
    // From the new task back to where its data comes from: a circle, said and not drawn.
    await drawing(page, 3, 5).press('f')
    await page.keyboard.press('ArrowLeft')
    await page.keyboard.press('ArrowLeft')
    await page.keyboard.press('Enter')
    await page.getByText('A flow from t3 to t1 would close a circle').waitFor()
    await bar(page).getByLabel('Work of a task, t3').fill('777')
    await expect.poll(() => drawing(page, 3, 5).textContent()).toContain('777 Mc')
    await drawing(page, 3, 5).focus()
    await page.keyboard.press('Delete')
    // What flowed through it flows on past it.
    await drawing(page, 2, 4).waitFor()
    await page.keyboard.press('Control+z')
    await drawing(page, 3, 5).waitFor()
  })

  it('takes flows by the pointer, and changes and removes them', async () => {
    const { page } = watched
    const from = await page.locator('[data-port="t3"]').boundingBox()
    const to = await page.locator('[data-node="t2"]').boundingBox()
    if (!from || !to) throw new Error('t2 or t3 is out of sight')
    await page.mouse.move(from.x + from.width / 2, from.y + from.height / 2)
    await page.mouse.down()
    await page.mouse.move(to.x + 20, to.y + 20, { steps: 4 })
    await page.mouse.up()
    await drawing(page, 3, 6).waitFor()
    await bar(page).getByLabel('Data, t3 → t2').fill('3.25')
    await expect.poll(() => drawing(page, 3, 6).textContent()).toContain('3.25 MB')
    await bar(page).getByRole('button', { name: 'Remove the chosen flow' }).click()
    await drawing(page, 3, 5).waitFor()
    await page.getByText('it runs as a graph').waitFor()
    expect(await findingsInBoth(page)).toEqual({ dark: [], light: [] })
  })
})
