import { readFileSync } from 'node:fs'
import { it } from 'vitest'
import { launchBrowser, openPage, serveLab } from './browser'
import { goTo } from './rooms'
it('x', async () => {
  const [browser, lab] = await Promise.all([launchBrowser(), serveLab()])
  const { page } = await openPage(browser, lab.url, { viewport: { width: 1280, height: 800 } })
  try {
    await goTo(page, '/workloads')
    await page.getByRole('button', { name: 'New generator' }).click()
    await page.getByLabel('Work of a task, to').fill('500')
    await page.waitForTimeout(500)
    console.log(await page.locator('.fault').allInnerTexts())
    await page.screenshot({ path: '/tmp/j-gen.png' })
    await goTo(page, '/workloads')
    const broken = readFileSync('resources/presets/chain.wfcommons.json', 'utf8').replace('"schemaVersion": "1.5"', '"schemaVersion": "1.2"')
    await page.locator('input[type=file]').setInputFiles({ name: 'old.json', mimeType: 'application/json', buffer: Buffer.from(broken) })
    await page.waitForTimeout(500)
    console.log(await page.locator('.faults').allInnerTexts())
    await page.screenshot({ path: '/tmp/j-imp.png' })
  } finally {
    await browser.close()
    await lab.stop()
  }
})
