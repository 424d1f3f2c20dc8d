import type { Page } from 'playwright-core'
import { serveLab } from '../e2e/browser'
import { goTo, startDocument } from '../e2e/rooms'
import { type Measurement, median, percentile, withHome } from './measurement'
import { launchedPage } from './page'

const TRIAL = {
  format: 'dmro-experiment/1',
  name: 'to play with',
  scenarios: ['one-edge-one-cloud'],
  algorithms: [{ id: 'dmro-plus', parameters: { learnSteps: 400 } }],
  seeds: [1]
}
const MOVES = 40

/** A slider of the playground moved on: until placements, cost and gap to the moved optimum are drawn. */
export const playground: Measurement = {
  name: 'playground',
  run: (browser) =>
    withHome(async (home) => {
      const lab = await serveLab({ home })
      const page = await launchedPage(browser, lab.url)
      await startDocument(page, TRIAL)
      await goTo(page, '/playground')
      await page.getByRole('button', { name: /seed 1/ }).click({ timeout: 60_000 })
      await page.getByText('Gap now').first().waitFor()
      const times: number[] = []
      for (let i = 0; i < MOVES; i++) times.push(await moveTime(page, -5 * (1 + (i % 12))))
      await page.context().close()
      await lab.stop()
      // The first moves wake the worker's networks.
      const usual = times.slice(5)
      return [
        { what: 'playground: a bandwidth moved to all redrawn, median', value: median(usual), unit: 'ms', most: 50 },
        { what: 'playground: a bandwidth moved to all redrawn, p95', value: percentile(usual, 0.95), unit: 'ms', most: 50 }
      ]
    })
}

/** From moving the slider to the frame that shows changed figures, painted. */
function moveTime(page: Page, position: number): Promise<number> {
  return page.evaluate(
    (to) =>
      new Promise<number>((resolve) => {
        const slider = document.querySelector<HTMLInputElement>('input[type=range][aria-label*="Bandwidth device"]')
        const said = [...document.querySelectorAll('.readout .value')]
        if (!slider || said.length === 0) throw new Error('the playground is not there')
        const words = () => said.map((each) => each.textContent).join(' ')
        const before = words()
        const began = performance.now()
        slider.value = String(to)
        slider.dispatchEvent(new Event('input', { bubbles: true }))
        const look = (): void => {
          if (words() === before && performance.now() - began < 5000) requestAnimationFrame(look)
          else setTimeout(() => resolve(performance.now() - began))
        }
        requestAnimationFrame(look)
      }),
    position
  )
}
