import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, it } from 'vitest'
import { launchBrowser, openPage, type ServedLab, type WatchedPage } from './browser'
import { copySample } from './kept-sample'
import { serveKind, show } from './labs'
import type { Sample } from './sample'
import type { LabKind, View } from './views/view'

const KINDS: readonly LabKind[] = ['empty', 'sample', 'busy']

interface Look {
  /** CSS pixels of the window. */
  viewport?: { width: number; height: number }
  check(page: Page): Promise<void>
}

/** A test per view: shows it, in the lab it is seen in, and checks it. */
export function eachView(title: string, views: readonly View[], { viewport, check }: Look): void {
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
    const size = viewport && { viewport }
    let lab: ServedLab
    let returning: WatchedPage

    beforeAll(async () => {
      lab = await serveKind(kind, homes, browser)
      returning = await openPage(browser, lab.url, size)
    })

    afterAll(async () => {
      await returning?.close()
      await lab?.stop()
    })

    it.each(views.filter((view) => view.lab === kind))(`$name ${title}`, async (view) => {
      const watched = view.firstVisit ? await openPage(browser, lab.url, { ...size, firstVisit: true }) : returning
      const { page } = watched
      await page.emulateMedia({ colorScheme: 'dark' })
      if (viewport) await page.setViewportSize(viewport)
      await show(watched, lab.url, view, sample)
      await check(page)
      if (view.firstVisit) await watched.close()
    })
  })
}
