import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, it } from 'vitest'

const SOURCE = fileURLToPath(new URL('../../src', import.meta.url))

const THINGS = [
  'workflow run seed group file fault step unit task node link point network version policy document comparison value scenario setting algorithm',
  'checkpoint worker core hop figure claim item parameter environment member place edge cloud byte'
]
  .join(' ')
  .split(' ')
  .map((thing) => thing.replace(/y$/, '(?:y|ie)'))
const QUALITIES = 'held-out |learn |training |more |further |such '

/** A number that is put before a plural without looking at it; names in capitals are constants above 1, and rates have no singular. */
const BLIND = new RegExp(
  `(?:\\$\\{(?![A-Z_\\d]+\\}|MOST_|[^{}]*count(?:ed)?\\()[^{}]*\\}|\\{\\{[^{}]*\\}\\}) (?:${QUALITIES})?(?:${THINGS.join('|')})s\\b(?!/)`,
  'g'
)
/** What stands before the plural is a word, a limit above 1, or an error of the code itself. */
const KNOWN = [
  'jobs.size} tasks',
  'task} runs',
  'id} runs',
  'kind.key} steps',
  "n.toLocaleString('en')} runs",
  'interrupted.length} runs',
  "size.toLocaleString('en')} items",
  'servers} edges',
  "runs.toLocaleString('en')} runs",
  'steps.length} steps',
  'quoted(part)} runs',
  'values.length} values',
  'other.steps} learn steps',
  'blob.byteLength} bytes'
]

const blindIn = (text: string) =>
  [...text.matchAll(BLIND)].map(([found]) => found).filter((found) => !KNOWN.some((known) => found.includes(known)))

it('nothing counts one of many: numbers and what they count are put together by count() alone', () => {
  const found = readdirSync(SOURCE, { recursive: true, encoding: 'utf8' })
    .filter((file) => /\.(ts|vue)$/.test(file))
    .flatMap((file) => blindIn(readFileSync(join(SOURCE, file), 'utf8')).map((text) => `${file}: ${text}`))
  expect(found).toEqual([])
})

it('which is seen where it is broken', () => {
  const put = (expression: string) => `$${`{${expression}}`}`
  expect(blindIn(`${put('n')} workflows and ${put('integer(all)')} held-out workflows, {{ rows.length }} runs`)).toHaveLength(3)
  expect(blindIn(`${put("count(n, 'run', 'runs')")} of ${put('MOST')} runs, ${put('rate')} learn steps/s`)).toEqual([])
})
