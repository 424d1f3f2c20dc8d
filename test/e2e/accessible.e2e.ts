import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { axeFindings } from './axe'
import { launchBrowser, openPage, type ServedLab, type WatchedPage } from './browser'
import { serveKind, show } from './labs'
import { fillStudy } from './study'
import { makeSample, type Sample } from './sample'
import { VIEWS } from './views'
import type { LabKind } from './views/view'

let browser: Browser
let homes: string
let sample: Sample

beforeAll(async () => {
  homes = mkdtempSync(join(tmpdir(), 'dmro-lab-e2e-'))
  ;[browser, sample] = await Promise.all([launchBrowser(), makeSample(join(homes, 'sample'))])
  fillStudy(join(homes, 'sample'))
})

afterAll(async () => {
  await browser?.close()
  rmSync(homes, { recursive: true, force: true, maxRetries: 3 })
})

const KINDS: readonly LabKind[] = ['empty', 'sample', 'busy']

describe.each(KINDS)('every view of the lab, %s', (kind) => {
  let lab: ServedLab
  let returning: WatchedPage

  beforeAll(async () => {
    lab = await serveKind(kind, homes, browser)
    returning = await openPage(browser, lab.url)
  })

  afterAll(async () => {
    await returning?.close()
    await lab?.stop()
  })

  it.each(VIEWS.filter((view) => view.lab === kind))('$name is accessible, dark and light', async (view) => {
    const watched = view.firstVisit ? await openPage(browser, lab.url, { firstVisit: true }) : returning
    const { page } = watched
    await page.emulateMedia({ colorScheme: 'dark' })
    await show(watched, lab.url, view, sample)
    const dark = await axeFindings(page)
    await page.emulateMedia({ colorScheme: 'light' })
    await page.locator('html.light').waitFor({ state: 'attached' })
    expect({ dark, light: await axeFindings(page, 'of colours') }).toEqual({ dark: [], light: [] })
    if (view.firstVisit) await watched.close()
  })
})
