import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { presetOf } from '@shared/presets'
import { axeFindings } from './axe'
import { launchBrowser, openPage, type ServedLab, serveLab, type WatchedPage } from './browser'
import { chooserByKeys, drop, goTo, startDocument } from './rooms'

const learner = { learnSteps: 1500, evaluateEvery: 100 }
const TRIAL = {
  format: 'dmro-experiment/1',
  name: 'travelling',
  scenarios: ['one-edge-one-cloud'],
  algorithms: [{ id: 'dqn', parameters: learner }, { id: 'optimum' }],
  seeds: [1, 2],
  heldOut: 20
}

const folder = mkdtempSync(join(tmpdir(), 'dmro-files-'))
let browser: Browser
let there: ServedLab
let here: ServedLab
let theirs: WatchedPage
let ours: WatchedPage
let bundle: Buffer

beforeAll(async () => {
  ;[browser, there, here] = await Promise.all([launchBrowser(), serveLab({ parallel: 1 }), serveLab()])
  ;[theirs, ours] = await Promise.all([openPage(browser, there.url), openPage(browser, here.url)])
})

afterAll(async () => {
  // Pages first: one that outlives its lab reconnects without success, and says so.
  await browser?.close()
  await Promise.all([there?.stop(), here?.stop()])
  rmSync(folder, { recursive: true, force: true })
})

/** A measured workflow in a row, with words to each task that nobody needs. */
function measured(tasks: number, words: number) {
  const ids = Array.from({ length: tasks }, (_, i) => `t${i}`)
  return {
    name: 'measured',
    schemaVersion: '1.5',
    workflow: {
      specification: { tasks: ids.map((id, i) => ({ id, parents: i > 0 ? [ids[i - 1]] : [] })) },
      execution: { tasks: ids.map((id) => ({ id, runtimeInSeconds: 1, command: { arguments: ['x'.repeat(words)] } })) }
    }
  }
}

const sheet = (page: Page) => page.getByRole('dialog', { name: 'Open files' })
const icon = (page: Page) => page.evaluate(() => document.querySelector('link[rel="icon"]')?.getAttribute('href') ?? '')

describe('training, seen from outside the page', () => {
  it('stands in the tab, in words and as a ring that fills, until it is over', { timeout: 60_000 }, async () => {
    const { page } = theirs
    await page.locator('main .top').first().waitFor()
    const usual = await icon(page)
    await startDocument(page, TRIAL)
    await expect.poll(() => page.title(), { timeout: 20_000, interval: 50 }).toMatch(/^\d{1,2} % · .* · DMRO Lab$/)
    expect(await icon(page)).toMatch(/^data:image\/svg\+xml,/)
    await page.getByText('0 running · 0 queued').waitFor({ timeout: 50_000 })
    await expect.poll(() => page.title()).toBe('Runs · DMRO Lab')
    expect(await icon(page)).toBe(usual)
  })
})

describe('a bundle', () => {
  it('is made of the selected runs, from their menu', async () => {
    const { page } = theirs
    await goTo(page, '/')
    await page.getByRole('checkbox', { name: 'Select all runs in sight' }).click()
    await page.getByRole('button', { name: 'Export', exact: true }).click()
    expect(await axeFindings(page)).toEqual([])
    const downloading = page.waitForEvent('download')
    await page.getByRole('button', { name: 'Bundle for another lab' }).click({ timeout: 10_000 })
    await page.getByText(/^4 runs bundled|The bundle failed/).waitFor()
    const download = await downloading
    expect(download.suggestedFilename()).toBe('4-runs.dmro')
    bundle = readFileSync(await download.path())
    await page.getByText(/^4 runs bundled/).waitFor()
  })

  it('dropped on another lab says what it holds, and brings the runs with their curves', async () => {
    const { page } = ours
    await page.locator('main .top').first().waitFor()
    await drop(page, { name: 'theirs.dmro', content: bundle })
    await sheet(page)
      .getByText(/made by DMRO Lab 0\.1\.0: 4 runs to import/)
      .waitFor()
    expect(await axeFindings(page)).toEqual([])
    await sheet(page).getByRole('button', { name: 'Open' }).click()
    await page.getByText('4 runs imported').waitFor()
    await page.getByRole('button', { name: 'Expand all' }).click()
    await page.locator('[role=row].run a').first().click()
    await page.locator('.readout').first().waitFor()
    await page.getByRole('tab', { name: /Log|Records/ }).click()
    await page.getByText(/^Imported from theirs\.dmro, bundled .* it was run [0-9a-f]{8} there\.$/).waitFor()
  })

  it('dropped again says that all of it is here, and doubles nothing', async () => {
    const { page } = ours
    await drop(page, { name: 'again.dmro', content: bundle })
    await sheet(page).getByText('4 runs already here').waitFor()
    await sheet(page).getByRole('button', { name: 'Open' }).click()
    await page.getByText('Nothing imported: 4 runs already here').waitFor()
    await expect.poll(() => page.locator('header').innerText()).toContain('4 runs')
  })

  it('that was damaged on its way is refused in a sentence', async () => {
    const { page } = ours
    const damaged = Buffer.from(bundle)
    damaged[Math.floor(damaged.length / 3)] ^= 0xff
    await drop(page, { name: 'damaged.dmro', content: damaged })
    // Which sentence it is hangs on what the byte was of; it names a file of the bundle, or the zip.
    await sheet(page)
      .getByRole('alert')
      .getByText(/^(the zip file|manifest\.json|"?(runs|scenarios|experiments)\/\S+).*: /)
      .waitFor()
    expect(await sheet(page).getByRole('button', { name: 'Open' }).count()).toBe(0)
    await sheet(page).getByRole('button', { name: 'Close', exact: true }).last().click()
  })
})

describe('a file dropped anywhere', () => {
  const topology = presetOf('one-edge-one-cloud', 'topology') as { name: string }

  it('goes to the page of what it holds, whatever it is called: a topology to the editor', async () => {
    const { page } = ours
    await goTo(page, '/compare')
    await drop(page, { name: 'notes.txt', content: JSON.stringify({ ...topology, name: 'dropped' }) })
    await sheet(page).getByText('The topology “dropped”: 3 nodes, 3 links.').waitFor()
    await sheet(page).getByRole('button', { name: 'Open' }).click()
    await page.waitForURL(/#\/topologies\/[0-9a-f]{8}$/)
    await page.getByText('dropped').first().waitFor()
  })

  it.each([
    ['an experiment', 'x.json', JSON.stringify(TRIAL), 'The experiment “travelling”', /#\/experiments\/[0-9a-f]{8}$/],
    [
      'a scenario',
      's.json',
      JSON.stringify(presetOf('one-edge-one-cloud', 'scenario')),
      'The scenario “one-edge-one-cloud”',
      /#\/experiments\/[0-9a-f]{8}$/
    ],
    [
      'a WfCommons workflow',
      'w.json',
      JSON.stringify(presetOf('chain', 'workload')),
      'The workload “camera-chain” (WfCommons',
      /#\/workloads\/[0-9a-f]{8}$/
    ],
    [
      'an MRLCO graph',
      'g.gv',
      'digraph {\n a [size="100", expect_size="10"]\n b [size="200", expect_size="20"]\n a -> b [size="50"]\n}',
      'MRLCO task graph',
      /#\/workloads\/[0-9a-f]{8}$/
    ]
  ])('takes %s where it belongs', async (_what, name, content, says, address) => {
    const { page } = ours
    await goTo(page, '/')
    await drop(page, { name, content })
    await sheet(page).getByText(says).first().waitFor()
    await sheet(page).getByRole('button', { name: 'Open' }).click()
    await page.waitForURL(address)
  })

  it('of ten megabytes is read beside the page, which is not blocked', async () => {
    const { page } = ours
    await goTo(page, '/')
    const path = join(folder, 'large.json')
    writeFileSync(path, JSON.stringify(measured(3000, 3500)))
    expect(statSync(path).size).toBeGreaterThan(10_000_000)
    // How long the page stood still at most, and how long the whole of it took.
    await page.evaluate(() => {
      const told = { longest: 0, began: performance.now(), last: performance.now() }
      Object.assign(window, { told })
      setInterval(() => {
        const now = performance.now()
        told.longest = Math.max(told.longest, now - told.last)
        told.last = now
      }, 5)
    })
    const [chooser, worker] = await Promise.all([
      page.waitForEvent('filechooser').then(async (given) => given.setFiles(path)),
      page.waitForEvent('worker'),
      page.keyboard.press('Control+o')
    ])
    expect([chooser, worker.url()]).toEqual([undefined, expect.stringContaining('/assets/reading.worker')])
    await sheet(page).getByText('The workload “measured” (WfCommons (WfFormat)): 1 workflow.').waitFor()
    const { longest, began, last } = await page.evaluate(
      () => (window as unknown as { told: { longest: number; began: number; last: number } }).told
    )
    expect(longest).toBeLessThan((last - began) / 2)
    await page.keyboard.press('Escape')
    await sheet(page).waitFor({ state: 'detached' })
  })

  it('in UTF-16 is read as well', async () => {
    const { page } = ours
    await goTo(page, '/')
    const content = Buffer.from(`\ufeff${JSON.stringify({ ...topology, name: 'zwölf 大' })}`, 'utf16le')
    await drop(page, { name: 'wide.json', content })
    await sheet(page).getByText('The topology “zwölf 大”: 3 nodes, 3 links.').waitFor()
    await page.keyboard.press('Escape')
    await sheet(page).waitFor({ state: 'detached' })
  })

  it('that is in no known format, or broken, says so; several are looked at together', async () => {
    const { page } = ours
    await goTo(page, '/')
    await drop(
      page,
      { name: 'photo.png', content: Buffer.from([0x89, 0x50, 0, 1]) },
      { name: 'broken.json', content: '{"format": ' },
      { name: 'empty', content: '' }
    )
    await sheet(page).getByText('The format of this file is not known.').waitFor()
    await sheet(page)
      .getByText(/is not JSON: /)
      .waitFor()
    await sheet(page).getByText('This file is empty.').waitFor()
    await page.keyboard.press('Escape')
    await sheet(page).waitFor({ state: 'detached' })
  })

  it('can be chosen by Ctrl O as well', async () => {
    const { page } = ours
    const chooser = await chooserByKeys(page)
    await chooser.setFiles({ name: 't.json', mimeType: 'application/json', buffer: Buffer.from(JSON.stringify(topology)) })
    await sheet(page)
      .getByText(/^The topology “/)
      .waitFor()
    await page.keyboard.press('Escape')
    await sheet(page).waitFor({ state: 'detached' })
  })
})

describe('closing the page', () => {
  it('asks over words that are not kept yet, and only then', { timeout: 30_000 }, async () => {
    const { page } = await openPage(browser, there.url)
    await page.getByRole('button', { name: 'Expand all' }).click()
    await page.locator('[role=row].run a').first().click()
    await page.getByRole('tab', { name: 'Notes' }).click()
    // The program does not take it for now: nothing but the page has these words.
    process.kill(there.pid, 'SIGSTOP')
    await page.getByLabel(/^Note/).fill('half a thought')
    const asked = page.waitForEvent('dialog')
    await page.close({ runBeforeUnload: true })
    const dialog = await asked
    expect(dialog.type()).toBe('beforeunload')
    await dialog.dismiss()
    process.kill(there.pid, 'SIGCONT')
    await page.getByText(/^typed text kept/).waitFor()
    const closed = page.waitForEvent('close')
    await page.close({ runBeforeUnload: true })
    await closed
  })
})

describe('notifications', () => {
  it('are asked for by a click and never before', async () => {
    const { page, close } = await openPage(browser, here.url)
    await page.evaluate(() => {
      const wanted = { asked: 0 }
      Object.assign(window, { wanted })
      Notification.requestPermission = () => {
        wanted.asked++
        return Promise.resolve('denied')
      }
    })
    const asked = () => page.evaluate(() => (window as unknown as { wanted: { asked: number } }).wanted.asked)
    await page.locator('main .top').first().waitFor()
    await page.keyboard.press('Control+,')
    expect(await asked()).toBe(0)
    await page.getByRole('radio', { name: 'On', exact: true }).click({ force: true })
    await page.getByText('This browser does not let the page show notifications').waitFor()
    expect(await asked()).toBe(1)
    expect(await page.getByRole('radio', { name: 'Off', exact: true }).isChecked()).toBe(true)
    expect(await axeFindings(page)).toEqual([])
    await close()
  })
})
