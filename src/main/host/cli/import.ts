import { writeFileSync } from 'node:fs'
import {
  FORMATS,
  type FormatId,
  readExperiment,
  readScenario,
  readTopology,
  readWfCommons,
  readWorkload,
  recognise,
  writeExperiment,
  writeScenario,
  writeTopology,
  writeWorkload
} from '@shared/formats'
import { algorithmCards } from '../../algorithms'
import { checkedExperiment } from '../../api/documents'
import { type Command, onlyArgument, textOf, UsageError } from './command'
import { accept, type NamedDocument, naming, openDocument } from './documents'
import { note, printJson } from './output'

/** Reads a document in a format, wholly, and gives it back as our own format states it: defaults filled in, names resolved. */
const READERS: Readonly<Partial<Record<FormatId, (document: NamedDocument, device: string) => object | Promise<object>>>> = {
  topology: ({ source, value }) => writeTopology(accept(source, readTopology(value))),
  workload: ({ source, value }) => writeWorkload(accept(source, readWorkload(value))),
  scenario: ({ source, value, resolve }) => writeScenario(accept(source, readScenario(value, resolve))),
  experiment: ({ source, value, resolve }) =>
    naming(source, () => writeExperiment(checkedExperiment(accept(source, readExperiment(value, { resolve, catalogue: algorithmCards }))))),
  wfcommons: ({ source, value }, device) => writeWorkload(accept(source, readWfCommons(value, device)))
}

export const importCommand: Command = {
  usage: 'import FILE [--as FORMAT] [--to FILE]',
  summary: 'reads a file in any known format, checks it, and writes it in ours',
  details: [
    `--as FORMAT    one of ${Object.keys(READERS).join(', ')}; default: what the file says it is`,
    '--device ID    the device that imported workflows belong to; default "device"',
    '--to FILE      default: stdout',
    '',
    'lab run, optimum, evaluate and decide take a WfCommons file as it is, with --on TOPOLOGY.'
  ].join('\n'),
  options: { as: { type: 'string' }, device: { type: 'string' }, to: { type: 'string' } },
  async run(invocation) {
    const document = openDocument(onlyArgument(invocation, 'FILE'))
    const asked = textOf(invocation.options, 'as')
    const format = asked ?? recognise(document.value)
    const known = Object.keys(READERS).join(', ')
    if (format === undefined) throw new UsageError(`"${document.source}" does not say what it is; name its format with --as: ${known}`)
    const read = Object.hasOwn(READERS, format) ? READERS[format as FormatId] : undefined
    if (!read) throw new UsageError(`nothing is imported as "${format}"; there are ${known}`)
    const written = await read(document, textOf(invocation.options, 'device') ?? 'device')
    const to = textOf(invocation.options, 'to')
    if (to === undefined) await printJson(written)
    else {
      writeFileSync(to, `${JSON.stringify(written, null, 2)}\n`)
      note(`Written: ${to} (${FORMATS.find((candidate) => candidate.id === format)?.title})`)
    }
    return 0
  }
}
