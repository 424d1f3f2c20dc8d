import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { launchBrowser, openPage, type ServedLab, serveLab } from './browser'
import { fillHistory } from './history'
import { settled } from './labs'
import { PAYLOADS, wasTaken } from './payloads'
import { goTo } from './rooms'

let browser: Browser
let home: string
let lab: ServedLab
/** A run named by each of them. */
let named: string[]

beforeAll(async () => {
  home = mkdtempSync(join(tmpdir(), 'dmro-lab-e2e-'))
  named = PAYLOADS.flatMap((name) => fillHistory(home, { name, runs: 1, message: name }))
  ;[browser, lab] = await Promise.all([launchBrowser(), serveLab({ home })])
})

afterAll(async () => {
  await browser?.close()
  await lab?.stop()
  rmSync(home, { recursive: true, force: true, maxRetries: 3 })
})

describe('a name that runs a script where it is taken for anything but text', () => {
  it('is there in twenty-five forms', () => {
    expect(new Set(PAYLOADS).size).toBe(25)
  })

  // Without the policy nothing but the page itself holds a script back.
  it.each([false, true])(
    'is text in the table, in its run and in a comparison; the page’s policy off: %s',
    { timeout: 180_000 },
    async (bypassCSP) => {
      const { page, close } = await openPage(browser, lab.url, { bypassCSP })
      for (const path of ['/', ...named.map((id) => `/runs/${id}`), `/compare?runs=${named.slice(0, 20).join(',')}`]) {
        await goTo(page, path)
        await page.locator('main .top').waitFor()
        await settled(page)
        expect(await page.evaluate(wasTaken), path).toBeUndefined()
      }
      await close()
    }
  )
})
