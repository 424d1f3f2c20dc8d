import { fileURLToPath } from 'node:url'
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { axeFindings } from './axe'
import { launchBrowser, openPage, type ServedLab, serveLab, type WatchedPage } from './browser'
import { startDocument } from './rooms'

/** A program of the protocol, as a command of this machine. */
const AGENT = fileURLToPath(new URL('../main/agents/agent.mjs', import.meta.url))
const command = (wrong = '') => `"${process.execPath}" "${AGENT}" "${wrong}"`

let browser: Browser
let lab: ServedLab
let watched: WatchedPage

beforeAll(async () => {
  ;[browser, lab] = await Promise.all([launchBrowser(), serveLab()])
  watched = await openPage(browser, lab.url, { viewport: { width: 1440, height: 900 } })
})

afterAll(async () => {
  await browser?.close()
  await lab?.stop()
})

const row = (name: string) => watched.page.locator('tbody tr', { hasText: `agent-${name}` })

async function register(name: string, typed: string): Promise<void> {
  const { page } = watched
  await page.getByRole('button', { name: 'Register a program' }).click()
  await page.getByLabel('Name', { exact: true }).fill(name)
  await page.getByLabel('Command', { exact: true }).fill(typed)
  await page.getByRole('button', { name: 'Register and check' }).click()
  await row(name).waitFor()
}

describe('own algorithms', () => {
  it('are registered from the settings, with what they did when they were checked', async () => {
    const { page } = watched
    await page.keyboard.press('Control+,')
    await page.getByRole('button', { name: 'Show own algorithms' }).click()
    await page.getByText('No program is registered on this machine.').waitFor()
    await register('tabular', command())
    await row('tabular').getByText('ready, resumes exactly').waitFor()
    await page.getByText('two resumes agree: exact resume is claimed').waitFor()
    await register('broken', command('hello:exits'))
    await row('broken').getByText('cannot run').waitFor()
    await row('broken').click()
    await page.getByText('It ended with exit code 3 while saying hello.').first().waitFor()
    await page.getByText('Traceback: nothing works').waitFor()
    expect(await axeFindings(page)).toEqual([])
  })

  it('are algorithms like any other: their runs are drawn and judged', async () => {
    const { page } = watched
    const parameters = { learnSteps: 200, evaluateEvery: 20 }
    await startDocument(page, {
      format: 'dmro-experiment/1',
      name: 'own',
      scenarios: ['one-edge-one-cloud'],
      algorithms: [{ id: 'agent-tabular', parameters }, { id: 'greedy' }],
      seeds: [1],
      heldOut: 20
    })
    await page.goto(`${lab.url}#/?view=all`)
    await page
      .getByRole('row', { name: /agent-tabular/ })
      .first()
      .waitFor()
    await page.goto(`${lab.url}#/settings/algorithms`)
    await row('tabular').waitFor()
    await expect.poll(async () => (await row('tabular').innerText()).split(/\s+/).includes('1')).toBe(true)
  })

  it('are forgotten after a question; what is named by runs stays in the list, to be registered again', async () => {
    const { page } = watched
    await row('tabular').getByRole('button', { name: 'Forget tabular' }).click()
    await page.getByRole('dialog').getByRole('button', { name: 'Forget' }).click()
    await row('tabular').getByText('not registered here').waitFor()
    await row('tabular').click()
    await page.getByText('lab agents add tabular -- python3 tabular.py').waitFor()
    await row('tabular').getByRole('button', { name: 'Register tabular' }).click()
    expect(await page.getByLabel('Name', { exact: true }).inputValue()).toBe('tabular')
  })
})
