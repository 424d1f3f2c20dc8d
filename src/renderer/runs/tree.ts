import type { EvaluationSummary, RunRow } from '@shared/contract/records'
import type { EvaluatedOn } from '@shared/run/evaluated'
import { type Cards, type NamedGroup, type TellingName, tellingNames } from '@shared/run/naming'
import { type GroupNode, groupNode } from './groupNode'
import { DEFAULT_GROUPING, type GroupKey, type Grouping, type Section, sectionOf } from './grouping'

/** In what the groups of a section differ, so that no mean over them says anything. */
export type Unlike = 'algorithms' | 'worlds' | 'settings'

/** What holds sections or, innermost, groups of runs. */
export interface Branch {
  sections: SectionNode[]
  /** None where there are sections. */
  groups: GroupNode[]
  /** What groups are called beside each other, by their keys. */
  names: ReadonlyMap<string, TellingName>
}

/** A section of the table: a scenario, unless another grouping is chosen. */
export interface SectionNode extends Branch {
  key: string
  grouping: GroupKey
  name: string
  /** What sections are ordered by where that is not the time. */
  value?: number | string
  /** Every group in it, however deep. */
  all: GroupNode[]
  /** Why its groups have no mean in common; none where the section is a scenario, whose groups stand side by side. */
  unlike?: readonly Unlike[]
  note?: string
  facts?: RunRow['facts']
  /** Known once a run of the scenario has been evaluated. */
  evaluation?: EvaluationSummary
  /** What its finished runs were evaluated on, each once. */
  evaluatedOn: EvaluatedOn[]
  /** When something of it was asked for last. */
  queuedAt: number
}

function unlikeOf(groups: readonly GroupNode[]): Unlike[] {
  const several = (of: (row: RunRow) => string) => new Set(groups.map(({ runs: [row] }) => of(row))).size > 1
  const found: Unlike[] = []
  if (several((row) => row.algorithm)) found.push('algorithms')
  if (several((row) => row.world)) found.push('worlds')
  return found.length === 0 && several((row) => row.alike) ? ['settings'] : found
}

const sameRows = (a: readonly RunRow[], b: readonly RunRow[]) => a.length === b.length && a.every((row, i) => row === b[i])

/** What a heading of these sections says already. */
const TOLD: Readonly<Partial<Record<GroupKey, readonly ('algorithm' | 'weight' | 'scenario')[]>>> = {
  scenario: ['scenario', 'weight'],
  delta: ['weight'],
  algorithm: ['algorithm']
}

/**
 * Builds the table's tree by sections, reusing groups whose runs have not changed since the last time: a live batch changes a few rows
 * of ten thousand, and only theirs are made again. Names follow from what never changes of a run.
 */
export function treeBuilder(cards: Cards, { keys, isFlat }: Grouping = DEFAULT_GROUPING): (rows: readonly RunRow[]) => Branch {
  let known = new Map<string, { members: readonly RunRow[]; node: GroupNode }>()
  const named = new Map<string, { of: string; names: Branch['names'] }>()
  const told = keys.flatMap((key) => TOLD[key] ?? [])

  function name(branch: Branch, key: string): void {
    for (const section of branch.sections) name(section, section.key)
    if (branch.groups.length === 0) return
    const of = branch.groups.map((group) => group.key).join()
    const before = named.get(key)
    const names = before?.of === of ? before.names : namesOf(branch.groups, isFlat, cards, told)
    named.set(key, { of, names })
    branch.names = names
  }

  return (rows) => {
    const members = new Map<string, { path: Section[]; runs: RunRow[] }>()
    for (const row of rows) {
      const path = keys.map((key) => sectionOf(row, key, cards))
      const key = [...path.map((section) => section.key), isFlat ? row.id : row.alike].join(' ')
      const group = members.get(key)
      if (group) group.runs.push(row)
      else members.set(key, { path, runs: [row] })
    }
    const next: typeof known = new Map()
    const root: Branch = { sections: [], groups: [], names: new Map() }
    const sections = new Map<string, SectionNode>()
    for (const [key, { path, runs }] of members) {
      const before = known.get(key)
      const entry = before && sameRows(before.members, runs) ? before : { members: runs, node: groupNode(key, runs) }
      next.set(key, entry)
      place(root, sections, path, keys, entry.node)
    }
    known = next
    for (const section of sections.values()) if (section.grouping !== 'scenario') section.unlike = unlikeOf(section.all)
    name(root, '')
    return root
  }
}

function namesOf(groups: readonly GroupNode[], isFlat: boolean, cards: Cards, told: Parameters<typeof tellingNames>[2]): Branch['names'] {
  const asked = groups.map(({ runs: [{ seed, ...row }] }): NamedGroup => ({ ...row, ...(isFlat && !row.foreign && { seed }) }))
  const names = tellingNames(asked, cards, told)
  return new Map(groups.map((group, g) => [group.key, names[g]]))
}

/** Puts a group into its section, and this into those around it. */
function place(
  root: Branch,
  sections: Map<string, SectionNode>,
  path: readonly Section[],
  keys: readonly GroupKey[],
  node: GroupNode
): void {
  let branch = root
  let at = 'section'
  path.forEach((section, level) => {
    at += ` ${section.key}`
    let inner = sections.get(at)
    if (!inner) {
      inner = {
        ...section,
        key: at,
        grouping: keys[level],
        sections: [],
        groups: [],
        names: new Map(),
        all: [],
        evaluatedOn: [],
        queuedAt: 0
      }
      sections.set(at, inner)
      branch.sections.push(inner)
    }
    note(inner, node)
    branch = inner
  })
  branch.groups.push(node)
}

function note(section: SectionNode, node: GroupNode): void {
  section.all.push(node)
  section.queuedAt = Math.max(section.queuedAt, ...node.runs.map((row) => row.queuedAt))
  // What the optimum comes to is a scenario's own.
  if (section.grouping !== 'scenario') return
  section.note ??= node.runs[0].scenarioNote
  section.facts ??= node.runs.find((row) => row.facts)?.facts
  for (const { evaluation } of node.runs) {
    const isNew =
      evaluation && !section.evaluatedOn.some((on) => on.workflows === evaluation.workflows && on.inSample === evaluation.inSample)
    if (isNew) section.evaluatedOn.push(evaluation)
  }
  section.evaluation ??= node.runs.find((row) => row.evaluation)?.evaluation
}
