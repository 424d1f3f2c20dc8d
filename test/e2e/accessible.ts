import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { axeFindings } from './axe'
import { launchBrowser, openPage, type ServedLab, type WatchedPage } from './browser'
import { copySample } from './kept-sample'
import { serveKind, show } from './labs'
import type { Sample } from './sample'
import type { LabKind, View } from './views/view'

const KINDS: readonly LabKind[] = ['empty', 'sample', 'busy']

/** Holds each of these views to be accessible and quiet, dark and light, in the labs that they are seen in. */
export function areAccessible(views: readonly View[]): void {
  let browser: Browser
  let homes: string
  let sample: Sample

  beforeAll(async () => {
    homes = mkdtempSync(join(tmpdir(), 'dmro-lab-e2e-'))
    ;[browser, sample] = await Promise.all([launchBrowser(), copySample(join(homes, 'sample'))])
  })

  afterAll(async () => {
    await browser?.close()
    rmSync(homes, { recursive: true, force: true, maxRetries: 3 })
  })

  describe.each(KINDS.filter((kind) => views.some(({ lab }) => lab === kind)))('every view of the lab, %s', (kind) => {
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

    it.each(views.filter((view) => view.lab === kind))('$name is accessible, dark and light', async (view) => {
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
}
