import type { Page } from 'playwright-core'

/** What a lab with some history offers to look at. */
export interface Sample {
  /** Completed runs of learning schemes, several seeds each. */
  runs: readonly string[]
}

/** Something to look at: a room in a certain state, or a dialog over one. */
export interface View {
  /** Names its pictures, too. */
  name: string
  /** `sample`: a lab with history; `empty`: one that was never used. */
  lab: 'sample' | 'empty'
  path(sample: Sample): string
  /** Is there once the view has come to rest. */
  ready: string
  /** Seen by someone who has never been here. */
  firstVisit?: boolean
  /** What to do once it is there, e.g. open a dialog. */
  open?(page: Page): Promise<void>
  /** Is there once that has been done. */
  opened?: string
}

const dialog = 'dialog[open]'

/** Every view and dialog. Each is held to be accessible and quiet, dark and light, and has its pictures taken. A new one is a line. */
export const VIEWS: readonly View[] = [
  { name: 'runs-empty', lab: 'empty', path: () => '/', ready: 'text=No runs yet' },
  { name: 'compare-empty', lab: 'empty', path: () => '/compare', ready: 'text=Nothing to compare yet' },
  { name: 'experiments', lab: 'empty', path: () => '/experiments', ready: 'article' },
  { name: 'run-missing', lab: 'empty', path: () => '/runs/ffffffff', ready: 'text=There is no such run' },
  { name: 'runs', lab: 'sample', path: () => '/', ready: '[role=row].group' },
  {
    name: 'runs-selected',
    lab: 'sample',
    path: () => '/',
    ready: '[role=row].group',
    open: (page) => page.keyboard.press('x'),
    opened: 'main'
  },
  { name: 'run', lab: 'sample', path: ({ runs }) => `/runs/${runs[0]}`, ready: '.readout' },
  { name: 'compare', lab: 'sample', path: ({ runs }) => `/compare?runs=${runs.join(',')}`, ready: '.evaluations' },
  {
    name: 'shortcuts',
    lab: 'sample',
    path: () => '/',
    ready: '[role=row].group',
    open: (page) => page.keyboard.press('?'),
    opened: dialog
  },
  { name: 'palette', lab: 'sample', path: () => '/', ready: '[role=row].group', open: openPalette, opened: dialog },
  {
    name: 'settings',
    lab: 'sample',
    path: () => '/',
    ready: '[role=row].group',
    open: (page) => page.keyboard.press('Control+,'),
    opened: dialog
  },
  { name: 'tour', lab: 'empty', path: () => '/', ready: '.tour', firstVisit: true },
  {
    name: 'curve-table',
    lab: 'sample',
    path: ({ runs }) => `/runs/${runs[0]}`,
    ready: '.readout',
    open: (page) =>
      page
        .getByRole('button', { name: /: Show as table$/ })
        .first()
        .click(),
    opened: dialog
  }
]

async function openPalette(page: Page): Promise<void> {
  await page.keyboard.press('Control+k')
  await page.getByRole('combobox', { name: 'Search or run a command' }).fill('dm')
}
