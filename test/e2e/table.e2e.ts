import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Browser, Locator, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { beside } from '../main/store/beside'
import { axeFindings } from './axe'
import { launchBrowser, openPage, type ServedLab, serveLab, type WatchedPage } from './browser'
import { fillKinds } from './history'
import { goTo } from './rooms'

let browser: Browser
let home: string
let lab: ServedLab
let watched: WatchedPage

beforeAll(async () => {
  home = mkdtempSync(join(tmpdir(), 'dmro-lab-e2e-'))
  fillKinds(home, 2)
  ;[browser, lab] = await Promise.all([launchBrowser(), serveLab({ home })])
  watched = await openPage(browser, lab.url, { viewport: { width: 1440, height: 900 } })
})

afterAll(async () => {
  await browser?.close()
  await lab?.stop()
  rmSync(home, { recursive: true, force: true, maxRetries: 3 })
})

const field = (page: Page) => page.getByRole('combobox', { name: 'Filter by words and conditions' })
const shown = (page: Page) => page.locator('main .top .quiet').first().innerText()
const head = (page: Page, key: string) => page.locator(`[data-column="${key}"]`)
const keysOf = (page: Page) => page.locator('[data-column]').evaluateAll((heads) => heads.map((each) => each.getAttribute('data-column')))
const names = (page: Page, kind: string) => page.locator(`[role=row].${kind} .name`).allInnerTexts()

async function widthOf(of: Locator): Promise<number> {
  return (await of.boundingBox())?.width ?? 0
}

async function group(page: Page, ...choices: string[]): Promise<void> {
  await page.getByRole('button', { name: /^Group / }).click()
  await page.locator('.pop').waitFor()
  for (const name of choices) {
    const choice = page.getByRole('checkbox', { name: new RegExp(`^${name}`) })
    if (await choice.isVisible()) await choice.click()
    else await page.getByRole('button', { name }).click()
  }
  await page.keyboard.press('Escape')
}

describe('the columns of the table', () => {
  it('are made wider by their edge and by keys, and moved by dragging and by keys', async () => {
    const { page } = watched
    await head(page, 'gap').waitFor()
    const cell = page.locator('[role=columnheader]', { has: head(page, 'gap') })
    const before = await widthOf(cell)
    const edge = await cell.locator('.edge').boundingBox()
    if (!edge) throw new Error('the head has no edge')
    await page.mouse.move(edge.x + 4, edge.y + 10)
    await page.mouse.down()
    await page.mouse.move(edge.x + 64, edge.y + 10, { steps: 4 })
    await page.mouse.up()
    expect(await widthOf(cell)).toBeCloseTo(before + 60, -1)
    await head(page, 'gap').focus()
    await page.keyboard.press('Alt+Shift+ArrowRight')
    await expect.poll(() => widthOf(cell)).toBeCloseTo(before + 68, -1)
    expect((await keysOf(page)).slice(0, 5)).toEqual(['name', 'status', 'steps', 'forest', 'gap'])
    await page.keyboard.press('Alt+ArrowLeft')
    await expect.poll(async () => (await keysOf(page)).slice(0, 5)).toEqual(['name', 'status', 'steps', 'gap', 'forest'])
    await page
      .locator('[role=columnheader]', { has: head(page, 'started') })
      .dragTo(page.locator('[role=columnheader]', { has: head(page, 'status') }))
    await expect.poll(async () => (await keysOf(page)).slice(0, 3)).toEqual(['name', 'started', 'status'])
    // A drag is not a click: the order of rows is as it was.
    await page.locator('[role=columnheader][aria-sort=ascending]', { hasText: 'Gap' }).waitFor()
  })

  it('are kept with their places and widths, for who comes back in another browser too', async () => {
    await expect.poll(() => beside(home, (store) => store.views.last()?.columns?.slice(0, 2))).toEqual(['started', 'status'])
    const width = await widthOf(watched.page.locator('[role=columnheader]', { has: head(watched.page, 'gap') }))
    await watched.close()
    watched = await openPage(browser, lab.url, { viewport: { width: 1440, height: 900 } })
    const { page } = watched
    await expect.poll(async () => (await keysOf(page)).slice(0, 5)).toEqual(['name', 'started', 'status', 'steps', 'gap'])
    expect(await widthOf(page.locator('[role=columnheader]', { has: head(page, 'gap') }))).toBeCloseTo(width, 0)
    await page.getByRole('button', { name: /^Columns/ }).click()
    await page.getByRole('button', { name: 'Usual widths' }).click()
    await page.getByRole('button', { name: 'What fits' }).click()
    await page.keyboard.press('Escape')
    await expect.poll(async () => (await keysOf(page)).slice(0, 3)).toEqual(['name', 'status', 'steps'])
  })

  it('sort wherever their head is pressed, each of them', async () => {
    const { page } = watched
    for (const key of ['status', 'p95', 'share', 'forest']) {
      const box = await head(page, key).boundingBox()
      if (!box) throw new Error(`${key} has no head`)
      // In its farthest corner.
      await page.mouse.click(box.x + 2, box.y + box.height - 2)
      await page.locator('[role=columnheader][aria-sort]', { has: head(page, key === 'forest' ? 'gap' : key) }).waitFor()
    }
  })
})

describe('grouping', () => {
  it('by two keys puts one within the other', async () => {
    const { page } = watched
    await group(page, 'Scenario', 'Algorithm', 'Energy weight δ')
    await page.getByRole('button', { name: 'Group by algorithm, δ' }).waitFor()
    const levels = await page
      .locator('[role=row].section')
      .evaluateAll((rows) => rows.map((row) => [row.getAttribute('aria-level'), row.querySelector('.name')?.textContent]))
    expect(levels.slice(0, 4)).toEqual([
      ['1', 'dmro'],
      ['2', 'δ 0'],
      ['2', 'δ 0.2'],
      ['2', 'δ 0.4']
    ])
    // What differs comes first: within one algorithm and δ the networks and the topology.
    expect((await names(page, 'group')).slice(0, 4).sort()).toEqual(['s 10 · campus', 's 10 · office', 's 3 · campus', 's 3 · office'])
  })

  it('by tag and topology, and not at all', async () => {
    const { page } = watched
    await group(page, 'Algorithm', 'Energy weight δ', 'Topology', 'Tag')
    await expect.poll(() => names(page, 'section')).toEqual(expect.arrayContaining(['campus', 'paper', 'no tag']))
    await group(page, 'Not at all: every run in one list')
    await expect.poll(() => page.locator('[role=row].section').count()).toBe(0)
    await field(page).fill('tag:paper dmro')
    const runs = page.locator('[role=row].run')
    await expect.poll(() => runs.locator('a').allInnerTexts()).toHaveLength(4)
    expect((await runs.locator('a').allInnerTexts()).sort()).toEqual(['s 10 · campus', 's 10 · office', 's 3 · campus', 's 3 · office'])
    expect(await runs.locator('.tag').allInnerTexts()).toEqual(['paper', 'paper', 'paper', 'paper'])
    expect(await axeFindings(page)).toEqual([])
    await field(page).fill('')
    await group(page, 'Seeds of one setting together', 'Scenario')
    await page.locator('[role=row].section').first().waitFor()
  })
})

describe('the words and conditions', () => {
  it('are completed by keys: fields, operators, values', async () => {
    const { page } = watched
    await field(page).focus()
    await page.keyboard.type('paral')
    const list = page.getByRole('listbox', { name: 'What can follow' })
    await list.getByRole('option', { name: /^units Parallel networks, s$/ }).waitFor()
    await page.keyboard.press('ArrowDown')
    expect(await field(page).getAttribute('aria-activedescendant')).toBe(await list.getByRole('option').first().getAttribute('id'))
    await page.keyboard.press('Enter')
    expect(await field(page).inputValue()).toBe('units ')
    await list.getByRole('option', { name: /^=/ }).click()
    await list.getByRole('option', { name: '10', exact: true }).click()
    await expect.poll(() => field(page).inputValue()).toBe('units = 10 ')
    await expect.poll(() => shown(page)).toBe('20 of 80 runs')
    await page.keyboard.press('Escape')
    await expect.poll(() => list.count()).toBe(0)
    expect(await field(page).inputValue()).toBe('units = 10 ')
    await page.keyboard.press('Escape')
    await expect.poll(() => field(page).inputValue()).toBe('')
  })

  it('leave out exactly what has a minus', async () => {
    const { page } = watched
    await field(page).fill('dqn')
    await expect.poll(() => shown(page)).toBe('40 of 80 runs')
    await field(page).fill('-dqn')
    await expect.poll(() => shown(page)).toBe('60 of 80 runs')
    await field(page).fill('seed = 1..1 units = 3 started < today')
    await expect.poll(() => shown(page)).toBe('10 of 80 runs')
  })

  it('say beside the field what cannot be read, and then show everything', async () => {
    const { page } = watched
    await field(page).fill('units > 5 gap < 5')
    await page.getByText('gap needs its unit: gap < 5 %. Until it can be read, it filters nothing out.').waitFor()
    await expect.poll(() => shown(page)).toBe('80 runs')
    expect(await field(page).getAttribute('aria-describedby')).toBe('filter-fault')
    await field(page).fill('unit > 5')
    await page.getByText('“unit”'.replace(/[“”]/g, '"')).waitFor()
    await page.getByText('did you mean units?').waitFor()
    await goTo(page, '/?words=units+%3E+5')
    await expect.poll(() => shown(page)).toBe('20 of 80 runs')
    expect(watched.complaints).toEqual([])
  })
})
