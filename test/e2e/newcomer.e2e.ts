import type { Browser, Locator, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { launchBrowser, openPage, type ServedLab, serveLab } from './browser'
import { settled } from './labs'
import { wire } from './rooms'

let browser: Browser
let lab: ServedLab

beforeAll(async () => {
  ;[browser, lab] = await Promise.all([launchBrowser(), serveLab()])
})

afterAll(async () => {
  await browser?.close()
  await lab?.stop()
})

/** Counts every press of the mouse, a drag as one, whatever it hits. */
async function countPresses(page: Page): Promise<() => Promise<number>> {
  await page.evaluate(() => {
    let presses = 0
    addEventListener(
      'pointerdown',
      () => {
        presses += 1
        document.documentElement.dataset.presses = String(presses)
      },
      { capture: true }
    )
  })
  return () => page.evaluate(() => Number(document.documentElement.dataset.presses ?? 0))
}

describe('a newcomer', () => {
  it('is shown the main button of the page, which the tour does not cover in the smallest window', async () => {
    for (const viewport of [
      { width: 683, height: 467 },
      { width: 1024, height: 700 },
      { width: 1440, height: 900 }
    ]) {
      const { page, close } = await openPage(browser, lab.url, { firstVisit: true, viewport })
      await page.locator('.tour', { hasText: '“Start the quick experiment: 26 runs” is the main button' }).waitFor()
      await settled(page)
      const [button, tour] = await Promise.all([page.locator('[data-toured]').boundingBox(), page.locator('.tour').boundingBox()])
      if (!button || !tour) throw new Error('one of them is out of sight')
      expect(tour.y >= button.y + button.height || tour.y + tour.height <= button.y).toBe(true)
      expect(tour.y >= 0 && tour.y + tour.height <= viewport.height).toBe(true)
      await close()
    }
  })

  it('comes from the first start to a running experiment on a topology of one’s own within 15 clicks', async () => {
    const { page, close } = await openPage(browser, lab.url, { firstVisit: true, viewport: { width: 1280, height: 800 } })
    const tour = page.locator('.tour')
    await tour.waitFor()
    const presses = await countPresses(page)
    // Whatever is clicked is in sight and named by what the page has said before.
    const click = async (what: Locator) => {
      expect(await what.isVisible()).toBe(true)
      await what.click()
    }
    // It begins with what this page is for.
    await tour.getByText('“Start the quick experiment: 26 runs” is the main button').waitFor()
    expect(await page.locator('[data-toured]').innerText()).toBe('Start the quick experiment: 26 runs')
    await click(tour.getByRole('button', { name: 'Next' }))
    await tour.getByText('“Use in an experiment”').waitFor()
    await click(tour.getByRole('button', { name: 'Next' }))
    await click(tour.getByRole('button', { name: 'Next' }))
    await click(tour.getByRole('button', { name: 'Done' }))
    await click(page.getByRole('link', { name: 'Topologies' }))
    await page.getByText('You have not drawn a topology yet.').waitFor()
    await click(page.getByRole('button', { name: 'New topology' }))
    await page.getByText('Drag a device, an edge and a cloud from the left').waitFor()
    const canvas = page.getByRole('application')
    const draw = (label: RegExp, x: number) => page.getByRole('button', { name: label }).dragTo(canvas, { targetPosition: { x, y: 160 } })
    await draw(/^Device/, 110)
    await draw(/^Edge server/, 370)
    await draw(/^Cloud server/, 630)
    await wire(page, 'device-1', 'edge-1')
    await wire(page, 'edge-1', 'cloud-1')
    await page.getByText('Every device reaches an edge or a cloud.').waitFor()
    await click(page.getByRole('button', { name: 'Use in an experiment' }))
    // The plan stands on the drawing already: nothing is left to choose.
    await page.getByRole('checkbox', { name: /^topology-1 × paper/, checked: true }).waitFor()
    const start = page.getByRole('button', { name: 'Queue 9 runs' })
    await start.waitFor()
    await page.getByLabel('Runs, time, memory and disk').getByText('6 learned, 3 without training').waitFor()
    await click(start)
    await page.getByText('topology-1: 9 runs queued').waitFor()
    await page.getByRole('treegrid').getByText('running').first().waitFor()
    await expect.poll(() => page.getByRole('treegrid').innerText()).toContain('topology-1 × paper')
    expect(await presses()).toBeLessThanOrEqual(15)
    await close()
  })
})
