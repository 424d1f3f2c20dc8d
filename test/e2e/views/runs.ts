import type { Page } from 'playwright-core'
import { DIALOG, from, MENU, type View } from './view'

const runs: View = { name: 'runs', lab: 'sample', path: ({ experiment }) => `/?experiment=${experiment}`, ready: '[role=row].group' }

async function openGroups(page: Page): Promise<void> {
  const expand = page.getByRole('button', { name: 'Expand all' })
  // What was opened once stays open.
  if (await expand.isVisible()) await expand.click()
  await page.locator('[role=row].run').first().waitFor()
}

export const RUNS: readonly View[] = [
  { name: 'runs-empty', lab: 'empty', path: () => '/?view=all', ready: 'text=No runs yet' },
  runs,
  from(runs, {
    name: 'runs-selected',
    // The scenario, the optimum, then two learned algorithms.
    open: async (page) => {
      for (const key of ['j', 'j', 'j', 'x', 'j', 'x']) await page.keyboard.press(key)
    },
    opened: '[role=row][aria-selected=true]'
  }),
  from(runs, { name: 'runs-expanded', open: openGroups }),
  from(runs, {
    name: 'runs-filter',
    open: (page) => page.getByLabel('Filter by words and conditions').fill('gap < 1 % dmro')
  }),
  from(runs, {
    name: 'runs-misread',
    open: (page) => page.getByLabel('Filter by words and conditions').fill('gap < 5'),
    opened: '.misread'
  }),
  from(runs, {
    name: 'runs-completing',
    open: async (page) => {
      await page.getByLabel('Filter by words and conditions').fill('dmro units = ')
      await page.keyboard.press('ArrowDown')
    },
    opened: '[role=option][aria-selected=true]'
  }),
  from(runs, { name: 'runs-columns', open: (page) => page.getByRole('button', { name: 'Columns', exact: true }).click(), opened: MENU }),
  from(runs, { name: 'runs-grouping', open: (page) => page.getByRole('button', { name: /^Group by/ }).click(), opened: MENU }),
  from(runs, { name: 'runs-save-view', open: (page) => page.getByRole('button', { name: 'Save view' }).click(), opened: MENU }),
  { name: 'runs-nothing-found', lab: 'sample', path: () => '/?words=nobody', ready: 'text=0 of' },
  { name: 'queue-empty', lab: 'sample', path: () => '/?view=queue', ready: 'text=Nothing is training or waiting' },
  { name: 'queue', lab: 'busy', path: () => '/?view=queue', ready: 'tr.movable', opened: String.raw`text=/^[1-9][\d,]* learn steps\/s$/` },
  {
    name: 'runs-busy',
    lab: 'busy',
    path: () => '/?view=all',
    ready: '[role=row].group',
    open: openGroups
  }
]

const run: View = { name: 'run', lab: 'sample', path: ({ runs: { dmro } }) => `/runs/${dmro[0]}`, ready: '.readout' }
const tab = (name: RegExp) => (page: Page) => page.getByRole('tab', { name }).click()

export const RUN: readonly View[] = [
  { name: 'run-missing', lab: 'empty', path: () => '/runs/ffffffff', ready: 'text=This run does not exist' },
  from(run, { opened: 'canvas' }),
  from(run, { name: 'run-plus', path: ({ runs: ids }) => `/runs/${ids['dmro-plus'][0]}`, opened: 'canvas' }),
  from(run, { name: 'run-placements', open: tab(/Placements/), opened: 'text=won' }),
  from(run, {
    name: 'run-notes',
    open: async (page) => {
      await tab(/Notes/)(page)
      await page.getByLabel(/^Note/).fill('**Why it wins**\n\n- keeps `t1` on the device\n- moves the rest to the cloud in one go')
    },
    opened: '.markdown'
  }),
  from(run, { name: 'run-history', open: tab(/Log and checkpoints/), opened: 'text=Checkpoints' }),
  from(run, { name: 'run-menu', open: (page) => page.getByRole('button', { name: 'More', exact: true }).click(), opened: MENU }),
  from(run, {
    name: 'run-export',
    open: (page) => page.getByRole('button', { name: 'Optimality gap: Export' }).click(),
    opened: 'text=CSV, every point'
  }),
  from(run, {
    name: 'run-table',
    open: (page) => page.getByRole('button', { name: 'Optimality gap: Show as table' }).click(),
    opened: DIALOG
  }),
  from(run, {
    name: 'run-live',
    lab: 'busy',
    path: () => '/?view=all',
    ready: '[role=row].group',
    open: async (page) => {
      await openGroups(page)
      await page.locator('a.link', { hasText: 'seed 1' }).first().click()
    },
    opened: '.readout'
  })
]
