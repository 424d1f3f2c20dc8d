import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { _electron, type ElectronApplication, type Page } from 'playwright-core'

const ROOT = fileURLToPath(new URL('../..', import.meta.url))

/** A program that can be started and driven. */
export interface Program {
  name: 'as it is built' | 'as it is packaged'
  executable: string
  /** What stands before its own arguments. */
  first: readonly string[]
}

/**
 * What `scripts/test-electron.mjs` found to start. A packaged program is driven as a copy that has the inspector's fuse back in, by
 * which Playwright reaches its main process; `PACKAGED` is the one that people get.
 */
export const PROGRAMS: readonly Program[] = [
  ...(process.env.LAB_ELECTRON ? [{ name: 'as it is built' as const, executable: process.env.LAB_ELECTRON, first: [ROOT] }] : []),
  ...(process.env.LAB_PACKAGED_DRIVEN
    ? [{ name: 'as it is packaged' as const, executable: process.env.LAB_PACKAGED_DRIVEN, first: [] }]
    : [])
]
export const PACKAGED = process.env.LAB_PACKAGED

/** A started program with a data folder of its own. */
export interface Started {
  app: ElectronApplication
  page: Page
  home: string
  /** Its own folder of the system's, by which it knows whether it runs already. */
  profile: string
  /** What its main process wrote to stderr. */
  said(): string
  /** Ends it, whatever it is asked. */
  close(): Promise<void>
}

/** Arguments and environment by which a program is alone in a data folder. */
export function alone(folder: string, program: Program, files: readonly string[] = []): { args: string[]; env: Record<string, string> } {
  const env = Object.fromEntries(Object.entries(process.env).flatMap(([key, value]) => (value === undefined ? [] : [[key, value]])))
  return {
    args: [...program.first, `--user-data-dir=${join(folder, 'profile')}`, ...files],
    env: { ...env, DMRO_HOME: join(folder, 'home') }
  }
}

/** Starts a program and waits for its page. No dialog of the system's opens: each is dismissed, and counted as `answers` says. */
export async function start(
  program: Program,
  files: readonly string[] = [],
  folder = mkdtempSync(join(tmpdir(), 'lab-electron-'))
): Promise<Started> {
  const app = await _electron.launch({ executablePath: program.executable, ...alone(folder, program, files) })
  let words = ''
  app.process().stderr?.on('data', (bytes: Buffer) => (words += bytes.toString('utf8')))
  await app.evaluate(({ dialog }) => {
    dialog.showOpenDialog = () => Promise.resolve({ canceled: true, filePaths: [] })
    dialog.showSaveDialog = () => Promise.resolve({ canceled: true, filePath: '' })
  })
  const page = await app.firstWindow()
  await page.getByRole('main').first().waitFor()
  return {
    app,
    page,
    home: join(folder, 'home'),
    profile: join(folder, 'profile'),
    said: () => words,
    close: async () => {
      await app.evaluate(({ app: program }) => program.exit(0)).catch(() => {}) // it has ended in the middle of the answer, or before
      await app.close().catch(() => {}) // gone already
      rmSync(folder, { recursive: true, force: true, maxRetries: 5 })
    }
  }
}

/** The buttons a message box of the program is to be answered with, in turn; `asked` tells what it asked. */
export async function answerQuestions(app: ElectronApplication, responses: readonly number[]): Promise<void> {
  await app.evaluate(({ dialog }, given) => {
    const asked: string[] = []
    const waiting = [...given]
    const state = globalThis as unknown as { asked: string[] }
    state.asked = asked
    dialog.showMessageBox = ((...all: unknown[]) => {
      const options = all.at(-1) as { message: string; cancelId?: number }
      asked.push(options.message)
      return Promise.resolve({ response: waiting.shift() ?? options.cancelId ?? 0, checkboxChecked: false })
    }) as typeof dialog.showMessageBox
  }, responses)
}

/** What the program has asked since `answerQuestions`. */
export const asked = (app: ElectronApplication): Promise<string[]> =>
  app.evaluate(() => [...(globalThis as unknown as { asked: string[] }).asked])
