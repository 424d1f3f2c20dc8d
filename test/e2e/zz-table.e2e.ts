import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { launchBrowser, openPage, serveLab } from './browser'
import { fillKinds } from './history'
import { settled } from './labs'
import { goTo } from './rooms'

const SIZES = [{ width: 1024, height: 700 }, { width: 1280, height: 800 }, { width: 2560, height: 1440 }, { width: 683, height: 467 }]
it('pictures', { timeout: 400_000 }, async () => {
  const home = mkdtempSync(join(tmpdir(), 'dmro-lab-e2e-'))
  fillKinds(home, 10)
  const [browser, lab] = await Promise.all([launchBrowser(), serveLab({ home })])
  for (const colorScheme of ['dark', 'light'] as const) {
    const w = await openPage(browser, lab.url, { viewport: SIZES[0], colorScheme })
    const { page } = w
    await page.emulateMedia({ colorScheme })
    const shot = async (name: string) => {
      await settled(page)
      for (const size of SIZES) {
        await page.setViewportSize(size)
        await settled(page)
        await w.screenshot(`/tmp/table-shots/${name}-${size.width}-${colorScheme}.png`)
        const wide = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)
        if (wide > 0) console.log(name, size.width, 'page wider by', wide)
      }
      await page.setViewportSize(SIZES[0])
    }
    await goTo(page, '/?view=all')
    await page.locator('[role=row].group').first().waitFor()
    await shot('plain')
    await page.getByRole('button', { name: /^Group / }).click()
    await page.locator('.pop').waitFor()
    await page.getByRole('checkbox', { name: /^Scenario/ }).click()
    await page.getByRole('checkbox', { name: /^Topology/ }).click()
    await page.getByRole('checkbox', { name: /^Energy/ }).click()
    await shot('group-menu')
    await page.keyboard.press('Escape')
    await page.getByRole('button', { name: 'Expand all' }).click()
    await shot('two-keys')
    await page.getByRole('combobox', { name: 'Filter by words and conditions' }).click()
    await page.keyboard.type('gap < 5 de')
    await shot('misread')
    await page.getByRole('combobox', { name: 'Filter by words and conditions' }).fill('algorithm ')
    await page.keyboard.press('ArrowDown')
    await shot('operators')
    await page.getByRole('combobox', { name: 'Filter by words and conditions' }).fill('')
    await page.keyboard.press('Escape')
    await page.getByRole('button', { name: /^Columns/ }).click()
    await page.locator('.pop').waitFor()
    await shot('columns')
    for (const n of [/^Mean gap/, /^Best gap/, /^Tags/, /^Topology/, /^δ/, /^Parallel networks/, /^Hidden units/, /^Learning rate/]) await page.getByRole('checkbox', { name: n }).first().click()
    await page.keyboard.press('Escape')
    await shot('many-columns')
    await page.locator('[role=treegrid]').evaluate((e) => e.scrollBy(500, 100))
    await shot('many-columns-right')
    await page.getByRole('button', { name: /^Group / }).click()
    await page.getByRole('button', { name: /^Not at all/ }).click()
    await shot('flat')
    await page.keyboard.press('Escape')
    await page.getByRole('checkbox', { name: 'Select all runs in sight' }).click()
    await shot('flat-selected')
    // Back as it came.
    await page.getByRole('button', { name: /^Columns/ }).click()
    await page.getByRole('button', { name: 'What fits' }).click()
    await page.keyboard.press('Escape')
    await page.getByRole('button', { name: /^Group / }).click()
    await page.locator('.pop').waitFor()
    await page.getByRole('checkbox', { name: /^Seeds/ }).click()
    await page.getByRole('checkbox', { name: /^Scenario/ }).click()
    await page.keyboard.press('Escape')
    await page.waitForTimeout(1500)
    await w.close()
  }
  await browser.close()
  await lab.stop()
  rmSync(home, { recursive: true, force: true })
  expect(1).toBe(1)
})
