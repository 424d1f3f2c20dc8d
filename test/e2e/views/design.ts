import type { Page } from 'playwright-core'
import { DIALOG, from, type View } from './view'

const topology: View = { name: 'topology', lab: 'sample', path: ({ topology: id }) => `/topologies/${id}`, ready: '.node' }
const node = (page: Page, name: string) => page.locator('.node').filter({ has: page.getByText(name, { exact: true }) })

async function choosePair(page: Page, ends: readonly [string, string]): Promise<void> {
  const bar = page.getByRole('group', { name: 'Transfer' })
  for (const [i, end] of ends.entries()) {
    await bar.getByRole('combobox').nth(i).fill(end)
    await page.getByRole('option', { name: end, exact: true }).click()
  }
}

async function newTopology(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'New topology' }).click()
}

export const TOPOLOGIES: readonly View[] = [
  { name: 'topologies-empty', lab: 'empty', path: () => '/topologies', ready: 'article' },
  { name: 'topologies', lab: 'sample', path: () => '/topologies', ready: 'article[aria-label=Campus]' },
  {
    name: 'topology-empty',
    lab: 'empty',
    path: () => '/topologies',
    ready: 'article',
    open: newTopology,
    opened: 'text=An empty canvas'
  },
  topology,
  from(topology, { name: 'topology-node', open: (page) => node(page, 'library-edge').click(), opened: '.node.selected' }),
  from(topology, {
    name: 'topology-several',
    open: async (page) => {
      await page.getByRole('application').focus()
      await page.keyboard.press('Control+a')
    },
    opened: '.node.selected'
  }),
  from(topology, { name: 'topology-transfer', open: (page) => choosePair(page, ['camera', 'public-cloud']), opened: '.seconds' }),
  from(topology, {
    name: 'topology-versions',
    open: (page) => page.getByRole('region', { name: 'Versions' }).getByRole('button', { name: /^v1/ }).click(),
    opened: '.against'
  }),
  from(topology, {
    name: 'topology-optimum',
    open: async (page) => {
      await page.getByRole('button', { name: 'Play on the map' }).click()
      await page.getByLabel('Moment, seconds').fill('30')
    },
    opened: '.sample .now'
  }),
  {
    name: 'topology-load',
    lab: 'empty',
    path: () => '/topologies',
    ready: 'article',
    open: async (page) => {
      await page.getByRole('article', { name: 'four devices', exact: true }).getByRole('button').first().click()
      await page.getByRole('button', { name: 'Load', exact: true }).click()
      await page.getByLabel('Workload whose batches load the map').selectOption('shared-4x10')
    },
    opened: 'text=Bottleneck'
  },
  from(topology, { name: 'topology-faults', path: ({ faulty }) => `/topologies/${faulty}` }),
  from(topology, {
    name: 'topology-export',
    open: (page) => page.getByRole('button', { name: 'Export', exact: true }).click(),
    opened: '[role=menu]'
  }),
  from(topology, {
    name: 'topology-figure',
    open: async (page) => {
      await page.getByRole('button', { name: 'Export', exact: true }).click()
      await page.getByRole('menuitem', { name: 'Figure for a paper …' }).click()
    },
    opened: DIALOG
  }),
  { name: 'topology-missing', lab: 'empty', path: () => '/topologies/ffffffff', ready: '.blank' },
  // Last: the tables stay open.
  from(topology, {
    name: 'topology-table',
    open: async (page) => {
      const table = page.getByRole('button', { name: 'Table', exact: true })
      if ((await table.getAttribute('aria-pressed')) === 'false') await table.click()
    },
    opened: '.grid-panel'
  })
]

const workload: View = { name: 'workload', lab: 'sample', path: ({ generated }) => `/workloads/${generated}`, ready: 'svg' }

export const WORKLOADS: readonly View[] = [
  { name: 'workloads-empty', lab: 'empty', path: () => '/workloads', ready: 'section' },
  { name: 'workloads', lab: 'sample', path: () => '/workloads', ready: 'text=Video analytics' },
  from(workload, { name: 'workload-generator' }),
  {
    name: 'workload-graphs',
    lab: 'empty',
    path: () => '/workloads',
    ready: 'section',
    open: async (page) => {
      await page.getByRole('button', { name: 'New generator' }).click()
      await page.getByText('graph', { exact: true }).click()
      await page.getByLabel('Together', { exact: true }).fill('4')
    },
    opened: 'text=4 × 10 tasks'
  },
  from(workload, { name: 'workload-explicit', path: ({ explicit }) => `/workloads/${explicit}` })
]

const plan: View = { name: 'planner', lab: 'sample', path: ({ plan: id }) => `/experiments/${id}`, ready: 'text=Runs to make' }

export const EXPERIMENTS: readonly View[] = [
  { name: 'experiments-empty', lab: 'empty', path: () => '/experiments', ready: 'article' },
  { name: 'experiments', lab: 'sample', path: () => '/experiments', ready: 'article' },
  { name: 'planner-new', lab: 'empty', path: () => '/experiments/new', ready: 'text=Runs to make' },
  plan,
  from(plan, { name: 'planner-versions', open: (page) => page.getByRole('button', { name: /versions of/ }).click(), opened: '.pop' }),
  from(plan, { name: 'planner-scenario', open: (page) => page.getByRole('button', { name: 'Add a scenario' }).click() })
]

export const LINEAGE: readonly View[] = [
  { name: 'lineage', lab: 'sample', path: ({ topology: id }) => `/lineage/${id}`, ready: '[data-node]' },
  { name: 'lineage-run', lab: 'sample', path: ({ runs }) => `/lineage/runs/${runs.dmro[0]}`, ready: '[data-node]' },
  { name: 'lineage-missing', lab: 'empty', path: () => '/lineage/ffffffff', ready: 'text=may never have been saved' }
]

/** Menus of the design pages. */
export const DESIGN_MENUS: readonly View[] = [
  from(topology, {
    name: 'topology-align',
    open: async (page) => {
      await page.getByRole('application').focus()
      await page.keyboard.press('Control+a')
      await page.getByRole('button', { name: 'Align', exact: true }).click()
    },
    opened: '[role=menu]'
  }),
  {
    name: 'topologies-menu',
    lab: 'sample',
    path: () => '/topologies',
    ready: 'article[aria-label=Campus]',
    open: (page) => page.getByRole('article', { name: 'Campus', exact: true }).getByRole('button').last().click(),
    opened: '[role=menu]'
  }
]
