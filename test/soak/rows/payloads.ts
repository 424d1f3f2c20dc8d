import { cpSync } from 'node:fs'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import type { Browser } from 'playwright-core'
import { expect } from 'vitest'
import { openStore, type Store } from '../../../src/main/store'
import { provideSeals } from '../../../src/main/store/seals'
import { launchBrowser, openPage, type ServedLab, serveLab, type WatchedPage } from '../../e2e/browser'
import { copySample } from '../../e2e/kept-sample'
import { show } from '../../e2e/labs'
import { PAYLOADS, wasTaken } from '../../e2e/payloads'
import type { Sample } from '../../e2e/sample'
import { VIEWS } from '../../e2e/views'
import type { Case, Measures, Row } from '../row'

/** Views of a lab with a history; those of a lab that trains show nothing that these do not. */
const SHOWN = VIEWS.filter(({ lab }) => lab === 'sample')

/** Columns of plain text that people write, and pages show. */
const COLUMNS: readonly [table: string, column: string][] = [
  ['experiment', 'name'],
  ['experiment', 'note'],
  ['scenario', 'name'],
  ['scenario', 'note'],
  ['comparison', 'name'],
  ['comparison', 'note'],
  ['saved_view', 'name'],
  ['document', 'name'],
  ['document_version', 'note'],
  ['former_name', 'name'],
  ['policy_name', 'note'],
  ['draft', 'name']
]

/** A document with a payload behind each of its names and notes. */
function spoilt(value: unknown, next: () => string): unknown {
  if (Array.isArray(value)) return value.map((item) => spoilt(item, next))
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(
    Object.entries(value).map(([key, inner]) => [
      key,
      typeof inner === 'string' && (key === 'name' || key === 'note') ? `${inner} ${next()}` : spoilt(inner, next)
    ])
  )
}

function spoilDocuments(store: Store, next: () => string): void {
  for (const { id, kind, name, version } of store.library.list()) {
    const content = store.library.read(id, version)?.content
    // An experiment names what else is in the library.
    if (content && kind !== 'experiment' && kind !== 'environments')
      store.library.add(id, { content: spoilt(content, next) as object, facts: {}, faults: 0 }, Date.now(), name)
  }
}

/** Puts a payload behind every text of a data folder that people may write, the n-th field the n-th of them from `first` on. */
function spoil(home: string, first: number): void {
  let at = first
  const next = () => PAYLOADS[at++ % PAYLOADS.length]
  const store = openStore(home)
  spoilDocuments(store, next)
  for (const { id } of store.runs.list()) {
    store.runs.update(id, { message: next() })
    store.marks.update(id, { note: next(), tags: [next()] })
    store.log.add(id, { at: 1, level: 'error', text: next() })
  }
  store.close()
  const sqlite = new Database(join(home, 'lab.sqlite'))
  provideSeals(sqlite)
  for (const [table, column] of COLUMNS) sqlite.prepare(`update ${table} set ${column} = coalesce(${column}, '') || ' ' || ?`).run(next())
  sqlite.close()
}

export const payloads: Row = {
  name: 'payloads',
  fault: `${PAYLOADS.length} texts that run scripts, behind every name, note, tag, message and log line of a lab, in every view of it; the page’s policy on and off`,
  holds: 'none is run, none makes an element, and no dialog appears',
  cases: { ci: PAYLOADS.length, soak: 3000 },
  async begin(scratch): Promise<Case> {
    const browser: Browser = await launchBrowser()
    scratch.onEnd(() => browser.close())
    const clean = scratch.folder()
    const sample: Sample = await copySample(join(clean, 'home'))
    let served: { round: number; lab: ServedLab; watched: WatchedPage } | undefined
    const end = async (): Promise<void> => {
      await served?.watched.close()
      await served?.lab.stop()
      served = undefined
    }
    scratch.onEnd(end)
    // A round is all views of one lab; each field has another payload in the next.
    const inRound = async (round: number): Promise<NonNullable<typeof served>> => {
      if (served?.round === round) return served
      await end()
      const home = join(scratch.folder(), 'home')
      cpSync(join(clean, 'home'), home, { recursive: true })
      spoil(home, Math.floor(round / 2))
      const lab = await serveLab({ home })
      const watched = await openPage(browser, lab.url, { bypassCSP: round % 2 === 1 })
      served = { round, lab, watched }
      return served
    }
    return async (_random, index): Promise<Measures> => {
      const view = SHOWN[index % SHOWN.length]
      const { lab, watched } = await inRound(Math.floor(index / SHOWN.length))
      let dialog: string | undefined
      watched.page.once('dialog', (shown) => {
        dialog = shown.message()
        void shown.dismiss()
      })
      await show(watched, lab.url, view, sample)
      expect(await watched.page.evaluate(wasTaken), view.name).toBeUndefined()
      expect(dialog, view.name).toBeUndefined()
      expect(watched.complaints.splice(0).filter((complaint) => complaint.startsWith('policy'))).toEqual([])
      return { views: 1 }
    }
  },
  figure: (tally) => `${tally.total('views')} views with payloads in every text, none taken for anything but text`
}
