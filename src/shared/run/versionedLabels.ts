import type { Scenario } from '../model/scenario'
import { type DocumentLine, documentLines } from './differences'
import { bareScenario } from './naming'

interface NamedVersion {
  name: string
  version?: number
}

/** A world under the label that people know it by, and what it came from. */
export interface LabelledWorld {
  scenario: string
  world: string
  sources?: { topology: NamedVersion; workload: NamedVersion }
}

const nameOf = ({ name, version }: NamedVersion) => (version === undefined ? name : `${name} v${version}`)

/**
 * What worlds are called, in their order. Where several share a label, each is called by the version of the topology or workload in which
 * they differ – `office v3` – and, where that does not tell them apart, by `apart`: what else differs, by world.
 */
export function versionedLabels(worlds: readonly LabelledWorld[], apart: ReadonlyMap<string, string> = new Map()): string[] {
  const labels = new Map<string, Map<string, LabelledWorld>>()
  for (const each of worlds) {
    const known = labels.get(each.scenario) ?? new Map<string, LabelledWorld>()
    labels.set(each.scenario, known)
    if (!known.has(each.world)) known.set(each.world, each)
  }
  const called = new Map([...labels].map(([label, known]) => [label, namesOf(label, [...known.values()], apart)]))
  return worlds.map(({ scenario, world }) => called.get(scenario)?.get(world) ?? scenario)
}

/** Names of worlds that share a label, by world. */
function namesOf(label: string, worlds: readonly LabelledWorld[], apart: ReadonlyMap<string, string>): Map<string, string> {
  if (worlds.length === 1) return new Map([[worlds[0].world, label]])
  // What a sweep of the objective put behind the name stays behind it.
  const bare = bareScenario(label)
  const base = label.startsWith(bare) ? bare : label
  const marks = label.slice(base.length)
  const differing = (['topology', 'workload'] as const).filter(
    (part) => new Set(worlds.map(({ sources }) => sources && nameOf(sources[part]))).size > 1
  )
  const versions = worlds.map(({ sources }) => differing.flatMap((part) => (sources ? [nameOf(sources[part])] : [])))
  const isTold = versions.map((parts) => parts.length > 0 && versions.filter((others) => others.join() === parts.join()).length === 1)
  return new Map(
    worlds.map(({ world, sources }, i) => {
      const parts = isTold[i] ? versions[i] : [...versions[i], apart.get(world) ?? world.slice(0, 6)]
      // Of a scenario that is called as a part of it, that part is the label.
      const isNamedSo = sources && differing.some((part) => sources[part].name === base)
      return [world, [...(isNamedSo ? [] : [base]), ...parts].join(' · ') + marks]
    })
  )
}

/** In what scenarios differ, each by its own values, in as few words as tell them apart: `gateway › computeMHz 4000`. Names, notes and drawing do not count. */
export function apartTexts(scenarios: readonly Scenario[]): string[] {
  const lines = documentLines(
    scenarios.map(({ topology, workload, objective, execution }) => ({
      ...objective,
      ...(execution && { execution }),
      nodes: topology.nodes.map(({ group: _, ...node }) => node),
      links: topology.links,
      ...workload,
      name: undefined,
      note: undefined
    }))
  ).filter(({ isEqual }) => !isEqual)
  const told = telling(lines, scenarios.length)
  const more = lines.length - told.length
  return scenarios.map((_, i) => {
    const values = told.map(({ path, values: all }) => `${path.replace(/^(nodes|links|workflows|generator) › /, '')} ${all[i] ?? '–'}`)
    return [...values, ...(more > 0 ? [`${more} more`] : [])].join(', ')
  })
}

/** The first lines that tell apart as many documents as all lines do. */
function telling(lines: readonly DocumentLine[], documents: number): DocumentLine[] {
  const told: DocumentLine[] = []
  let keys = Array.from({ length: documents }, () => '')
  for (const line of lines) {
    const next = keys.map((key, i) => `${key}\n${line.values[i] ?? ''}`)
    if (new Set(next).size === new Set(keys).size) continue
    told.push(line)
    keys = next
  }
  return told
}
