import { join } from 'node:path'
import { type Browser, errors, type Page } from 'playwright-core'
import { openPage, type ServedLab, serveLab, type WatchedPage } from './browser'
import { startDocument } from './rooms'
import type { Sample } from './sample'
import type { LabKind, View } from './views/view'

const long = { learnSteps: 500_000, evaluateEvery: 40 }

/** Keeps a lab busy for as long as anyone looks: some of its runs train, the others wait. */
const BUSY = {
  format: 'dmro-experiment/1',
  name: 'Rivals, long runs',
  scenarios: ['one-edge-one-cloud'],
  algorithms: [
    { id: 'dmro', parameters: long },
    { id: 'dqn', parameters: long },
    { id: 'dueling-dqn', parameters: long }
  ],
  seeds: [1, 2, 3],
  heldOut: 40
}

/** Serves the lab that a view is to be seen in, out of its own folder in `homes`; `makeSample` has filled that of the sample. */
export async function serveKind(kind: LabKind, homes: string, browser: Browser): Promise<ServedLab> {
  const home = join(homes, kind)
  if (kind !== 'busy') return serveLab({ home })
  const lab = await serveLab({ home, parallel: 1 })
  const { page, close } = await openPage(browser, lab.url)
  await startDocument(page, BUSY)
  await page.getByText('running').first().waitFor()
  await close()
  return lab
}

/** Waits until the letters are there and the page has gone a few frames without a change, as one does that has been drawn to its end. */
export async function settled(page: Page): Promise<void> {
  await page.evaluate(async () => {
    await document.fonts.ready
    let still = 0
    const observer = new MutationObserver(() => {
      still = 0
    })
    observer.observe(document, { subtree: true, childList: true, attributes: true, characterData: true })
    while (still++ < 6) await new Promise(requestAnimationFrame)
    observer.disconnect()
  })
}

/** Goes to a view as if the page had just been opened, and waits until it stands still. */
export async function show({ page }: WatchedPage, url: string, view: View, sample: Sample): Promise<void> {
  await page.goto('about:blank')
  await page.goto(`${url}#${view.path(sample)}`)
  try {
    await page.locator(view.ready).first().waitFor({ timeout: 15_000 })
    await view.open?.(page)
    if (view.opened) await page.locator(view.opened).first().waitFor({ timeout: 15_000 })
  } catch (error) {
    if (error instanceof errors.TimeoutError) error.message = `${view.name}: ${error.message}`
    throw error
  }
  await settled(page)
}
