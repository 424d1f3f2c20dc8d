import { spawnSync } from 'node:child_process'
import { cpSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, it } from 'vitest'
import { launchBrowser, openPage, type ServedLab, type WatchedPage } from '../e2e/browser'
import { serveKind, settled, show } from '../e2e/labs'
import { makeSample, type Sample } from '../e2e/sample'
import { VIEWS } from '../e2e/views'
import type { LabKind } from '../e2e/views/view'
import { withPalette } from './png'
import { PRESENTABLE } from './presentable'

const inRoot = (path: string) => fileURLToPath(new URL(`../../${path}`, import.meta.url))
const CLI = inRoot('out/main/cli.js')
/** Trained once and kept: deleting the folder trains it again. */
const CACHE = inRoot('.cache/screens')
const TRAINED = join(CACHE, 'home')
const IDS = join(CACHE, 'sample.json')

/** Its name stands in the pictures, so it is always the same. */
const HOMES = join(tmpdir(), 'dmro-lab-pictures')

const USUAL = '1280x800'
const size = process.env.LAB_SIZE ?? USUAL
const [width, height] = size.split('x').map(Number)
/** The usual size belongs to the documentation, others are made to be looked at. */
const FOLDER = size === USUAL ? inRoot('docs/screens') : inRoot(`.cache/screenshots/${size}`)

let browser: Browser
let sample: Sample

async function trainedSample(): Promise<Sample> {
  if (existsSync(IDS)) return JSON.parse(readFileSync(IDS, 'utf8')) as Sample
  mkdirSync(CACHE, { recursive: true })
  spawnSync(process.execPath, [CLI, 'study', 'all', '--quick', '--home', TRAINED, '--to', join(CACHE, 'studies')], { stdio: 'ignore' })
  const made = await makeSample(TRAINED, PRESENTABLE)
  writeFileSync(IDS, JSON.stringify(made))
  return made
}

beforeAll(async () => {
  sample = await trainedSample()
  rmSync(HOMES, { recursive: true, force: true })
  cpSync(TRAINED, join(HOMES, 'sample'), { recursive: true })
  mkdirSync(FOLDER, { recursive: true })
  browser = await launchBrowser()
})

afterAll(async () => {
  await browser?.close()
  rmSync(HOMES, { recursive: true, force: true, maxRetries: 3 })
})

describe.each<LabKind>(['sample', 'empty', 'busy'])('pictures of the lab, %s', (kind) => {
  let lab: ServedLab
  let returning: WatchedPage

  beforeAll(async () => {
    lab = await serveKind(kind, HOMES, browser)
    returning = await openPage(browser, lab.url, { viewport: { width, height } })
  })

  afterAll(async () => {
    await returning?.close()
    await lab?.stop()
  })

  it.each(VIEWS.filter((view) => view.lab === kind))('$name', async (view) => {
    const watched = view.firstVisit ? await openPage(browser, lab.url, { viewport: { width, height }, firstVisit: true }) : returning
    const { page } = watched
    await page.emulateMedia({ colorScheme: 'dark' })
    await show(watched, lab.url, view, sample)
    for (const theme of ['dark', 'light'] as const) {
      await page.emulateMedia({ colorScheme: theme })
      await page.locator(`html.${theme}`).waitFor({ state: 'attached' })
      await settled(page)
      writeFileSync(join(FOLDER, `${view.name}-${theme}.png`), withPalette(await page.screenshot()))
    }
    if (view.firstVisit) await watched.close()
  })
})
