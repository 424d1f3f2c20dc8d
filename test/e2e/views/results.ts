import type { Page } from 'playwright-core'
import type { Sample } from '../sample'
import { DIALOG, from, MENU, type View } from './view'

const rivals = ({ runs }: Sample) => [...runs['dmro-plus'], ...runs.dmro, ...runs.dqn].join(',')
const compare: View = { name: 'compare', lab: 'sample', path: (sample) => `/compare?runs=${rivals(sample)}`, ready: '.evaluations' }

/** Figures and losses come after the curves. */
async function computed(page: Page): Promise<void> {
  await page.getByText(/% above Q\*, by task/).waitFor()
}

export const COMPARE: readonly View[] = [
  { name: 'compare-empty', lab: 'empty', path: () => '/compare', ready: 'text=Nothing to compare yet' },
  { name: 'compare-saved', lab: 'sample', path: () => '/compare', ready: 'text=DMRO+ against its rivals' },
  from(compare, { open: computed }),
  from(compare, {
    name: 'compare-lower',
    open: async (page) => {
      await computed(page)
      await page.locator('.evaluations').scrollIntoViewIfNeeded()
    }
  }),
  from(compare, {
    name: 'compare-export',
    open: async (page) => {
      await computed(page)
      await page.getByRole('button', { name: 'Export', exact: true }).click()
    },
    opened: MENU
  }),
  from(compare, {
    name: 'compare-own',
    path: (sample) => `/compare?runs=${rivals(sample)}&chart=bars,delta,gap,linear`,
    open: async (page) => {
      await computed(page)
      await page.locator('.own .plot').scrollIntoViewIfNeeded()
    }
  }),
  from(compare, {
    name: 'compare-figure',
    open: async (page) => {
      await computed(page)
      await page.getByRole('button', { name: 'Optimality gap: Export' }).click()
      await page.getByRole('button', { name: 'Figure for a paper …' }).click()
    },
    opened: DIALOG
  })
]

const playground: View = {
  name: 'playground',
  lab: 'sample',
  path: ({ runs }) => `/playground?run=${runs['dmro-plus'][0]}`,
  ready: 'text=Gap now'
}

async function adapt(page: Page): Promise<void> {
  // Another seed of the same algorithm: its networks fit.
  await page.getByRole('combobox', { name: /^Weights to start from/ }).fill('dmro-plus')
  await page
    .getByRole('option', { name: /dmro-plus/ })
    .first()
    .click()
  await page.getByLabel('Change', { exact: true }).selectOption('slowClouds')
  await page.getByRole('button', { name: 'Adapt all three' }).click()
  await page.getByRole('button', { name: 'Stop adapting' }).waitFor()
  // Both themes are to show the same: where all three have come to.
  await page.getByRole('button', { name: 'Adapt all three' }).waitFor({ timeout: 60_000 })
}

export const PLAYGROUND: readonly View[] = [
  { name: 'playground-empty', lab: 'empty', path: () => '/playground', ready: 'text=Play with a trained policy' },
  { name: 'playground-choose', lab: 'sample', path: () => '/playground', ready: 'text=Trained policies, newest first' },
  playground,
  from(playground, { name: 'playground-adapting', open: adapt }),
  from(playground, {
    name: 'playground-term',
    open: (page) => page.locator('.strip').getByRole('button', { name: 'Gap', exact: true }).first().click(),
    opened: '.meaning'
  })
]

async function quick(page: Page): Promise<void> {
  await page.locator('label.segment', { hasText: 'quick' }).click()
  await page.locator('.plot > *').nth(5).waitFor({ timeout: 15_000 })
  await page
    .getByText(/^reading \d/)
    .first()
    .waitFor({ state: 'detached' })
}

export const STUDIES: readonly View[] = [
  { name: 'studies', lab: 'sample', path: () => '/studies', ready: 'article .plot', open: quick },
  { name: 'study', lab: 'sample', path: () => '/studies/fig4?size=quick', ready: 'text=Too low a learning rate' }
]
