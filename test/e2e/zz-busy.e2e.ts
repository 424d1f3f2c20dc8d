import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { it } from 'vitest'
import { launchBrowser, openPage, serveLab } from './browser'
import { settled } from './labs'
import { goTo, startDocument } from './rooms'
const long = { learnSteps: 500_000, evaluateEvery: 40 }
const BUSY = {
  format: 'dmro-experiment/1',
  name: 'Sweep',
  scenarios: ['one-edge-one-cloud'],
  algorithms: [{ id: 'dmro', parameters: { ...long, units: [3, 5] } }, { id: 'dqn', parameters: long }, { id: 'greedy' }, { id: 'cloud-only' }],
  objective: { energyWeight: [0, 0.2, 0.4] },
  seeds: [1, 2],
  heldOut: 40
}
const SIZES = [{ width: 1024, height: 700 }, { width: 1280, height: 800 }, { width: 2560, height: 1440 }, { width: 683, height: 467 }]
it('pictures', { timeout: 400_000 }, async () => {
  const home = mkdtempSync(join(tmpdir(), 'dmro-lab-e2e-'))
  const [browser, lab] = await Promise.all([launchBrowser(), serveLab({ home, parallel: 2 })])
  const w = await openPage(browser, lab.url, { viewport: SIZES[1] })
  const { page } = w
  await startDocument(page, BUSY)
  const shot = async (name: string) => {
    for (const colorScheme of ['dark', 'light'] as const) {
      await page.emulateMedia({ colorScheme })
      for (const size of SIZES) {
        await page.setViewportSize(size)
        await page.waitForTimeout(300)
        await w.screenshot(`/tmp/table-shots/${name}-${size.width}-${colorScheme}.png`)
      }
    }
    await page.setViewportSize(SIZES[1])
  }
  await goTo(page, '/?view=all')
  await page.locator('.moving').first().waitFor()
  await shot('busy')
  await goTo(page, '/?view=queue')
  await page.locator('tr.movable').first().waitFor()
  await shot('queue')
  await browser.close()
  await lab.stop()
  rmSync(home, { recursive: true, force: true })
})
