import { serveLab } from '../e2e/browser'
import { fillHistory } from '../e2e/history'
import { frameTimes, type Measurement, median, percentile, timeTo, withHome } from './measurement'
import { launchedPage } from './page'

const RUNS = 10_000
/** Each finds another number of runs than the one before: that is how the page's answer is known. */
const FILTERS = ['seed 7', 'dqn', 'seed 12 dqn', 'double', 'seed 3'] as const
/** Longer than that is not an answer. */
const PATIENCE_MS = 5000

/** The table of runs with a long history: first paint, scrolling, filtering. */
export const table: Measurement = {
  name: 'table',
  run: (browser) =>
    withHome(async (home) => {
      fillHistory(home, { name: 'many', runs: RUNS })
      const lab = await serveLab({ home })
      const page = await launchedPage(browser, lab.url)
      await page.locator('[role=row].line').first().waitFor()
      const paints: number[] = []
      for (let i = 0; i < 5; i++) {
        await timeTo(page, '/experiments', 'article')
        paints.push(await timeTo(page, '/', '[role=row].line'))
      }
      await page.getByRole('button', { name: 'Expand all' }).click()
      await page.locator('[role=row].run').first().waitFor()
      const frames = await frameTimes(page, 240, '[role=treegrid]')
      const filters: number[] = []
      for (const words of FILTERS) filters.push(await filterTime(page, words))
      await page.context().close()
      await lab.stop()
      return [
        { what: 'run table, 10,000 rows: first paint', value: median(paints), unit: 'ms', most: 300 },
        { what: 'run table, 10,000 rows: frame while scrolling, p95', value: percentile(frames, 0.95), unit: 'ms', most: 32 },
        { what: 'run table, 10,000 rows: filter', value: median(filters), unit: 'ms', most: 100 }
      ]
    })
}

/** From typing to the frame that shows the count of what was found, painted. The wait for the typist's next letter is in it. */
function filterTime(page: Awaited<ReturnType<typeof launchedPage>>, words: string): Promise<number> {
  return page.evaluate(
    ([typed, patience]) =>
      new Promise<number>((resolve, reject) => {
        const field = document.querySelector<HTMLInputElement>('input[type=search]')
        const count = document.querySelector('main .top .quiet')
        if (!field || !count) throw new Error('the table has no search')
        const before = count.textContent
        const began = performance.now()
        field.value = typed
        field.dispatchEvent(new Event('input', { bubbles: true }))
        const look = (): void => {
          if (count.textContent !== before) setTimeout(() => resolve(performance.now() - began))
          else if (performance.now() - began < patience) requestAnimationFrame(look)
          else reject(new Error(`“${typed}” finds as many runs as what stood there before`))
        }
        requestAnimationFrame(look)
      }),
    [words, PATIENCE_MS] as const
  )
}
