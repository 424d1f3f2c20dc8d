import { execFileSync } from 'node:child_process'
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { serveLab } from '../e2e/browser'
import { goTo, startDocument } from '../e2e/rooms'
import { frameTimes, type Measurement, median, percentile, withHome } from './measurement'
import { launchedPage } from './page'

const inRoot = (path: string) => fileURLToPath(new URL(`../../${path}`, import.meta.url))
/** Long enough that opening the page is a small part of it. */
const learner = { learnSteps: 6000, evaluateEvery: 20 }
/** A machine's pace drifts: with and without a window in turn, and the median of the pairs. */
const PAIRS = 3
const trial = (seeds: readonly number[], learnSteps: number) => ({
  format: 'dmro-experiment/1',
  name: 'trial',
  scenarios: ['one-edge-one-cloud'],
  algorithms: [{ id: 'dqn', parameters: { ...learner, learnSteps } }],
  seeds,
  heldOut: 50
})

function lab(...args: string[]): string {
  return execFileSync(process.execPath, ['--import', inRoot('scripts/tied.mjs'), inRoot('out/main/cli.js'), ...args], {
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'ignore']
  })
}

interface Told {
  id: string
  learnSteps: number
  seconds: number
  status: string
}

const told = (home: string): Told[] => (JSON.parse(lab('runs', 'list', '--json', '--home', home)) as { runs: Told[] }).runs
/** Learn steps per second of training, all runs together. */
const speedOf = (runs: readonly Told[]) =>
  runs.reduce((sum, run) => sum + run.learnSteps, 0) / runs.reduce((sum, run) => sum + run.seconds, 0)

/** Starts a trial, lays its runs over each other while they train, and does `work` while they train. Resolves with the runs when all ended. */
async function watching(
  browser: Parameters<Measurement['run']>[0],
  home: string,
  document: ReturnType<typeof trial>,
  work: (page: Awaited<ReturnType<typeof launchedPage>>) => Promise<void>
): Promise<Told[]> {
  const served = await serveLab({ home })
  const page = await launchedPage(browser, served.url)
  await page.locator('main .top').waitFor()
  await startDocument(page, document)
  const ids = told(home).map((run) => run.id)
  await goTo(page, `/compare?runs=${ids.join(',')}`)
  await page.locator('[role=img][aria-label*="goes from"]').first().waitFor({ timeout: 60_000 })
  await work(page)
  await page.getByText('0 running · 0 queued').waitFor({ timeout: 240_000 })
  await page.context().close()
  await served.stop()
  return told(home)
}

/** Eight curves that grow: the time between frames. */
export const live: Measurement = {
  name: 'live',
  run: (browser) =>
    withHome(async (home) => {
      let frames: number[] = []
      await watching(browser, home, trial([1, 2, 3, 4, 5, 6, 7, 8], 600), async (page) => {
        frames = await frameTimes(page, 300)
      })
      return [{ what: 'live update of 8 curves: frame, p95', value: percentile(frames, 0.95), unit: 'ms', most: 17 }]
    })
}

/** Four runs with the window charting them, against the same four without a window. */
export const training: Measurement = {
  name: 'training',
  run: async (browser) => {
    const shares: number[] = []
    for (let pair = 0; pair < PAIRS; pair++) shares.push(await withHome((home) => shareOfSpeed(browser, home)))
    return [{ what: 'training while charting 4 runs, of headless speed', value: median(shares), unit: '%', least: 95 }]
  }
}

async function shareOfSpeed(browser: Parameters<Measurement['run']>[0], home: string): Promise<number> {
  const document = trial([1, 2, 3, 4], learner.learnSteps)
  const [bare, watched] = [join(home, 'bare'), join(home, 'watched')]
  mkdirSync(bare)
  const path = join(home, 'trial.json')
  writeFileSync(path, JSON.stringify(document))
  lab('run', path, '--home', bare, '--parallel', '2')
  const runs = await watching(browser, watched, document, async () => {})
  return (100 * speedOf(runs)) / speedOf(told(bare))
}
