import { sql } from 'drizzle-orm'
import type { DocumentCard, VersionRow } from '@shared/contract/library'
import { document, documentVersion, formerName } from './schema'
import { intact } from './seals'

/** How rows of the library are read and shown. */

/** As JSON, the last first. */
export const FORMERLY = sql<string>`(select json_group_array(name) from (select ${formerName.name} from ${formerName} where ${formerName.document} = ${document.id} and ${formerName.name} <> ${document.name} and ${intact(formerName)} order by ${formerName.leftAt} desc))`

export const VERSION = {
  version: documentVersion.version,
  savedAt: documentVersion.savedAt,
  note: documentVersion.note,
  facts: documentVersion.facts,
  faults: documentVersion.faults,
  contentId: documentVersion.contentId
}

export function versionOf(row: Pick<typeof documentVersion.$inferSelect, keyof typeof VERSION>): VersionRow {
  const { version, savedAt, note, facts, faults, contentId } = row
  return { version, savedAt, ...(note !== null && { note }), facts: JSON.parse(facts), faults, ...(contentId && { contentId }) }
}

interface CardRow {
  document: typeof document.$inferSelect
  facts: string
  faults: number
  contentId: string | null
  formerly: string
}

export function documentCardOf({
  document: { deletedAt: _, seal: __, ...columns },
  facts,
  faults,
  contentId,
  formerly
}: CardRow): DocumentCard {
  const names: string[] = JSON.parse(formerly)
  return { ...columns, facts: JSON.parse(facts), faults, ...(contentId && { contentId }), ...(names.length > 0 && { formerly: names }) }
}
