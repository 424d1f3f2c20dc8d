import { serveLab } from '../e2e/browser'
import { chooserByKeys, goTo } from '../e2e/rooms'
import { layered } from '../renderer/workload/workflows'
import { frameTimes, type Measurement, percentile, timeTo, withHome } from './measurement'
import { launchedPage } from './page'

const TASKS = 1004

/** A workflow as large as the field publishes: until it is drawn beside its tables, and its tasks under a fast wheel. */
export const workflow: Measurement = {
  name: 'workflow',
  run: (browser) =>
    withHome(async (home) => {
      const lab = await serveLab({ home })
      const page = await launchedPage(browser, lab.url)
      await goTo(page, '/')
      await page.getByRole('heading', { name: 'Runs', level: 1 }).waitFor()
      const content = JSON.stringify({ format: 'dmro-workload/1', name: 'large', workflows: [layered(TASKS)] })
      const chooser = await chooserByKeys(page)
      await chooser.setFiles({ name: 'large.json', mimeType: 'application/json', buffer: Buffer.from(content) })
      await page.getByRole('dialog', { name: 'Open files' }).getByRole('button', { name: 'Open', exact: true }).click()
      await page.getByLabel('Work, Mc of task-1', { exact: true }).waitFor()
      const address = await page.evaluate(() => location.hash.slice(1))
      const openings: number[] = []
      for (let i = 0; i < 5; i++) {
        await goTo(page, '/workloads')
        await page.getByText('large', { exact: true }).first().waitFor()
        openings.push(
          await timeTo(page, address, '[aria-label^="Workflow w1: 1,004 tasks"] canvas, [aria-label^="Workflow w1: 1,004 tasks"] svg')
        )
      }
      await page.getByRole('table', { name: 'Tasks' }).evaluate((element) => element.setAttribute('data-scrolled', ''))
      const frames = await frameTimes(page, 60, '[data-scrolled]')
      await page.context().close()
      await lab.stop()
      return [
        { what: 'a workflow of 1,004 tasks: open', value: percentile(openings, 0.5), unit: 'ms', most: 1000 },
        { what: 'a workflow of 1,004 tasks: frame while scrolling, p95', value: percentile(frames, 0.95), unit: 'ms', most: 32 }
      ]
    })
}
