import type { Page } from 'playwright-core'
import { expect } from 'vitest'
import { axeFindings } from './axe'
import { eachView } from './each-view'
import { settled } from './labs'
import { layoutFindings, SMALLEST } from './layout'
import type { View } from './views/view'

/** Holds each of these views to be accessible and quiet, dark and light, and to fit the smallest window. */
export function areHeld(views: readonly View[]): void {
  eachView('is accessible, dark and light, and fits the smallest window at 150 % and at 100 %', views, async ({ page, view, again }) => {
    const dark = await axeFindings(page)
    await page.emulateMedia({ colorScheme: 'light' })
    await page.locator('html.light').waitFor({ state: 'attached' })
    const light = await axeFindings(page, 'of colours')
    await page.setViewportSize(SMALLEST[0])
    // A dialog or a menu is opened in the size that it is looked at in, and a map fits the window that it is opened in.
    if (view.open || (await page.locator('.vue-flow').count()) > 0) await again()
    expect({ dark, light, cut: await cutIn(page) }).toEqual({ dark: [], light: [], cut: {} })
  })
}

/** What does not fit, by the size of the window. */
async function cutIn(page: Page): Promise<Record<string, string[]>> {
  const found: Record<string, string[]> = {}
  for (const size of SMALLEST) {
    await page.setViewportSize(size)
    await settled(page)
    const findings = await layoutFindings(page)
    if (findings.length > 0) found[`${size.width} × ${size.height}`] = findings
  }
  return found
}
