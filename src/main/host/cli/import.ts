import { resolve } from 'node:path'
import { FORMATS, passedOver, readExperiment, recognise, sentencesOf } from '@shared/formats'
import { EXECUTIONS } from '@shared/model/scenario'
import { algorithmCards } from '../../algorithms'
import { checkedExperiment } from '../../computing/documents'
import { importBundleFile, isZip } from './bundles'
import { type Command, onlyArgument, textOf, UsageError } from './command'
import { accept, naming, openDocument, writeDocument } from './documents'
import { executionOf, importScenario, importWorkload } from './import-scenario'
import { note, printJson } from './output'
import { DEFAULT_TOPOLOGY } from './scenario'

const known = FORMATS.filter((format) => format.restate)
  .map((format) => format.id)
  .join(', ')

/** What the notes of a document and of its parts say, a sentence each. */
function assumptionsOf(document: object): string[] {
  const { note: own, topology, workload } = document as Record<'note' | 'topology' | 'workload', unknown>
  const parts = [own, ...[topology, workload].map((part) => (part as { note?: unknown } | undefined)?.note)]
  return parts.flatMap((text) => (typeof text === 'string' ? sentencesOf(text) : []))
}

export const importCommand: Command = {
  usage: 'import FILE… [--as FORMAT] [--execution KIND [--topology TOPOLOGY]] [--to FILE]',
  summary: 'imports a bundle of runs; reads files in any other known format, checks them, and writes them in the lab’s own',
  details: [
    `--as FORMAT    one of ${known}; others are then not tried; default: what the file says it is`,
    '--device ID    the device that imported workflows belong to; default "device", in a scenario its first',
    '--to FILE      a file that is not there yet; default: stdout',
    '',
    'Several files of workflows, in the order given, become one workload. Whatever was assumed is printed, and stands in the note.',
    'With --execution they become one scenario:',
    `--execution    ${EXECUTIONS.join(', ')}; under round-trip, MRLCO graphs have MRLCO’s own meaning`,
    `--topology     a file, a preset or a topology of the library; default: MRLCO’s two machines under round-trip, else ${DEFAULT_TOPOLOGY}`,
    '',
    'A bundle (.dmro) is imported whole or not at all; its runs get new ids, and runs that are here already do not change.',
    'lab run, optimum, evaluate and decide also take workflows of any of these formats, with --on TOPOLOGY, which may be GraphML or GML.'
  ].join('\n'),
  options: {
    as: { type: 'string' },
    device: { type: 'string' },
    execution: { type: 'string' },
    topology: { type: 'string' },
    to: { type: 'string' }
  },
  async run(invocation) {
    const asked = textOf(invocation.options, 'as')
    const believed = FORMATS.find((candidate) => candidate.id === asked)
    if (asked !== undefined && !believed?.restate) throw new UsageError(`"${asked}" cannot be imported; the formats are ${known}`)
    const execution = executionOf(invocation)
    if (execution) return importScenario(invocation, execution, believed)
    if (invocation.options.topology !== undefined)
      throw new UsageError('--topology is for a scenario; say by --execution how it is executed')
    if (invocation.arguments.length > 1) return importWorkload(invocation, believed)
    const file = onlyArgument(invocation, 'FILE')
    if (isZip(resolve(file))) return importBundleFile(invocation, file)
    const document = openDocument(file, invocation.home, undefined, believed)
    const format = believed ?? recognise(document.value)
    if (!format) throw new UsageError(`"${document.source}" does not name its format; give it with --as: ${known}`)
    if (!format.restate) throw new UsageError(`"${format.id}" cannot be imported; the formats are ${known}`)
    const reading = { resolve: document.resolve, catalogue: algorithmCards, device: textOf(invocation.options, 'device') }
    const written = accept(document.source, format.restate(document.value, reading))
    // A run needs more of an experiment than its format says: its workflows must be chains.
    if (format.id === 'experiment') {
      for (const { path, message } of passedOver(document.value, algorithmCards)) note(`${document.source}: ${path}: ${message}.`)
      const experiment = accept(document.source, readExperiment(written, reading))
      await naming(document.source, () => checkedExperiment(experiment))
    }
    const to = textOf(invocation.options, 'to')
    if (to === undefined) await printJson(written)
    else {
      writeDocument(to, written)
      note(`Written: ${to} (${format.title})`)
    }
    // What our own documents assume was said when they were made.
    if (!format.documents) for (const assumption of assumptionsOf(written)) note(assumption)
    return 0
  }
}
