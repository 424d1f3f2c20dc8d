import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { it } from 'vitest'
import { launchBrowser, openPage, serveLab } from './browser'
import { show } from './labs'
import { makeSample } from './sample'
import { FRAME } from './views/frame'

it('looks', { timeout: 200_000 }, async () => {
  const home = mkdtempSync(join(tmpdir(), 'dmro-look-'))
  const sample = await makeSample(home)
  const browser = await launchBrowser()
  const lab = await serveLab({ home })
  for (const [colorScheme, width, height] of [
    ['light', 1280, 800],
    ['dark', 1280, 800],
    ['light', 1024, 700],
    ['dark', 1440, 900]
  ] as const) {
    const watched = await openPage(browser, lab.url, { colorScheme, viewport: { width, height } })
    for (const view of FRAME.filter(({ name }) => name.startsWith('bin') && name !== 'bin-empty')) {
      await show(watched, lab.url, view, sample)
      await watched.screenshot(`/tmp/bin/${view.name}-${colorScheme}-${width}.png`)
    }
    await watched.close()
  }
  await browser.close()
  await lab.stop()
})
