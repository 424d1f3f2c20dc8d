import { createInterface } from 'node:readline/promises'
import { lossText, usesText, whatText, KEPT_TEXT } from '@shared/bin'
import type { BinEntry, BinKind, BinUse } from '@shared/contract/bin'
import { bytes, moment } from '@shared/format'
import { type Command, type Invocation, UsageError, wholeOf } from './command'
import { note, print, printJson, table } from './output'
import { type DirectClient, withHistory, withLab } from './session'

const ACTIONS = ['list', 'restore', 'empty']

async function list({ json, ...invocation }: Invocation): Promise<number> {
  return withHistory({ ...invocation }, async ({ client }) => {
    const { entries, bytes: size } = await client.bin.list({})
    if (json) await printJson({ entries, bytes: size })
    else if (entries.length === 0) note('The bin is empty.')
    else {
      await print(entryTable(entries))
      note(`${bytes(size)} in total. Restore with: lab bin restore ID`)
    }
    return 0
  })
}

function entryTable(entries: readonly BinEntry[]): string {
  return table(
    [
      { head: 'id' },
      { head: 'name' },
      { head: 'what' },
      { head: 'deleted' },
      { head: 'kept until' },
      { head: 'size', align: 'right' },
      { head: 'still used by' }
    ],
    entries.map((entry) => [
      entry.id,
      entry.name,
      whatText(entry),
      moment(entry.deletedAt),
      moment(entry.keptUntil).slice(0, 10),
      bytes(entry.bytes),
      usesText(entry.usedBy) || '–'
    ])
  )
}

/** Entries that were typed, whole or as far as they are unique; runs by their own ids. Throws UsageError. */
function resolveEntries(entries: readonly BinEntry[], typed: readonly string[], withRuns: boolean): string[] {
  const known = [...entries.map(({ id }) => id), ...(withRuns ? entries.flatMap(({ runs }) => runs ?? []) : [])]
  return typed.map((text) => {
    if (known.includes(text)) return text
    const fitting = known.filter((id) => id.startsWith(text))
    if (fitting.length === 1) return fitting[0]
    throw new UsageError(
      fitting.length === 0
        ? `${text} is not in the bin; see "lab bin list"`
        : `${text} is the beginning of ${fitting.length} ids: ${fitting.join(', ')}`
    )
  })
}

async function restore(invocation: Invocation, typed: readonly string[]): Promise<number> {
  return withLab(invocation, async ({ client }) => {
    const ids = resolveEntries((await client.bin.list({})).entries, typed, true)
    const { restored } = await client.bin.restore({ ids })
    if (invocation.json) await printJson({ restored })
    for (const { name, before } of invocation.json ? [] : restored) {
      note(before === undefined ? `Restored: ${name}` : `Restored as "${name}": the name "${before}" is taken by now.`)
    }
    return 0
  })
}

async function empty(invocation: Invocation, typed: readonly string[]): Promise<number> {
  const days = wholeOf(invocation.options, 'older-than', 0, 36_500)
  if (days !== undefined && typed.length > 0) throw new UsageError('bin empty takes ids or --older-than, not both')
  return withLab(invocation, async ({ lab, client }) => {
    const { entries } = await client.bin.list({})
    const ids = resolveEntries(entries, typed, false)
    const until = lab.now() - (days ?? 0) * 24 * 3600 * 1000
    const meant = entries.filter(({ id, deletedAt }) => (ids.length > 0 ? ids.includes(id) : days === undefined || deletedAt <= until))
    if (meant.length > 0 && !(await isConfirmed(invocation, meant))) {
      note('Nothing was deleted.')
      return 1
    }
    const outcome = meant.length === 0 ? { gone: [], bytes: 0, left: [] } : await client.bin.empty({ ids: meant.map(({ id }) => id) })
    if (invocation.json) await printJson(outcome)
    else if (meant.length === 0)
      note(
        days === undefined ? 'The bin is empty.' : `Nothing in the bin was deleted ${days} ${days === 1 ? 'day' : 'days'} ago or earlier.`
      )
    else note(`Deleted for good: ${lossText(meant.filter(({ id }) => outcome.gone.includes(id))) || 'nothing'}, ${bytes(outcome.bytes)}.`)
    if (outcome.left.length > 0) note(`Still in the bin, since a run in it has not stopped: ${outcome.left.join(' ')}`)
    return outcome.left.length > 0 ? 1 : 0
  })
}

/** Asks where someone can answer; a script has said what it wants by calling. */
async function isConfirmed({ json, options }: Invocation, entries: readonly BinEntry[]): Promise<boolean> {
  if (json || options.yes === true || !process.stdin.isTTY || !process.stderr.isTTY) return true
  const lines = createInterface({ input: process.stdin, output: process.stderr })
  try {
    return /^y(es)?$/i.test((await lines.question(`Delete ${lossText(entries)} for good? [y/N] `)).trim())
  } finally {
    lines.close()
  }
}

/** What uses things that are about to be deleted. */
export function usesBefore(client: DirectClient, kind: BinKind, ids: readonly string[]): Promise<BinUse[]> {
  return client.bin.uses({ kind, ids: [...ids] })
}

/** Says where something deleted went, who used it, and how it comes back. */
export function noteDeleted(what: string, entry: string, uses: readonly BinUse[]): void {
  note(`Deleted: ${what}`)
  if (uses.length > 0) note(`It was used by ${usesText(uses)}.`)
  note(`It is ${KEPT_TEXT}. Restore it with: lab bin restore ${entry}`)
}

export const binCommand: Command = {
  usage: 'bin list|restore|empty [ID…]',
  summary: 'what was deleted: kept for 30 days or until the bin is emptied',
  details: [
    'bin list                       what is in it, since when, until when, and what still uses it',
    'bin restore ID…                restores entries, or single runs by their own ids',
    'bin empty                      deletes everything in it for good; asks first on a terminal',
    'bin empty ID…                  only these entries',
    'bin empty --older-than DAYS    only what was deleted at least that long ago',
    '',
    '--yes   does not ask'
  ].join('\n'),
  options: { 'older-than': { type: 'string' }, yes: { type: 'boolean' } },
  async run(invocation) {
    const [action = 'list', ...typed] = invocation.arguments
    if (action === 'restore') {
      if (typed.length === 0) throw new UsageError('which entry? Give its id; see "lab bin list"')
      return restore(invocation, typed)
    }
    if (action === 'empty') return empty(invocation, typed)
    if (action !== 'list') throw new UsageError(`bin does not know "${action}"; it takes ${ACTIONS.join(', ')}`)
    if (typed.length > 0) throw new UsageError(`bin list takes no ids; "${typed[0]}" is one too many`)
    return list(invocation)
  }
}
