import { existsSync } from 'node:fs'
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { launchBrowser, openPage, type ServedLab, serveLab } from './browser'

let browser: Browser
let lab: ServedLab

beforeAll(async () => {
  ;[browser, lab] = await Promise.all([launchBrowser(), serveLab()])
})

afterAll(async () => {
  await browser?.close()
  await lab?.stop()
})

describe('the built page in a real Chromium', () => {
  it('opens by its link, shows something and has nothing to complain of', async () => {
    const { page, complaints, screenshot, close } = await openPage(browser, lab.url)
    await page.waitForLoadState('networkidle')
    expect(await page.title()).toContain('DMRO Lab')
    expect((await page.locator('#app').innerText()).length).toBeGreaterThan(20)
    expect(existsSync(await screenshot('opened'))).toBe(true)
    expect(complaints).toEqual([])
    await close()
  })

  it('keeps its token out of the address bar', async () => {
    const { page, close } = await openPage(browser, lab.url)
    expect(page.url()).not.toContain('token')
    await close()
  })

  it('refuses and reports what its content security policy forbids', async () => {
    const { page, complaints, close } = await openPage(browser, lab.url, { mayComplain: /policy|Content Security Policy|127\.0\.0\.1:9/ })
    await page.evaluate(() => {
      const script = document.createElement('script')
      script.textContent = 'window.wasRun = true'
      document.head.append(script)
      const image = document.createElement('img')
      image.src = 'http://127.0.0.1:9/pixel.png'
      document.body.append(image)
    })
    await expect.poll(() => complaints.join('\n')).toMatch(/policy: script-src-elem[\s\S]*policy: img-src/)
    expect(await page.evaluate(() => 'wasRun' in window)).toBe(false)
    await close()
  })

  it('opens nothing without the token', async () => {
    const { page, complaints, close } = await openPage(browser, new URL('/', lab.url).href, { mayComplain: /401/ })
    expect(await page.locator('#app').count()).toBe(0)
    expect(complaints.join('\n')).toContain('401')
    await close()
  })
})
