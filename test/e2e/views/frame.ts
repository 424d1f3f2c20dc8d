import type { Page } from 'playwright-core'
import { presetOf } from '@shared/presets'
import { drop } from '../rooms'
import { DIALOG, from, type View } from './view'

const runs: View = { name: 'runs', lab: 'sample', path: ({ experiment }) => `/?experiment=${experiment}`, ready: '[role=row].group' }

const bin: View = { name: 'bin', lab: 'sample', path: () => '/bin', ready: 'tbody tr' }

async function search(page: Page, words: string): Promise<void> {
  await page.keyboard.press('Control+k')
  await page.getByRole('combobox', { name: 'Search or run a command' }).fill(words)
}

/** A file that can be opened and one that cannot. */
function dropTwo(page: Page): Promise<void> {
  const topology = JSON.stringify(presetOf('one-edge-one-cloud', 'topology'))
  return drop(
    page,
    { name: 'one-edge-one-cloud.topology.json', content: topology },
    { name: 'notes.json', content: '{ "format": "letter" }' }
  )
}

/** What is shown over every page. */
export const FRAME: readonly View[] = [
  { name: 'tour', lab: 'empty', path: () => '/?view=all', ready: '.tour', firstVisit: true },
  from(runs, { name: 'shortcuts', open: (page) => page.keyboard.press('?'), opened: DIALOG }),
  from(runs, { name: 'palette', open: (page) => search(page, 'dm'), opened: DIALOG }),
  from(runs, { name: 'palette-nothing', open: (page) => search(page, 'zzzz'), opened: DIALOG }),
  { name: 'bin-empty', lab: 'empty', path: () => '/bin', ready: 'text=The bin is empty' },
  bin,
  from(bin, {
    name: 'bin-chosen',
    open: async (page) => {
      for (const key of ['x', 'j', 'x']) await page.keyboard.press(key)
    },
    opened: 'text=2 chosen'
  }),
  from(bin, { name: 'bin-emptying', open: (page) => page.getByRole('button', { name: /^Empty the bin/ }).click(), opened: DIALOG }),
  { name: 'agents-empty', lab: 'empty', path: () => '/settings/algorithms', ready: 'text=No program is registered' },
  {
    name: 'agents-register',
    lab: 'empty',
    path: () => '/settings/algorithms',
    ready: 'text=No program is registered',
    open: (page) => page.getByRole('button', { name: 'Register a program' }).click(),
    opened: 'form'
  },
  from(runs, { name: 'settings', open: (page) => page.keyboard.press('Control+,'), opened: DIALOG }),
  from(runs, {
    name: 'settings-backups',
    open: async (page) => {
      await page.keyboard.press('Control+,')
      await page.getByRole('button', { name: 'Show backups' }).click()
    },
    opened: 'dialog .backups'
  }),
  from(runs, {
    name: 'settings-restoring',
    open: async (page) => {
      await page.keyboard.press('Control+,')
      await page.getByRole('button', { name: 'Show backups' }).click()
      await page
        .getByRole('button', { name: /^Restore the backup/ })
        .first()
        .click()
    },
    opened: 'dialog .answers'
  }),
  from(runs, {
    name: 'settings-diagnostics',
    open: async (page) => {
      await page.keyboard.press('Control+,')
      await page.getByRole('button', { name: 'Show diagnostics' }).click()
    },
    opened: 'dialog textarea, dialog pre'
  }),
  from(runs, {
    name: 'glossary',
    open: async (page) => {
      await search(page, 'Glossary')
      await page.keyboard.press('Enter')
    },
    opened: 'dialog .terms'
  }),
  from(runs, { name: 'open-files', open: dropTwo, opened: 'dialog .faults' })
]
