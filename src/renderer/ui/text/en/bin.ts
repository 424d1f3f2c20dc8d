import { BIN_DAYS, KEPT_TEXT, usesText } from '@shared/bin'
import type { BinUse } from '@shared/contract/bin'
import { count } from '@shared/format'
import { runCount } from './counts'

const used = (uses: readonly BinUse[]) => (uses.length > 0 ? ` Used by ${usesText(uses)}.` : '')

/** What was deleted, and deleting. */
export const binText = {
  bin: {
    title: 'Bin',
    subtitle: (n: number, size: string) =>
      `${count(n, 'thing', 'things')}, ${size} · kept for ${BIN_DAYS} days or until emptied, across restarts`,
    none: `The bin is empty: what is deleted stays here for ${BIN_DAYS} days and can be restored.`,
    noMatch: 'Nothing in the bin matches.',
    loading: 'Reading the bin …',
    failed: (why: string) => `The bin could not be read: ${why}`,
    retry: 'Try again',
    find: 'Find in the bin',
    shelves: 'Show',
    shelf: { all: 'everything', documents: 'documents', runs: 'runs', others: 'others' },
    shelfOf: (name: string, n: number) => `${name} ${n}`,
    thing: 'Thing',
    what: 'What',
    deleted: 'Deleted',
    size: 'Size',
    until: 'Kept until',
    usedBy: 'Still used by',
    choose: (name: string) => `Choose ${name}`,
    chooseAll: 'Choose all in sight',
    chosen: (n: number) => `${n} chosen`,
    today: (time: string) => `today, ${time}`,
    yesterday: (time: string) => `yesterday, ${time}`,
    inDays: (day: string, days: number) => (days < 1 ? `${day}, within a day` : `${day}, in ${count(days, 'day', 'days')}`),
    restore: 'Restore',
    restoreOne: (name: string) => `Restore ${name}`,
    restoreChosen: (n: number) => (n === 1 ? 'Restore it' : 'Restore them'),
    forGood: 'Delete for good',
    empty: (size: string) => `Empty the bin, ${size}`,
    emptyShort: 'Empty the bin',
    details: 'What is chosen in the bin',
    versions: 'Versions',
    versionsAnd: (n: number, edits: string | undefined) => `${n}${edits === undefined ? '' : `, and edits of ${edits}`}`,
    onlyEdits: (at: string) => `never saved, edits of ${at}`,
    runs: 'Runs',
    notUsed: 'Nothing uses it.',
    keepCopy: 'Runs keep their copy of what they were trained with and can be read and compared.',
    cannotStart: 'Experiments cannot start new runs with it until it is restored.',
    backRuns: 'Restoring brings back curves, notes, tags, checkpoints and policies, and their place in comparisons.',
    backDocument: 'Restoring brings back all versions, the edits and the name. If the name is taken, it comes back as “name (restored)”.',
    backOther: 'Restoring brings it back as it was. If its name is taken, it comes back as “name (restored)”.',
    leaving: (n: number, day: string) => `Nothing is deleted before its day. ${count(n, 'thing is', 'things are')} deleted by ${day}.`,
    restored: (name: string) => `${name} restored`,
    restoredMany: (n: number) => `${count(n, 'thing', 'things')} restored`,
    renamed: (before: string, name: string) => `Restored as “${name}”: the name “${before}” is taken by now.`,
    gone: (what: string, size: string) => `Deleted for good: ${what}, ${size}`,
    left: 'A run has not stopped yet; it can be deleted for good in a moment.',
    askForGood: (name: string) => `Delete “${name}” for good?`,
    askManyForGood: (n: number) => `Delete ${count(n, 'thing', 'things')} for good?`,
    lost: (what: string, size: string) => `This deletes ${what}, ${size}. This cannot be undone.`,
    stillUsed: (name: string, users: string) => `${name} is still used by ${users}.`,
    keep: 'Keep',
    /** Deleting, anywhere. */
    ask: (name: string) => `Delete ${name}?`,
    askRuns: (n: number) => `Delete ${runCount(n)}?`,
    inUse: (users: string) => `Used by ${users}.`,
    goes: `It will be ${KEPT_TEXT}.`,
    delete: 'Delete',
    moved: (said: string, uses: readonly BinUse[]) => `${said} · ${KEPT_TEXT}.${used(uses)}`,
    held: (database: string, size: string) => `${database}, bin ${size}`,
    open: 'Open the bin',
    room: 'Bin',
    commands: {
      next: 'Next thing',
      previous: 'Previous thing',
      choose: 'Choose the thing',
      restore: 'Restore what is chosen',
      forGood: 'Delete what is chosen for good',
      find: 'Find in the bin',
      empty: 'Empty the bin'
    }
  }
}
