import { launchedPage } from './page'
import { serveLab } from '../e2e/browser'
import { fillHistory } from '../e2e/history'
import { type Figure, type Measurement, median, withHome } from './measurement'

const REPEATS = 5

/** From starting the built program to a table that can be used, with a hundred runs of history. */
export const start: Measurement = {
  name: 'start',
  run: (browser) =>
    withHome(async (home) => {
      fillHistory(home, { name: 'some', runs: 100 })
      const times: number[] = []
      // The first warms the disk and is not counted.
      for (let i = 0; i <= REPEATS; i++) {
        const began = performance.now()
        const lab = await serveLab({ home })
        const page = await launchedPage(browser, lab.url)
        await page.locator('[role=row].line').first().waitFor()
        if (i > 0) times.push(performance.now() - began)
        await page.context().close()
        await lab.stop()
      }
      const figure: Figure = { what: 'start to usable window (built, warm)', value: median(times), unit: 'ms', most: 2000 }
      return [figure]
    })
}
