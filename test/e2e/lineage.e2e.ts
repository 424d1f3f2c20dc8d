import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openStore } from '../../src/main/store'
import { axeFindings } from './axe'
import { launchBrowser, openPage, type ServedLab, serveLab, type WatchedPage } from './browser'
import { fillLineage } from './lineage-sample'
import { goTo, nodeOf } from './rooms'

let browser: Browser
let home: string
let lab: ServedLab
let watched: WatchedPage
let sample: ReturnType<typeof fillLineage>

beforeAll(async () => {
  home = mkdtempSync(join(tmpdir(), 'dmro-lab-e2e-'))
  const store = openStore(home)
  sample = fillLineage(store)
  store.close()
  ;[browser, lab] = await Promise.all([launchBrowser(), serveLab({ home })])
  watched = await openPage(browser, lab.url, { viewport: { width: 1440, height: 900 } })
})

afterAll(async () => {
  await browser?.close()
  await lab?.stop()
  rmSync(home, { recursive: true, force: true, maxRetries: 3 })
})

const held = () => watched.page.getByRole('region', { name: 'From the library' })
const noticed = (words: string | RegExp) => watched.page.getByRole('status').filter({ hasText: words }).first().waitFor()
const heads = () => watched.page.getByRole('treegrid').locator('.name').allInnerTexts()
const node = (name: string | RegExp) => watched.page.locator('.stage').getByRole('button', { name })

// One story, each step from where the last one ended.
describe('a plan that holds versions', () => {
  it('says that a newer one is there and what would change, and is updated by one click that can be taken back', async () => {
    const { page } = watched
    await goTo(page, `/experiments/${sample.energy}`)
    await held().getByText('Campus v2').waitFor()
    await held().getByText('16,000').waitFor()
    expect(await held().innerText()).toMatch(/library-edge, processor, MHz\s+16,000\s+→\s+32,000/)
    expect(await axeFindings(page)).toEqual([])
    await held().getByRole('button', { name: 'Update to v3: Campus from v2' }).click()
    await held().getByText('Campus v3').waitFor()
    await expect.poll(() => held().getByRole('button').count()).toBe(0)
    await page.keyboard.press('Control+z')
    await held().getByText('Campus v2').waitFor()
    await page.keyboard.press('Control+Shift+z')
    await held().getByText('Campus v3').waitFor()
    await page.keyboard.press('Control+s')
    await noticed('Energy on campus: saved as version 2')
  })

  it('holds what it named once it is saved, and says until then that a name means the newest', async () => {
    const { page } = watched
    await goTo(page, `/experiments/${sample.named}`)
    await held().getByText('by name: v3 now').waitFor()
    await page.getByLabel('Name of the experiment').fill('No longer by name')
    await page.keyboard.press('Control+s')
    await noticed('No longer by name: saved as version 2')
    await held().getByText('Campus v3').waitFor()
    await held().getByText('newest').waitFor()
  })

  it('means the same after a new version is saved and the document is renamed', async () => {
    const { page } = watched
    await goTo(page, `/topologies/${sample.campus}`)
    await nodeOf(page, 'library-edge').click()
    await page.getByLabel('Processor').first().fill('64000')
    await page.keyboard.press('Control+s')
    await noticed('saved as version 4')
    await goTo(page, '/topologies')
    await page.getByRole('article', { name: 'Campus', exact: true }).getByRole('button').last().click()
    await page.getByRole('menuitem', { name: 'Rename' }).click()
    await page.getByRole('textbox', { name: 'Rename' }).fill('Headquarters')
    await page.keyboard.press('Enter')
    await page.getByRole('article', { name: 'Headquarters', exact: true }).waitFor()
    await goTo(page, `/experiments/${sample.named}`)
    await held().getByText('Headquarters v3').waitFor()
    await held().getByRole('button', { name: 'Update to v4: Headquarters from v3' }).waitFor()
    await page.getByRole('button', { name: /^Queue/ }).click()
    await page.getByRole('treegrid').waitFor()
  })
})

describe('what runs came from', () => {
  it('tells scenarios of one label apart in the table by their versions', async () => {
    const { page } = watched
    await goTo(page, '/?view=all')
    await page.getByRole('treegrid').waitFor()
    await expect
      .poll(heads)
      .toEqual(
        expect.arrayContaining([
          'Campus · Headquarters v3 · Sensor rounds v2',
          'Campus · Headquarters v2 · Sensor rounds v2',
          'Campus · Headquarters v2 · Sensor rounds v1'
        ])
      )
  })

  it('leads from a run to its documents, and from each of their versions to its runs', async () => {
    const { page } = watched
    await goTo(page, `/runs/${sample.third[0]}`)
    const sources = page.locator('.sources')
    await expect
      .poll(() => sources.innerText())
      .toMatch(/Topology\s+Headquarters v2\s+Workload\s+Sensor rounds v2\s+Experiment\s+Energy on campus v1/)
    await sources.getByRole('link', { name: 'Headquarters v2' }).click()
    await page.getByRole('link', { name: 'Show the 12 runs of Headquarters v2' }).click()
    await page.getByText(/^12 of \d+/).waitFor()
    expect(await page.getByRole('searchbox').or(page.getByPlaceholder('Words, or gap < 1 % tag:paper')).first().inputValue()).toBe(
      'topology = "Headquarters v2"'
    )
    for (const [path, name] of [
      [`/workloads/${sample.rounds}`, 'Show the 9 runs of Sensor rounds v1'],
      [`/experiments/${sample.rivals}`, 'Show the 12 runs of Rivals on campus v2']
    ]) {
      await goTo(page, path)
      await page.getByRole('button', { name: /versions of/ }).click()
      await page.getByRole('link', { name }).click()
      await page.getByRole('treegrid').waitFor()
    }
    await page.getByText(/^12 of \d+/).waitFor()
  })
})

describe('the lineage', () => {
  it('shows what holds a version and what came of it, and what does not hold the newest yet', async () => {
    const { page } = watched
    await goTo(page, `/topologies/${sample.campus}`)
    await page.getByRole('link', { name: 'Lineage of Headquarters' }).click()
    await node(/^Headquarters v4/).waitFor()
    const aside = page.getByRole('complementary', { name: 'Headquarters v4' })
    await aside.getByText('Not on v4 yet').waitFor()
    await expect.poll(() => aside.innerText()).toMatch(/Rivals on campus holds v3\.[\s\S]*Energy on campus holds v3\./)
    await node(/^Headquarters v2/).click()
    const second = page.getByRole('complementary', { name: 'Headquarters v2' })
    await expect.poll(() => second.innerText()).toMatch(/Used by\s+Rivals on campus v1\s+Energy on campus v1/)
    await expect.poll(() => page.locator('path.kin').count()).toBeGreaterThan(3)
    expect(await axeFindings(page)).toEqual([])
  })

  it('is walked by keys: to the experiment, its runs, their comparison, and into it', async () => {
    const { page } = watched
    await node(/^Headquarters v2/).focus()
    await page.keyboard.press('ArrowRight')
    await page.getByRole('complementary', { name: 'Rivals on campus v1' }).waitFor()
    await page.keyboard.press('ArrowRight')
    await page.getByRole('complementary', { name: 'Rivals on campus', exact: true }).getByText('Came from').waitFor()
    await page.keyboard.press('ArrowRight')
    await page.getByRole('complementary', { name: 'Edges, one core or two' }).waitFor()
    await page.getByText('Only what is chosen').click()
    await expect.poll(() => node(/^Headquarters v4/).count()).toBe(0)
    await node(/^Edges, one core or two/).focus()
    await page.keyboard.press('Enter')
    await page.waitForURL(/#\/compare\?.*saved=/)
  })

  it('of a run shows what it came from alone', async () => {
    const { page } = watched
    await goTo(page, `/runs/${sample.first[0]}`)
    await page.locator('.sources').getByRole('link', { name: 'Lineage' }).click()
    await node(/^Rivals on campus, 9 runs/).waitFor()
    const aside = page.getByRole('complementary', { name: 'Rivals on campus', exact: true })
    await expect.poll(() => aside.innerText()).toMatch(/Came from[\s\S]*Headquarters v2[\s\S]*Sensor rounds v1[\s\S]*Used by/)
    await goTo(page, '/lineage/ffffffff')
    await page.getByText('This document does not exist.').waitFor()
  })
})
