import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openStore } from '../../src/main/store'
import { launchBrowser, openPage, type ServedLab, serveLab, type WatchedPage } from './browser'
import { CAMPUS } from './documents'
import { fillHistory } from './history'
import { goTo } from './rooms'

let browser: Browser
let home: string
let lab: ServedLab
let watched: WatchedPage
let runs: string[]

const PLAN = {
  format: 'dmro-experiment/1',
  name: 'Rush hour',
  scenarios: [{ format: 'dmro-scenario/1', name: 'campus', topology: 'Campus', workload: 'paper' }],
  algorithms: [{ id: 'optimum' }],
  seeds: [1]
}

/** A topology of two versions with edits, an experiment that names it, three runs of which a comparison holds two. */
function fill(): void {
  runs = fillHistory(home, { name: 'rounds', runs: 3, points: 10 })
  const store = openStore(home)
  const add = (kind: 'topology' | 'experiment', content: { name: string }) =>
    store.library.insert({ kind, name: content.name, content, facts: {}, faults: 0 }, Date.now()).id
  const campus = add('topology', CAMPUS[0])
  store.library.add(campus, { content: CAMPUS[1], facts: {}, faults: 0 }, Date.now())
  add('experiment', PLAN)
  store.marks.update(runs[0], { tags: ['kept'], note: 'why it matters' })
  store.comparisons.save({ name: 'First two', runs: runs.slice(0, 2), look: {} }, Date.now())
  store.close()
}

async function open(): Promise<void> {
  lab = await serveLab({ home })
  watched = await openPage(browser, lab.url, { viewport: { width: 1440, height: 900 } })
}

beforeAll(async () => {
  home = mkdtempSync(join(tmpdir(), 'dmro-lab-e2e-'))
  fill()
  browser = await launchBrowser()
  await open()
})

afterAll(async () => {
  await browser?.close()
  await lab?.stop()
  rmSync(home, { recursive: true, force: true, maxRetries: 3 })
})

const dialog = () => watched.page.getByRole('dialog')
const entry = (name: string) => watched.page.locator('tr', { hasText: name })
const inBin = () => watched.page.locator('tbody tr').count()
const noticed = (words: string | RegExp) => watched.page.getByRole('status').filter({ hasText: words }).waitFor()

async function deleteCampus(): Promise<void> {
  const { page } = watched
  await goTo(page, '/topologies')
  await page.getByRole('article', { name: 'Campus', exact: true }).getByRole('button').last().click()
  await page.getByRole('menuitem', { name: 'Delete' }).click()
}

// One story, each step from where the last one ended.
describe('the bin', () => {
  it('says that it is empty', async () => {
    const { page } = watched
    await page.getByRole('link', { name: 'Bin' }).click()
    await page.getByText('The bin is empty: what is deleted stays here for 30 days').waitFor()
  })

  it('gets nothing that is in use before someone has read by what', async () => {
    const { page } = watched
    await deleteCampus()
    await dialog().getByText('Used by experiment Rush hour.').waitFor()
    await dialog().getByText('Experiments cannot start new runs with it until it is restored.').waitFor()
    await page.keyboard.press('Escape')
    await expect.poll(() => dialog().count()).toBe(0)
    await page.getByRole('article', { name: 'Campus', exact: true }).waitFor()
    await deleteCampus()
    await dialog().getByRole('button', { name: 'Delete' }).click()
    await noticed('“Campus” deleted · in the bin for 30 days. Used by 1 experiment.')
    await expect.poll(() => page.getByRole('article', { name: 'Campus', exact: true }).count()).toBe(0)
  })

  it('gets runs, which count nowhere from then on', async () => {
    const { page } = watched
    await goTo(page, '/')
    await page.getByRole('checkbox', { name: 'Select all runs in sight' }).click()
    await page.getByRole('button', { name: 'Delete', exact: true }).click()
    await dialog().getByText('Used by comparison First two.').waitFor()
    await dialog().getByRole('button', { name: 'Delete' }).click()
    await noticed('3 runs deleted')
    await page.getByText('No runs yet').waitFor()
    await expect.poll(() => page.locator('[data-room=runs]').innerText()).not.toContain('3')
    await expect.poll(() => page.locator('[data-room=bin]').innerText()).toContain('2')
    await expect.poll(() => page.getByRole('contentinfo').innerText()).toMatch(/database .+, bin .+ [kM]?B/)
  })

  it('keeps all of it over a restart, restores by one press and under another name where the name is taken', {
    timeout: 60_000
  }, async () => {
    await watched.close()
    await lab.stop()
    const store = openStore(home)
    store.library.insert({ kind: 'topology', name: 'campus', content: { ...CAMPUS[0], name: 'campus' }, facts: {}, faults: 0 }, 1)
    store.close()
    await open()
    const { page } = watched
    await goTo(page, '/bin')
    await entry('Campus').getByText('topology, 2 versions').waitFor()
    expect(await entry('seeds 0–2 · rounds').innerText()).toContain('1 comparison')
    await entry('Campus').getByRole('button', { name: 'Restore Campus' }).click()
    await noticed('Restored as “Campus (restored)”: the name “Campus” is taken by now.')
    await page.keyboard.press('r')
    await noticed('dqn · seeds 0–2 · rounds restored')
    await page.getByText('The bin is empty').waitFor()
    await goTo(page, `/runs/${runs[0]}`)
    await page.getByRole('tab', { name: 'Notes' }).click()
    expect(await page.getByLabel(/^Note/).inputValue()).toBe('why it matters')
    await goTo(page, '/topologies')
    await page.getByRole('article', { name: 'Campus (restored)' }).waitFor()
    await goTo(page, '/compare')
    await page.getByText('First two').click()
    await page.getByText('2 runs').first().waitFor()
  })

  it('is found through by words and keys, and emptied after a question that names what is lost', async () => {
    const { page } = watched
    await goTo(page, '/experiments')
    await page.getByRole('button', { name: 'Delete: Rush hour' }).click()
    await noticed('Rush hour deleted')
    await goTo(page, '/compare')
    await page.getByRole('button', { name: 'Delete First two' }).click()
    await noticed('Deleted: First two')
    await goTo(page, '/topologies')
    await page.getByRole('article', { name: 'campus', exact: true }).getByRole('button').last().click()
    await page.getByRole('menuitem', { name: 'Delete' }).click()
    await noticed('“campus” deleted')
    await goTo(page, '/bin')
    await expect.poll(inBin).toBe(3)
    await page.keyboard.press('/')
    await page.keyboard.type('two comparison')
    await expect.poll(inBin).toBe(1)
    await page.getByLabel('Find in the bin').fill('')
    await page.getByRole('button', { name: 'campus' }).first().focus()
    await page.keyboard.press('j')
    await page.keyboard.press('x')
    await page.getByText('1 chosen').waitFor()
    await page.keyboard.press('Delete')
    await dialog().getByRole('heading', { name: 'Delete “First two” for good?' }).waitFor()
    await page.keyboard.press('Enter')
    await expect.poll(() => dialog().count()).toBe(0)
    expect(await inBin()).toBe(3)
    await page.keyboard.press('Delete')
    await dialog().getByRole('button', { name: 'Delete for good' }).click()
    await noticed(/Deleted for good: 1 comparison/)
    await expect.poll(inBin).toBe(2)
    await page.getByRole('button', { name: /^Empty the bin/ }).click()
    await dialog()
      .getByText(/^This deletes 1 topology, 1 experiment, .+B\. This cannot be undone\.$/)
      .waitFor()
    await dialog().getByRole('button', { name: 'Delete for good' }).click()
    await page.getByText('The bin is empty').waitFor()
    expect(watched.complaints).toEqual([])
  })
})
