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

/** A view that is shown. */
interface Shown {
  page: Page
  view: View
  /** Shows it once more, as if the page had just been opened, in the window's present size. */
  again(): Promise<void>
}

/** CSS pixels of the window that each view is shown in. */
const WINDOW = { width: 1280, height: 800 }

/** A test per view: shows it, in the lab it is seen in, and checks it. */
export function eachView(title: string, views: readonly View[], check: (shown: Shown) => Promise<void>): void {
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

    it.each(views.filter((view) => view.lab === kind))(`$name ${title}`, async (view) => {
      const watched = view.firstVisit ? await openPage(browser, lab.url, { firstVisit: true }) : returning
      const { page } = watched
      await page.emulateMedia({ colorScheme: 'dark' })
      await page.setViewportSize(WINDOW)
      const again = () => show(watched, lab.url, view, sample)
      await again()
      await check({ page, view, again })
      if (view.firstVisit) await watched.close()
    })
  })
}
