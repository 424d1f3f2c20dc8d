import type { Browser } from 'playwright-core'
import { openPage } from './browser'
import { goTo, startDocument } from './rooms'
import type { Sample } from './views'

const learner = { learnSteps: 300, evaluateEvery: 10 }
const DOCUMENT = {
  format: 'dmro-experiment/1',
  name: 'sample',
  scenarios: ['one-edge-one-cloud'],
  algorithms: [
    { id: 'dmro', parameters: { ...learner, units: 3 } },
    { id: 'dqn', parameters: learner },
    { id: 'greedy' },
    { id: 'optimum' }
  ],
  seeds: [1, 2, 3],
  heldOut: 40
}

/** Trains a small experiment to its end, so that every view has something true to show. */
export async function trainSample(browser: Browser, url: string): Promise<Sample> {
  const { page, close } = await openPage(browser, url)
  await startDocument(page, DOCUMENT)
  await page.getByText('0 running · 0 queued').waitFor({ timeout: 60_000 })
  await goTo(page, '/?scheme=dmro,dqn')
  await page.getByText('6 of 12 runs').waitFor()
  await page.getByRole('button', { name: 'Expand all' }).click()
  const links = page.locator('[role=row].run a')
  await links.nth(5).waitFor()
  const runs = await links.evaluateAll((all) => all.map((link) => link.getAttribute('href')?.slice(-8) ?? ''))
  await close()
  return { runs }
}
