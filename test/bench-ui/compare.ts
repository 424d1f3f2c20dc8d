import type { Page } from 'playwright-core'
import { serveLab } from '../e2e/browser'
import { fillCompared } from '../e2e/compared'
import { type Figure, type Measurement, median, timeTo, withHome } from './measurement'
import { launchedPage } from './page'

const SIZES = [
  { groups: 10, seeds: 5, most: 300 },
  { groups: 50, seeds: 10, most: 1000 }
] as const

const FIGURES = '.figures table tbody td'
const LOSSES = '.losses table tbody td'

/** From asking for a comparison to its figures on screen, for the first time since the program started and again. */
export const compare: Measurement = {
  name: 'compare',
  run: async (browser) => {
    const figures: Figure[] = []
    for (const { groups, seeds, most } of SIZES) {
      await withHome(async (home) => {
        const ids = fillCompared(home, { groups, seeds })
        const lab = await serveLab({ home })
        const page = await launchedPage(browser, lab.url)
        await page.locator('[role=row].line').first().waitFor()
        const runs = `${groups * seeds} runs`
        const first = await shown(page, ids)
        const again: Awaited<ReturnType<typeof shown>>[] = []
        for (let i = 0; i < 3; i++) again.push(await shown(page, ids))
        figures.push(
          { what: `comparison of ${runs}: figures, first`, value: first.figures, unit: 'ms', most },
          { what: `comparison of ${runs}: figures, again`, value: median(again.map((each) => each.figures)), unit: 'ms', most },
          { what: `comparison of ${runs}: losses, first`, value: first.losses, unit: 'ms', most: 1e9 }
        )
        await page.context().close()
        await lab.stop()
      })
    }
    return figures
  }
}

async function shown(page: Page, ids: readonly string[]): Promise<{ figures: number; losses: number }> {
  await timeTo(page, '/experiments', 'article')
  const began = performance.now()
  const figures = await timeTo(page, `/compare?runs=${ids.join(',')}`, FIGURES)
  await page.locator(LOSSES).first().waitFor({ timeout: 120_000 })
  return { figures, losses: performance.now() - began }
}
