import type { Page } from 'playwright-core'
import { serveLab } from '../e2e/browser'
import { fillCompared } from '../e2e/compared'
import { type Figure, type Measurement, median, timeTo, withHome } from './measurement'
import { launchedPage } from './page'

const SIZES = [
  { groups: 10, seeds: 5, most: 300 },
  { groups: 50, seeds: 10, most: 1000 }
] as const
const REPEATS = 3

const FIGURES = '.figures table tbody td'
const LOSSES = '.losses table tbody td'

/** From going to a comparison to its figures, and to where the reference loses, by a program that has not computed them before and by one that has. */
export const compare: Measurement = {
  name: 'compare',
  run: async (browser) => {
    const figures: Figure[] = []
    for (const { groups, seeds, most } of SIZES) {
      await withHome(async (home) => {
        const ids = fillCompared(home, { groups, seeds })
        const address = `/compare?runs=${ids.join(',')}`
        const [first, again, losses]: [number[], number[], number[]] = [[], [], []]
        for (let i = 0; i < REPEATS; i++) {
          const lab = await serveLab({ home })
          const page = await launchedPage(browser, lab.url)
          await page.locator('[role=row].line').first().waitFor()
          first.push(await shownIn(page, address, FIGURES))
          losses.push(await shownIn(page, `${address}&against=${ids.at(-1)}`, LOSSES))
          again.push(await shownIn(page, address, FIGURES))
          await page.context().close()
          await lab.stop()
        }
        const what = `comparison of ${groups * seeds} runs`
        figures.push(
          { what: `${what}: figures, computed`, value: median(first), unit: 'ms', most },
          { what: `${what}: figures, kept`, value: median(again), unit: 'ms', most },
          { what: `${what}: where a group loses`, value: median(losses), unit: 'ms', most: most + 500 }
        )
      })
    }
    return figures
  }
}

async function shownIn(page: Page, address: string, selector: string): Promise<number> {
  await timeTo(page, '/experiments', 'article')
  return timeTo(page, address, selector)
}
