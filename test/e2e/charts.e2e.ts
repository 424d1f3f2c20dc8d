import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { launchBrowser, openPage, type ServedLab, serveLab } from './browser'
import { copySample } from './kept-sample'
import { settled } from './labs'
import { goTo } from './rooms'
import type { Sample } from './sample'

let browser: Browser
let lab: ServedLab
let sample: Sample
const homes = mkdtempSync(join(tmpdir(), 'dmro-lab-e2e-'))

beforeAll(async () => {
  const home = join(homes, 'sample')
  ;[browser, sample] = await Promise.all([launchBrowser(), copySample(home)])
  lab = await serveLab({ home })
})

afterAll(async () => {
  await browser?.close()
  await lab?.stop()
  rmSync(homes, { recursive: true, force: true, maxRetries: 3 })
})

describe('the charts of a run', () => {
  it('all show the step that one of them is pointed at, and none once it is left', async () => {
    const { page, close } = await openPage(browser, lab.url)
    await goTo(page, `/runs/${sample.runs.dmro[0]}`)
    const charts = page.locator('.charts canvas')
    await charts.nth(4).waitFor()
    await settled(page)
    const drawn = () => charts.evaluateAll((all) => all.map((each) => (each as HTMLCanvasElement).toDataURL()))
    const before = await drawn()
    const changed = async () => (await drawn()).map((picture, i) => picture !== before[i])
    await charts.first().hover({ position: { x: 250, y: 90 } })
    await expect.poll(changed).toEqual(before.map(() => true))
    await page.mouse.move(5, 5)
    await expect.poll(changed).toEqual(before.map(() => false))
    await close()
  })
})
