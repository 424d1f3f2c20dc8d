import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Browser, BrowserContextOptions, Page } from 'playwright-core'

export { launchBrowser } from './chromium'

const inRoot = (path: string) => fileURLToPath(new URL(`../../${path}`, import.meta.url))
const CLI = inRoot('out/main/cli.js')
const TIED = inRoot('scripts/tied.mjs')
const SCREENSHOTS = inRoot('.cache/screenshots')

const START_MS = 20_000
const STOP_MS = 15_000

export interface ServedLab {
  /** The link with its token, as a person would open it. */
  url: string
  /** The data folder. */
  home: string
  pid: number
  /** Everything it has printed on stderr so far. */
  log(): string
  /** Ends it as Ctrl-C does, and deletes the data folder if it was made for this. */
  stop(): Promise<void>
  /** kill -9. The data folder stays, so that another can be started on it. */
  kill(): Promise<void>
}

/**
 * Starts the built program as `lab serve`, on any free port where none is named, and waits for its link. Without `home` it gets a fresh data folder.
 * It dies with the process that asked for it.
 */
export async function serveLab({
  home,
  port = 0,
  parallel = 2
}: {
  home?: string
  port?: number
  parallel?: number
} = {}): Promise<ServedLab> {
  const folder = home ?? mkdtempSync(join(tmpdir(), 'dmro-lab-e2e-'))
  const args = ['--import', TIED, CLI, 'serve', '--port', String(port), '--home', folder, '--parallel', String(parallel)]
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'pipe'] })
  let log = ''
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    log += text
  })
  let isMeant = false
  const ended = once(child, 'close')
  void ended.then(([code, signal]) => {
    if (!isMeant) console.error(`A lab in ${folder} ended by itself, code ${code}, signal ${signal}:\n${log}`)
  })
  const clean = (): void => {
    if (home === undefined) rmSync(folder, { recursive: true, force: true, maxRetries: 3 })
  }
  const stop = async (): Promise<void> => {
    isMeant = true
    const patience = setTimeout(() => child.kill('SIGKILL'), STOP_MS)
    child.kill('SIGINT')
    await ended
    clearTimeout(patience)
    clean()
  }
  try {
    const url = await linkOf(child, () => log)
    return {
      url,
      home: folder,
      pid: child.pid as number,
      log: () => log,
      stop,
      kill: async () => {
        isMeant = true
        child.kill('SIGKILL')
        await ended
      }
    }
  } catch (error) {
    await stop()
    throw error
  }
}

/** The link a started lab prints on stdout. Rejects where it ends or stays silent instead. */
function linkOf(child: ChildProcess, log: () => string): Promise<string> {
  return new Promise((resolve, reject) => {
    let said = ''
    const patience = setTimeout(() => reject(new Error(`no link within ${START_MS} ms\n${said}\n${log()}`)), START_MS)
    child.stdout?.setEncoding('utf8').on('data', (text: string) => {
      said += text
      const url = /(http:\/\/127\.0\.0\.1:\d+\/\?token=\S+)\s/.exec(said)?.[1]
      if (!url) return
      clearTimeout(patience)
      resolve(url)
    })
    child.once('close', (code) => {
      clearTimeout(patience)
      reject(new Error(`the lab ended with code ${code} before it printed its link\n${log()}`))
    })
  })
}

export interface WatchedPage {
  page: Page
  /**
   * Errors and warnings on the console, uncaught errors, breaches of the content security policy, requests to anywhere
   * else. Every page of every file is held to have none of them: see quiet.ts.
   */
  complaints: string[]
  /** Writes a picture of the page; a name without a folder goes to .cache/screenshots. Returns its path. */
  screenshot(name: string): Promise<string>
  close(): Promise<void>
}

interface PageOptions extends BrowserContextOptions {
  /** Complaints that this page is meant to make. */
  mayComplain?: RegExp
  /** Shows the page as to someone who has never been here: with its tour. */
  firstVisit?: boolean
}

/** Every page that was opened and what it complained of that it may not. */
const opened: { url: string; complaints: string[]; mayComplain?: RegExp }[] = []

/** What pages complained of since this was last asked, and may not have. */
export function takeComplaints(): string[] {
  return opened.flatMap(({ complaints, mayComplain }) => complaints.splice(0).filter((complaint) => !mayComplain?.test(complaint)))
}

/** Opens a link in a fresh profile (no cookies, no storage) and listens to everything that goes wrong in it. */
export async function openPage(
  browser: Browser,
  url: string,
  { mayComplain, firstVisit, ...options }: PageOptions = {}
): Promise<WatchedPage> {
  const context = await browser.newContext({
    viewport: { width: 1440, height: 900 },
    colorScheme: 'dark',
    reducedMotion: 'reduce',
    ...options
  })
  const page = await context.newPage()
  const complaints: string[] = []
  const watched = { url, complaints: [] as string[], mayComplain }
  opened.push(watched)
  const complain = (complaint: string): void => {
    complaints.push(complaint)
    watched.complaints.push(complaint)
  }
  const { origin } = new URL(url)
  page.on('console', (message) => {
    if (message.type() === 'error' || message.type() === 'warning') complain(`console: ${message.text()}`)
  })
  page.on('pageerror', (error) => complain(`uncaught: ${error.message}`))
  page.on('request', (request) => {
    const asked = new URL(request.url())
    if (asked.origin !== origin && !['data:', 'blob:'].includes(asked.protocol)) complain(`request: ${request.url()}`)
  })
  await page.addInitScript(() => {
    addEventListener('securitypolicyviolation', (event) =>
      console.error(`policy: ${event.effectiveDirective} ${event.blockedURI || event.sourceFile}`)
    )
  })
  if (!firstVisit) {
    await page.addInitScript(() => {
      try {
        localStorage.setItem('lab-tour', 'closed')
      } catch {
        // A page without storage, as a refused one is, has no tour either.
      }
    })
  }
  await page.goto(url)
  return {
    page,
    complaints,
    screenshot: async (name) => {
      const path = dirname(name) === '.' ? join(SCREENSHOTS, `${name}.png`) : name
      mkdirSync(dirname(path), { recursive: true })
      await page.screenshot({ path })
      return path
    },
    close: () => context.close()
  }
}
