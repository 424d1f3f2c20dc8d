import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import type { AxeResults, RunOptions } from 'axe-core'
import type { Page } from 'playwright-core'

const SOURCE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')

/** Rules whose answer hangs on colours; the others find the same in every theme. */
const OF_COLOURS = ['color-contrast', 'link-in-text-block']

/** What axe finds wrong with a page, one line per rule: its name, what it asks for, and where it is broken. */
export async function axeFindings(page: Page, rules: 'all' | 'of colours' = 'all'): Promise<string[]> {
  if (!(await page.evaluate(() => 'axe' in window))) await page.evaluate(SOURCE)
  const options: RunOptions = {
    resultTypes: ['violations'],
    ...(rules === 'of colours' && { runOnly: { type: 'rule', values: OF_COLOURS } })
  }
  const { violations } = (await page.evaluate(`axe.run(document, ${JSON.stringify(options)})`)) as AxeResults
  return violations.map(({ id, help, nodes }) => {
    const places = nodes.slice(0, 4).map(({ target, any }) => `${target.join(' ')} (${any[0]?.message ?? ''})`)
    return `${id}: ${help}\n    ${places.join('\n    ')}`
  })
}

/** The same of a page in both themes; it is left light. */
export async function findingsInBoth(page: Page): Promise<{ dark: string[]; light: string[] }> {
  await page.emulateMedia({ colorScheme: 'dark' })
  await page.locator('html.dark').waitFor({ state: 'attached' })
  const dark = await axeFindings(page)
  await page.emulateMedia({ colorScheme: 'light' })
  await page.locator('html.light').waitFor({ state: 'attached' })
  return { dark, light: await axeFindings(page, 'of colours') }
}
