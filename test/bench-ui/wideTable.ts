import type { Page } from 'playwright-core'
import type { ViewState } from '../../src/shared/contract/views'
import { openStore } from '../../src/main/store'
import { serveLab } from '../e2e/browser'
import { fillKinds } from '../e2e/history'
import { frameTimes, type Measurement, median, percentile, timeTo, withHome } from './measurement'
import { launchedPage } from './page'

const COLUMNS = [
  ...['status', 'steps', 'forest', 'gap', 'p95', 'cost', 'delay', 'energy', 'share', 'time', 'started'],
  ...[
    'meanGap',
    'logMeanGap',
    'bestGap',
    'bestStep',
    'max',
    'exact',
    'decision',
    'speed',
    'delta',
    'tasks',
    'places',
    'topology',
    'experiment',
    'tags'
  ],
  ...['units', 'hidden', 'learnSteps', 'learningRate', 'discount'].map((key) => `parameters.${key}`)
]
/** Every run in one list: 400 rows. */
const FLAT: ViewState = { query: {}, group: 'runs', columns: COLUMNS, sort: { key: 'gap', descending: false } }
const SORTED = ['name', 'time', 'delta', 'parameters.units', 'gap']
const FILTERS = ['seed 7', 'dmro', 'units = 3 delta < 0.5', '-dqn', 'gap < 5 %']
const GROUPED = ['Algorithm', 'Topology', 'Energy weight δ']
/** Longer than that is not an answer. */
const PATIENCE_MS = 5000

/** 400 runs of many kinds in a table of 30 columns: first paint, scrolling, sorting, filtering, grouping. */
export const wideTable: Measurement = {
  name: 'wide-table',
  run: (browser) =>
    withHome(async (home) => {
      fillKinds(home, 10)
      const store = openStore(home)
      store.views.keepLast(FLAT)
      store.close()
      const lab = await serveLab({ home })
      const page = await launchedPage(browser, lab.url)
      await page.locator('[role=columnheader]').nth(COLUMNS.length).waitFor()
      const paints: number[] = []
      for (let i = 0; i < 5; i++) {
        await timeTo(page, '/experiments', 'article')
        paints.push(await timeTo(page, '/', '[role=row].line'))
      }
      const frames = await frameTimes(page, 240, '[role=treegrid]')
      const sorts: number[] = []
      for (const key of SORTED) sorts.push(await changeTime(page, `[data-column="${key}"]`))
      const filters: number[] = []
      for (const words of FILTERS) filters.push(await changeTime(page, 'input[type=search]', words))
      await page.getByRole('combobox', { name: 'Filter by words and conditions' }).fill('')
      const groups: number[] = []
      await page.getByRole('button', { name: /^Group / }).click()
      for (const name of GROUPED) groups.push(await changeTime(page, `.pop .choice:has-text("${name}") input`))
      await page.context().close()
      await lab.stop()
      const what = `run table, 400 rows × ${COLUMNS.length} columns:`
      return [
        { what: `${what} first paint`, value: median(paints), unit: 'ms', most: 300 },
        { what: `${what} frame while scrolling, p95`, value: percentile(frames, 0.95), unit: 'ms', most: 32 },
        { what: `${what} sort`, value: median(sorts), unit: 'ms', most: 100 },
        { what: `${what} filter`, value: median(filters), unit: 'ms', most: 100 },
        { what: `${what} group`, value: median(groups), unit: 'ms', most: 100 }
      ]
    })
}

/** From a click (or from typing `words`) to the frame that shows other rows, painted, as the page sees it. */
async function changeTime(page: Page, selector: string, words?: string): Promise<number> {
  const target = await page.locator(selector).first().elementHandle()
  return page.evaluate(
    ([element, typed, patience]) =>
      new Promise<number>((resolve, reject) => {
        const shown = () => [...document.querySelectorAll('[role=row].line')].map((row) => row.textContent).join()
        const before = shown()
        const began = performance.now()
        if (typed !== undefined && element instanceof HTMLInputElement) {
          element.value = typed
          element.dispatchEvent(new Event('input', { bubbles: true }))
        } else if (element instanceof HTMLElement) element.click()
        const look = (): void => {
          if (shown() !== before) setTimeout(() => resolve(performance.now() - began))
          else if (performance.now() - began < patience) requestAnimationFrame(look)
          else reject(new Error('the table shows the same rows as before'))
        }
        requestAnimationFrame(look)
      }),
    [target, words, PATIENCE_MS] as const
  )
}
