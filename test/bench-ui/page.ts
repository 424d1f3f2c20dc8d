import type { Browser, Page } from 'playwright-core'

/** A page as a returning user has it, with nothing listening in. */
export async function launchedPage(browser: Browser, url: string): Promise<Page> {
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 }, colorScheme: 'dark' })
  const page = await context.newPage()
  await page.addInitScript(() => localStorage.setItem('lab-tour', 'closed'))
  await page.goto(url)
  return page
}
