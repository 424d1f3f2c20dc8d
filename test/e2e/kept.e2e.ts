import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Browser, Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { launchBrowser, openPage, type ServedLab, serveLab, type WatchedPage } from './browser'
import { fillHistory } from './history'
import { goTo } from './rooms'

// What people type outlives the tab, the page, the program; two windows never write over each other unseen; a page whose program is
// gone says so. One lab for all of it.

let browser: Browser
let home: string
let lab: ServedLab
let run: string
let ours: WatchedPage
const gone = { mayComplain: /WebSocket|ERR_CONNECTION_REFUSED|HTTP Authentication/ }

beforeAll(async () => {
  home = mkdtempSync(join(tmpdir(), 'dmro-lab-kept-'))
  ;[run] = fillHistory(home, { name: 'kept', runs: 1 })
  ;[browser, lab] = await Promise.all([launchBrowser(), serveLab({ home })])
  ours = await openPage(browser, lab.url, gone)
})
afterAll(async () => {
  await browser.close()
  await lab.stop()
  rmSync(home, { recursive: true, force: true, maxRetries: 3 })
})

// A program that a failed test left stopped would stop the others too.
afterEach(() => {
  process.kill(lab.pid, 'SIGCONT')
})

const note = (page: Page) => page.getByLabel(/^Note/)
const tab = (page: Page, name: string) => page.getByRole('tab', { name }).click()
const typedKept = (page: Page) => page.getByText(/^typed text kept/).waitFor()

/** Whichever of the pages shows a text first. */
function whereShown(pages: readonly Page[], shown: RegExp): Promise<Page> {
  return Promise.any(
    pages.map(async (page) => {
      await page.getByText(shown).waitFor()
      return page
    })
  )
}

async function openNote(page: Page): Promise<void> {
  await goTo(page, `/runs/${run}`)
  await tab(page, 'Notes')
}

/** Ends the program silently and starts another on the same folder and port. */
async function restart(): Promise<void> {
  const port = Number(new URL(lab.url).port)
  await lab.kill()
  lab = await serveLab({ home, port })
}

/** The new program's link, opened in the profile of a page: every tab of it has the key then. */
async function showKey(page: Page): Promise<void> {
  const other = await page.context().newPage()
  await other.goto(lab.url)
  await other.locator('main .top').first().waitFor()
  await other.close()
}

describe('what is typed into a field', () => {
  it('is there after another tab, another page, a reload in mid-note and a killed program', async () => {
    const { page } = ours
    await openNote(page)
    await note(page).fill('the gap falls after step 400')
    await tab(page, 'Overview')
    await tab(page, 'Notes')
    expect(await note(page).inputValue()).toBe('the gap falls after step 400')
    await goTo(page, '/experiments')
    await openNote(page)
    expect(await note(page).inputValue()).toBe('the gap falls after step 400')
    await note(page).pressSequentially(', then rests')
    await typedKept(page)
    await page.reload()
    await openNote(page)
    await expect.poll(() => note(page).inputValue()).toBe('the gap falls after step 400, then rests')
    await restart()
    const fresh = await openPage(browser, lab.url)
    await openNote(fresh.page)
    await expect.poll(() => note(fresh.page).inputValue()).toBe('the gap falls after step 400, then rests')
    await fresh.close()
    await showKey(page)
  })

  it('is the same in two windows, and becomes the note of the run in both', async () => {
    const { page } = ours
    const other = await openPage(browser, lab.url)
    await openNote(other.page)
    await note(page).fill('written in one window')
    await expect.poll(() => note(other.page).inputValue()).toBe('written in one window')
    await other.page.getByRole('button', { name: 'Save note' }).click()
    await expect.poll(() => page.getByRole('button', { name: 'Save note' }).isDisabled()).toBe(true)
    await expect.poll(() => note(page).inputValue()).toBe('written in one window')
    await other.close()
  })

  it('is never written over by another window: where both have typed, one is asked', async () => {
    const { page } = ours
    const other = await openPage(browser, lab.url, gone)
    await openNote(other.page)
    process.kill(lab.pid, 'SIGSTOP')
    await note(page).fill('what I think')
    await note(other.page).fill('what I think elsewhere')
    await page.getByText(/What is typed has NOT been kept since \d\d:\d\d: the program does not answer/).waitFor()
    process.kill(lab.pid, 'SIGCONT')
    const asked = await whereShown([page, other.page], /^Another window has typed here too/)
    const [mine, theirs] = asked === page ? ['what I think', 'what I think elsewhere'] : ['what I think elsewhere', 'what I think']
    expect(await note(asked).inputValue()).toBe(mine)
    await asked.getByText(`“${theirs}”`).waitFor()
    await asked.getByRole('button', { name: 'Keep mine' }).click()
    await expect.poll(() => note(asked === page ? other.page : page).inputValue()).toBe(mine)
    await page.getByRole('button', { name: 'Discard changes' }).click()
    await expect.poll(() => note(other.page).inputValue()).toBe('written in one window')
    await other.close()
  })

  it('is found in its field again: a tag, names of a view, a comparison and a scenario, seeds, values of a sweep', async () => {
    const { page } = ours
    await openNote(page)
    await page.getByPlaceholder('tag').fill('half-a-ta')
    await goTo(page, '/')
    await page.getByRole('button', { name: 'Save view' }).click()
    await page.getByLabel('Name of the view').fill('half a view')
    await goTo(page, '/experiments')
    const seeds = page.getByRole('article').first().getByLabel('Seeds')
    await seeds.fill('1..7')
    await goTo(page, `/compare?runs=${run}`)
    await page.getByRole('button', { name: 'Save', exact: true }).click()
    await page.getByLabel('Name', { exact: true }).fill('half a comparison')
    await goTo(page, '/experiments/new')
    await page.getByRole('button', { name: 'Add a scenario' }).click()
    const scenario = page.locator('.making').getByLabel('Name', { exact: true })
    const values = page.locator('[data-parameter=seeds]').getByRole('textbox')
    await scenario.fill('half a scenario')
    await values.pressSequentially('4 5 x')
    await page.reload()
    await expect.poll(() => scenario.inputValue()).toBe('half a scenario')
    await expect.poll(() => values.inputValue()).toBe('4 5 x')
    await goTo(page, `/compare?runs=${run}`)
    await page.getByRole('button', { name: 'Save', exact: true }).click()
    expect(await page.getByLabel('Name', { exact: true }).inputValue()).toBe('half a comparison')
    await goTo(page, '/experiments')
    await expect.poll(() => seeds.inputValue()).toBe('1..7')
    await goTo(page, '/')
    await page.getByRole('button', { name: 'Save view' }).click()
    expect(await page.getByLabel('Name of the view').inputValue()).toBe('half a view')
    await openNote(page)
    await expect.poll(() => page.getByPlaceholder('tag').inputValue()).toBe('half-a-ta')
  })

  it('lets the filter of the runs be found as it was left', async () => {
    const { page } = ours
    await goTo(page, '/')
    await page.getByLabel('Filter by words and conditions').fill('kept gap < 5 %')
    await page.waitForURL(/words=/)
    await goTo(page, '/experiments')
    await goTo(page, '/')
    await expect.poll(() => page.getByLabel('Filter by words and conditions').inputValue()).toBe('kept gap < 5 %')
    await page.keyboard.press('Escape')
  })
})

const name = (page: Page) => page.getByLabel('Name of the topology')
const editsKept = (page: Page) => page.getByText(/^edits kept/).waitFor()
const NOT_KEPT = /^NOT kept since \d\d:\d\d$/
const WHY = /^Edits have NOT been kept since \d\d:\d\d: the program does not answer/

describe('a topology in an editor', () => {
  let address: string
  let other: WatchedPage

  it('says within two seconds that its program is gone, and keeps what was edited then once it is back', async () => {
    const { page } = ours
    await goTo(page, '/topologies')
    await page.getByRole('button', { name: 'New topology' }).first().click()
    await page.getByRole('application').focus()
    for (const key of ['1', '2', 'Escape']) await page.keyboard.press(key)
    await name(page).fill('before')
    await editsKept(page)
    address = new URL(page.url()).hash.slice(1)
    const port = Number(new URL(lab.url).port)
    await lab.kill()
    await Promise.all([NOT_KEPT, WHY].map((said) => page.getByText(said).waitFor({ timeout: 2000 })))
    expect(await page.getByText(/^edits kept/).count()).toBe(0)
    await name(page).fill('while it was gone')
    const question = page.waitForEvent('dialog')
    await page.close({ runBeforeUnload: true })
    await (await question).dismiss()
    lab = await serveLab({ home, port })
    await showKey(page)
    await editsKept(page)
    expect(await page.getByText(NOT_KEPT).count()).toBe(0)
    other = await openPage(browser, lab.url, gone)
    await goTo(other.page, address)
    await expect.poll(() => name(other.page).inputValue()).toBe('while it was gone')
  })

  it('keeps edits that its editor was left with', async () => {
    const { page } = ours
    process.kill(lab.pid, 'SIGSTOP')
    await name(page).fill('left behind')
    await page.getByText(NOT_KEPT).waitFor()
    await goTo(page, '/experiments')
    process.kill(lab.pid, 'SIGCONT')
    await expect.poll(() => name(other.page).inputValue()).toBe('left behind')
    await goTo(page, address)
    await expect.poll(() => name(page).inputValue()).toBe('left behind')
  })

  it('follows another window, its edits and its versions', async () => {
    const { page } = ours
    await name(page).fill('followed')
    await expect.poll(() => name(other.page).inputValue()).toBe('followed')
    await other.page.keyboard.press('Control+s')
    await other.page.getByText('followed: saved as version 1').waitFor()
    await page.getByText('all saved').waitFor()
    await name(page).fill('followed back')
    await expect.poll(() => name(other.page).inputValue()).toBe('followed back')
  })

  it('is given a new name that is found in its field again', async () => {
    const { page } = other
    await goTo(page, '/topologies')
    const card = page.getByRole('article', { name: 'followed' })
    await card.getByRole('button', { name: 'Actions on followed' }).click()
    await page.getByRole('menuitem', { name: 'Rename' }).click()
    await card.getByRole('textbox').fill('half a na')
    await page.reload()
    await expect.poll(() => card.getByRole('textbox').inputValue()).toBe('half a na')
    await card.getByRole('textbox').press('Escape')
    await card.getByRole('heading', { name: 'followed' }).waitFor()
    await goTo(page, address)
    await name(page).waitFor()
  })

  it('asks where two windows have edited at the same time, and writes over neither', async () => {
    const { page } = ours
    process.kill(lab.pid, 'SIGSTOP')
    await name(page).fill('one')
    await name(other.page).fill('two')
    process.kill(lab.pid, 'SIGCONT')
    const pages = [page, other.page]
    const asked = await whereShown(pages, /^This was edited in another window/)
    const kept = asked === page ? 'two' : 'one'
    expect(await name(asked).inputValue()).toBe(asked === page ? 'one' : 'two')
    await asked.getByRole('button', { name: 'Take the other window’s' }).click()
    for (const each of pages) await expect.poll(() => name(each).inputValue()).toBe(kept)
    await asked.keyboard.press('Control+z')
    for (const each of pages) await expect.poll(() => name(each).inputValue()).toBe(asked === page ? 'one' : 'two')
  })

  it('is deleted with its unsaved edits and comes back with them and all versions', async () => {
    const { page } = ours
    const edited = await name(page).inputValue()
    const list = await openPage(browser, lab.url)
    await goTo(list.page, '/topologies')
    await list.page.getByRole('button', { name: 'Actions on followed' }).click()
    await list.page.getByRole('menuitem', { name: 'Delete' }).click()
    for (const each of [page, other.page]) await each.getByText(/^This was deleted/).waitFor()
    // No zombie of its edits is left in the list.
    await list.page.getByRole('article', { name: 'followed' }).waitFor({ state: 'detached' })
    expect(await list.page.getByRole('article', { name: edited, exact: true }).count()).toBe(0)
    await goTo(list.page, address)
    await list.page.getByText(/^This was deleted/).waitFor()
    await other.page.getByRole('button', { name: 'Restore' }).click()
    for (const each of [page, other.page, list.page]) {
      await each.getByText(/^This was deleted/).waitFor({ state: 'detached' })
      await expect.poll(() => name(each).inputValue()).toBe(edited)
      await each.getByRole('button', { name: /^v1\b/ }).waitFor()
    }
    await list.close()
  })

  it('that was never saved is brought back by an editor that still has it', async () => {
    const list = await openPage(browser, lab.url)
    await goTo(list.page, '/topologies')
    await other.page.getByRole('link', { name: 'Topologies' }).last().click()
    await other.page.getByRole('button', { name: 'New topology' }).first().click()
    await other.page.getByRole('application').focus()
    await other.page.keyboard.press('1')
    await other.page.keyboard.press('Escape')
    await name(other.page).fill('never saved')
    await list.page.getByRole('button', { name: 'Actions on never saved' }).click()
    await list.page.getByRole('menuitem', { name: 'Delete' }).click()
    await other.page.getByText(/^This was deleted/).waitFor()
    await other.page.getByRole('button', { name: 'Restore' }).click()
    await list.page.getByRole('article', { name: 'never saved' }).waitFor()
    await list.close()
    await other.close()
  })
})
