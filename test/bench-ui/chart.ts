import { serveLab } from '../e2e/browser'
import { fillHistory } from '../e2e/history'
import { type Measurement, median, timeTo, withHome } from './measurement'
import { launchedPage } from './page'

/** Ten runs of a hundred thousand points each, laid over each other. */
export const chart: Measurement = {
  name: 'chart',
  run: (browser) =>
    withHome(async (home) => {
      const ids = fillHistory(home, { name: 'long', runs: 10, seeds: 1, points: 100_000 })
      const lab = await serveLab({ home })
      const page = await launchedPage(browser, lab.url)
      await page.locator('[role=row].line').first().waitFor()
      const times: number[] = []
      for (let i = 0; i < 5; i++) {
        await timeTo(page, '/experiments', 'article')
        times.push(await timeTo(page, `/compare?runs=${ids.join(',')}`, '[role=img][aria-label*="goes from"] canvas'))
      }
      await page.context().close()
      await lab.stop()
      return [{ what: 'chart, 10 runs of 100,000 points: on screen', value: median(times), unit: 'ms', most: 300 }]
    })
}
