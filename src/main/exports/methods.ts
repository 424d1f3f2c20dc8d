import { count, duration } from '@shared/format'
import { settingText } from '@shared/run/naming'
import { algorithmCards } from '../algorithms'
import type { Store } from '../store'
import { bibtexOf, citedBy } from './references'
import type { TrackedRun } from './tracked'

/** A paragraph for the methods section of a paper, in Markdown that reads as plain text: what was run, how often, where, and with what. */
export function methodsParagraph(store: Store, all: readonly TrackedRun[]): string {
  const runs = all.filter(({ row }) => !row.foreign)
  const foreign = all.filter(({ row }) => row.foreign)
  const told = foreign.map(({ row }) => row.algorithm).join('; ')
  const others =
    foreign.length === 0
      ? ''
      : `${count(foreign.length, 'run was', 'runs were')} made by other programs and read from their trackers: ${told}.`
  if (runs.length === 0) return `${others}\n`
  const cards = new Map(algorithmCards.map((card) => [card.id, card]))
  const groups = new Map<string, TrackedRun[]>()
  for (const run of runs) groups.set(run.row.alike, [...(groups.get(run.row.alike) ?? []), run])
  const machines = new Set<string>()
  const versions = new Set<string>()
  for (const { row } of runs) {
    const machine = store.detail(row.id)?.machine
    if (!machine) continue
    versions.add(`DMRO Lab ${machine.app} (Node ${machine.node}, TensorFlow.js ${machine.tfjs}, ${machine.backend} ${machine.library})`)
    machines.add(`${machine.cpu}, ${count(machine.threads, 'thread', 'threads')} a run, ${machine.platform}`)
  }
  const described = [...groups.values()].map((group) => {
    const { row, unit } = group[0]
    const card = cards.get(row.algorithm)
    const changed = settingText(row.parameters, card).replaceAll(' · ', ', ')
    const lengths = [...new Set(group.map((run) => run.row.learnSteps))].join(' or ')
    const parts = [
      `${card?.title ?? row.algorithm} on ${row.scenario}`,
      changed === '' ? 'parameters at their defaults' : `parameters that differ from their defaults: ${changed}`,
      ...(row.learnSteps > 0 ? [`${lengths} ${unit}`] : []),
      ...(row.isDeterministic
        ? ['nothing random']
        : [`${group.length === 1 ? 'seed' : 'seeds'} ${seedsText(group.map((run) => run.row.seed))}`])
    ]
    return parts.join('; ')
  })
  const [first] = runs
  const evaluation = first?.row.evaluation
  const seconds = runs.reduce((sum, { row }) => sum + row.seconds, 0)
  const unfinished = runs.filter(({ row }) => row.status !== 'completed').length
  return [
    `${count(runs.length, 'run was', 'runs were')} made with ${[...versions].join(' and ') || 'DMRO Lab'}${machines.size > 0 ? ` on ${[...machines].join(' and on ')}` : ''}.`,
    `${described.join('. ')}.`,
    evaluation
      ? `Each was evaluated on ${count(evaluation.workflows, 'workflow', 'workflows')} ${evaluation.inSample ? 'it was trained on' : 'held out from training'}, the same for every run of a world; gaps are relative to the reference of each.`
      : '',
    `Training took ${duration(seconds)} in all.`,
    others,
    unfinished > 0 ? `Of these, ${count(unfinished, 'run', 'runs')} did not complete.` : '',
    ...[...new Set(runs.flatMap(({ row }) => (row.approximate === undefined ? [] : [row.approximate])))]
  ]
    .filter((sentence) => sentence !== '')
    .join(' ')
    .concat('\n')
}

/** "1 to 5, 8". */
function seedsText(seeds: readonly number[]): string {
  const sorted = [...new Set(seeds)].sort((a, b) => a - b)
  const spans: string[] = []
  for (let i = 0; i < sorted.length; ) {
    let end = i
    while (sorted[end + 1] === sorted[end] + 1) end++
    spans.push(end - i > 1 ? `${sorted[i]} to ${sorted[end]}` : sorted.slice(i, end + 1).join(', '))
    i = end + 1
  }
  return spans.join(', ')
}

/** BibTeX of what a paper on these runs cites. */
export function runsBibtex(store: Store, all: readonly TrackedRun[]): string {
  const runs = all.filter(({ row }) => !row.foreign)
  const executions = runs.map(({ row }) => store.runs.spec(row.id).scenario.execution ?? 'independent')
  return bibtexOf(citedBy([...new Set(runs.map(({ row }) => row.algorithm))], executions))
}
