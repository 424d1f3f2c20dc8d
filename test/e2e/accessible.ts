import { expect } from 'vitest'
import { axeFindings } from './axe'
import { eachView } from './each-view'
import type { View } from './views/view'

/** Holds each of these views to be accessible and quiet, dark and light. */
export function areAccessible(views: readonly View[]): void {
  eachView('is accessible, dark and light', views, {
    check: async (page) => {
      const dark = await axeFindings(page)
      await page.emulateMedia({ colorScheme: 'light' })
      await page.locator('html.light').waitFor({ state: 'attached' })
      expect({ dark, light: await axeFindings(page, 'of colours') }).toEqual({ dark: [], light: [] })
    }
  })
}
