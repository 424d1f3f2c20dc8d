import { writeFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { FORMATS, passedOver, readExperiment, recognise } from '@shared/formats'
import { algorithmCards } from '../../algorithms'
import { checkedExperiment } from '../../computing/documents'
import { importBundleFile, isZip } from './bundles'
import { type Command, onlyArgument, textOf, UsageError } from './command'
import { accept, naming, openDocument } from './documents'
import { note, printJson } from './output'

const known = FORMATS.filter((format) => format.restate)
  .map((format) => format.id)
  .join(', ')

export const importCommand: Command = {
  usage: 'import FILE [--as FORMAT] [--to FILE]',
  summary: 'imports a bundle of runs; reads a file in any other known format, checks it, and writes it in the lab’s own',
  details: [
    `--as FORMAT    one of ${known}; others are then not tried; default: what the file says it is`,
    '--device ID    the device that imported workflows belong to; default "device"',
    '--to FILE      default: stdout',
    '',
    'A bundle (.dmro) is imported whole or not at all; its runs get new ids, and runs that are here already do not change.',
    'lab run, optimum, evaluate and decide also take a WfCommons file, with --on TOPOLOGY.'
  ].join('\n'),
  options: { as: { type: 'string' }, device: { type: 'string' }, to: { type: 'string' } },
  async run(invocation) {
    const file = onlyArgument(invocation, 'FILE')
    if (isZip(resolve(file))) return importBundleFile(invocation, file)
    const asked = textOf(invocation.options, 'as')
    const believed = FORMATS.find((candidate) => candidate.id === asked)
    if (asked !== undefined && !believed?.restate) throw new UsageError(`"${asked}" cannot be imported; the formats are ${known}`)
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
      writeFileSync(to, `${JSON.stringify(written, null, 2)}\n`)
      note(`Written: ${to} (${format.title})`)
    }
    return 0
  }
}
