import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { ROOT } from './paths.mjs'
import { StepError } from './say.mjs'

export const SOAK_HELP = `npm run soak -- [--row NAME]… [--cases N] [--seed N] [--case I] [--again] [--list]

  --row NAME  a row; may be given several times; default: all
  --cases N   so many cases of each row; default: those of a whole soak
  --seed N    other cases; default: 1, those that npm test begins with
  --case I    that case alone, as a fault names it; changes no figures
  --again     from the first case, what was made so far forgotten
  --list      the rows and how far each has come

A soak that is ended continues where it was. Its figures go to RELIABILITY.md.`

/** The rows there are: a file each. */
export const soakRows = () =>
  readdirSync(join(ROOT, 'test/soak/rows'))
    .filter((name) => name.endsWith('.ts') && name !== 'index.ts')
    .map((name) => name.slice(0, -3))

function wholeNumber(name, text, least) {
  if (text === undefined) return undefined
  if (!/^\d{1,9}$/.test(text) || Number(text) < least)
    throw new StepError('arguments', `--${name} takes a whole number from ${least} on, not "${text}".`, SOAK_HELP)
  return Number(text)
}

/** What is asked for: `rows` by name, `seed`, and what else was given. Throws StepError. */
export function readSoakArguments(given) {
  let values
  try {
    const [text, flag] = [{ type: 'string' }, { type: 'boolean' }]
    const options = { row: { ...text, multiple: true }, cases: text, seed: text, case: text, again: flag, list: flag, help: flag }
    values = parseArgs({ args: given, options }).values
  } catch (error) {
    throw new StepError('arguments', error.message, SOAK_HELP)
  }
  const known = soakRows()
  const rows = values.row ?? known
  for (const row of rows)
    if (!known.includes(row)) throw new StepError('arguments', `there is no row "${row}". Rows: ${known.join(', ')}.`, SOAK_HELP)
  const only = wholeNumber('case', values.case, 0)
  if (only !== undefined && values.row?.length !== 1) throw new StepError('arguments', '--case takes one --row.', SOAK_HELP)
  const seed = wholeNumber('seed', values.seed, 0) ?? 1
  return { rows, seed, cases: wholeNumber('cases', values.cases, 1), only, again: values.again, list: values.list, help: values.help }
}
