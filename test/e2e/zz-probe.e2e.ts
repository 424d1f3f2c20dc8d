import { it } from 'vitest'
import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { launchBrowser, openPage, serveLab } from './browser'
import { fillKinds } from './history'
it('probe', { timeout: 60_000 }, async () => {
  const home = mkdtempSync(join(tmpdir(), 'dmro-lab-e2e-'))
  fillKinds(home, 10)
  const [browser, lab] = await Promise.all([launchBrowser(), serveLab({ home })])
  const { page } = await openPage(browser, lab.url, { viewport: { width: 1024, height: 700 } })
  await page.locator('[role=row].group').nth(1).waitFor()
  console.log(await page.locator('[role=row].group').nth(1).locator('.cell-name').evaluate((e) => [e.getBoundingClientRect().width, ...[...e.children].map((c) => [c.className, c.textContent, c.getBoundingClientRect().width, getComputedStyle(c).flex, getComputedStyle(c).minWidth, c.scrollWidth].join(' | '))].join('\n')))
  await browser.close()
  await lab.stop()
})
