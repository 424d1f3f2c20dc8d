import { count } from '@shared/format'
import type { Experiment } from '@shared/experiment/experiment'
import { parseValues } from '@shared/algorithms/parameters'
import { parseSeeds } from '@shared/experiment/seeds'
import { passedOver, readExperiment, recognise, versionText, writeExperiment } from '@shared/formats'
import { algorithmCards } from '../../algorithms'
import { heldDocument, heldParts, withVersions } from '../../api/versions'
import { checkedExperiment } from '../../computing/documents'
import { type Command, type Invocation, listOf, onlyArgument, type OptionValues, textOf, UsageError, wholeOf } from './command'
import { accept, type NamedDocument, naming, openDocument } from './documents'
import { note, number } from './output'
import { finish } from './runs'
import { scenarioDocument } from './scenario'
import { type Session, withLab } from './session'
import { onStop, watchRuns } from './watch'

/** What a scenario or a workflow is run with when no algorithm is named. */
const DEFAULT_ALGORITHMS = ['dmro-plus', 'optimum']
const DEFAULT_SEEDS = [1]
const MOST_SEEDS = 1000

function seedsOf(options: OptionValues): number[] | undefined {
  const written = textOf(options, 'seeds')
  if (written === undefined) return undefined
  const read = parseSeeds(written, MOST_SEEDS)
  if ('fault' in read) throw new UsageError(`--seeds: ${read.fault}`)
  return read.seeds
}

/** An experiment as in its file, or one made around a scenario or workflows. */
function experimentDocument(document: NamedDocument, { options, home }: Invocation): unknown {
  const algorithms = listOf(options, 'algorithms')
  if (recognise(document.value)?.id === 'experiment') {
    if (textOf(options, 'on') !== undefined) throw new UsageError('--on is for files of workflows; this experiment names its own scenarios')
    return algorithms ? { ...(document.value as object), algorithms: algorithms.map((id) => ({ id })) } : document.value
  }
  const scenario = scenarioDocument(document, textOf(options, 'on'), home)
  return {
    format: 'dmro-experiment/1',
    name: (scenario as { name: string }).name,
    scenarios: [scenario],
    algorithms: (algorithms ?? DEFAULT_ALGORITHMS).map((id) => ({ id })),
    seeds: DEFAULT_SEEDS
  }
}

/** `--set algorithm.key=value` over an experiment; every algorithm of that name is meant. Throws UsageError. */
function withSettings(experiment: Experiment, settings: readonly string[]): Experiment {
  const algorithms = experiment.algorithms.map((choice) => ({ ...choice, parameters: { ...choice.parameters } }))
  for (const setting of settings) {
    const match = /^([a-z0-9-]+)\.([A-Za-z]+)=(.*)$/.exec(setting)
    if (!match) throw new UsageError(`--set takes algorithm.key=value, e.g. dmro.units=10, not "${setting}"`)
    const [, id, key, value] = match
    const parameter = algorithmCards.find((card) => card.id === id)?.parameters.find((candidate) => candidate.key === key)
    if (!parameter) throw new UsageError(`--set ${setting}: unknown parameter; see "lab algorithms ${id}"`)
    const chosen = algorithms.filter((choice) => choice.id === id)
    if (chosen.length === 0) throw new UsageError(`--set ${setting}: the experiment does not run ${id}`)
    const values = parseValues(parameter, value)
    if ('fault' in values) throw new UsageError(`--set ${setting}: ${values.fault}`)
    for (const choice of chosen) choice.parameters[key] = values.length === 1 ? values[0] : values
  }
  return { ...experiment, algorithms }
}

/** What is to be run: as a document that holds versions of the library where it names documents of it, and the saved experiment it is. */
interface Asked {
  document: unknown
  saved?: { id: string; version: number }
}

/** The versions that names in a document mean are said where they are taken, since nothing in the document says them. */
function held(given: unknown, { source, find }: NamedDocument): unknown {
  return heldDocument(given, (name, kind) => {
    const version = find(name, kind)
    if (version) note(`${source}: the ${kind} "${name}" is ${versionText(version)} of the library.`)
    return version
  })
}

async function askedOf(invocation: Invocation): Promise<Asked> {
  const { options } = invocation
  const document = openDocument(onlyArgument(invocation, 'EXPERIMENT.json, PRESET or name'), invocation.home)
  const { source, saved } = document
  const given = held(experimentDocument(document, invocation), document)
  const asked = accept(source, readExperiment(given, { resolve: document.resolve, catalogue: algorithmCards }))
  for (const { path, message } of passedOver(given, algorithmCards)) note(`${source}: ${path}: ${message}.`)
  const seeds = seedsOf(options)
  const settings = (options.set as unknown as string[] | undefined) ?? []
  const experiment = await naming(source, () => checkedExperiment(withSettings(seeds ? { ...asked, seeds } : asked, settings)))
  const isSaved = saved && recognise(document.value)?.id === 'experiment'
  return {
    document: withVersions(writeExperiment(experiment), heldParts(given)),
    ...(isSaved && { saved: { id: saved.id, version: saved.version } })
  }
}

/** Says where runs that train at the same time may need more memory than there is. */
async function warnOfMemory({ lab, client }: Session, source: { document: unknown }): Promise<void> {
  const { cells, seeds, machineBytes } = await client.experiments.plan({ source })
  const largest = cells
    .flatMap(({ memoryBytes }) => Array.from({ length: Math.min(seeds, lab.parallel) }, () => memoryBytes))
    .sort((a, b) => b - a)
    .slice(0, lab.parallel)
  const needed = largest.reduce((sum, bytes) => sum + bytes, 0)
  if (needed <= machineBytes) return
  const gigabytes = (bytes: number) => `${number(bytes / 1e9, 3)} GB`
  note(
    `${count(largest.length, 'run', 'runs')} at a time may need ${gigabytes(needed)} of memory, this machine has ${gigabytes(machineBytes)}; take fewer with --parallel.`
  )
}

export const runCommand: Command = {
  usage: 'run EXPERIMENT.json|NAME [--seeds 1,2,3] [--set algorithm.key=value]',
  summary: 'queue, train with live progress, save, compare',
  details: [
    '--seeds 1,2,3                 instead of the experiment’s own; also 1-5',
    '--set algorithm.key=value     a parameter, e.g. dmro.units=10; several values are swept: dmro.units=5,10',
    '                              decimals with a point; separate decimal values by spaces or semicolons: "dqn.discount=0.9; 0.99"',
    '--algorithms dmro-plus,dqn    instead of the experiment’s own',
    '--parallel N                  runs that train at the same time; default: the cores',
    '',
    'A scenario, a workload or a WfCommons file can be given instead of an experiment: it is run with dmro-plus and the exact optimum.',
    '--on TOPOLOGY                 if the file holds only workflows; default one-edge-one-cloud'
  ].join('\n'),
  options: {
    seeds: { type: 'string' },
    set: { type: 'string', multiple: true },
    algorithms: { type: 'string' },
    parallel: { type: 'string' },
    on: { type: 'string' }
  },
  async run(invocation) {
    const parallel = wholeOf(invocation.options, 'parallel', 1, 256)
    const { document, saved } = await askedOf(invocation)
    const stop = onStop()
    try {
      return await withLab({ ...invocation, parallel }, async (session) => {
        const source = { document }
        await warnOfMemory(session, source)
        const started = await session.client.experiments.start({ source, ...(saved && { saved }) })
        note(`${started.name}: ${count(started.runs.length, 'run', 'runs')}, kept in ${session.lab.store.home}`)
        await watchRuns(session, started.runs, stop.signal)
        return finish(invocation, session, started.runs)
      })
    } finally {
      stop.release()
    }
  }
}
