import { Manifest, ComparisonRecord, DocumentRecord, ExperimentRecord, RunRecord, BUNDLE } from '../../src/main/archive/records'
import { FORMATS } from '../../src/shared/formats'
import { page, table } from './markdown'
import { type JsonSchema, jsonSchemaOf } from './types'
import type { z } from 'zod'

const DRAFT = 'https://json-schema.org/draft/2020-12/schema'

const fileOf = (name: string) => `${name.replaceAll('/', '-')}.schema.json`

/** Files of a bundle, by what they are. */
const BUNDLED: readonly [file: string, what: string, schema: z.ZodType][] = [
  ['manifest', '`manifest.json`', Manifest],
  ['run', '`runs/<id>.json`', RunRecord],
  ['experiment', '`experiments/<n>.json`', ExperimentRecord],
  ['document', '`library/<n>.json`', DocumentRecord],
  ['comparison', '`comparisons/<n>.json`', ComparisonRecord]
]

const own = FORMATS.flatMap(({ id, documents = [] }) => documents.map((document) => ({ id, ...document })))

/** What may stand in place of a part: its name, or a document of its own format. A workload may be in any format that holds workflows. */
function partOf(kind: string): JsonSchema {
  const versions = own.filter(({ id }) => id === kind).map(({ name }) => ({ $ref: fileOf(name) }))
  return { anyOf: [{ type: 'string' }, ...versions, ...(kind === 'workload' ? [{ type: 'object' }] : [])] }
}

function schemaText(name: string, schema: z.ZodType): string {
  const { $schema: _, ...body } = jsonSchemaOf(schema, partOf) as JsonSchema & { $schema?: string }
  return `${JSON.stringify({ $schema: DRAFT, title: name, ...body }, null, 2)}\n`
}

/** The schemas of every format that is our own, and a page that lists them. */
export function formatFiles(): Map<string, string> {
  const bundled = BUNDLED.map(([file, what, schema]) => ({ name: `${BUNDLE}/${file}`, what, schema }))
  const list = page(
    '# File formats',
    'JSON Schemas of the formats the lab writes, drawn from what it checks documents with. Rules that JSON Schema has no word for stand in `$comment`. Rules over several fields – that links join nodes that are there, that ids differ, that a placement places every task – are checked by the reader with the path of the fault: `lab import FILE` says all of them.',
    table(
      ['format', 'schema'],
      own.map(({ name }) => [`\`${name}\``, `[${fileOf(name)}](${fileOf(name)})`])
    ),
    '## Versions',
    'Of a format in two versions both are read. A document is written in the first where nothing in it came with the second, so that programs of before read it, and else in the second, which they refuse by its name. What a field of the second says no more with than its absence would (one core, 0 W, release at 0 s, execution `independent`) is left out. Parts of a document have versions of their own: a `dmro-scenario/1` may hold a `dmro-topology/2`.',
    table(
      ['came with', 'fields'],
      [
        ['`dmro-topology/2`', 'of a node `cores`, of a device `transmitWatts` and `receiveWatts`, of a link `backBandwidthMBps`'],
        [
          '`dmro-workload/2`',
          'of a workflow `releaseSeconds` and `deadlineSeconds`, of a task `uploadMegabytes` and `resultMegabytes`, of a generator `graph`, `together` and `gapSeconds`; several flows between the same two tasks'
        ],
        ['`dmro-scenario/2`', '`execution`']
      ]
    ),
    '## A bundle',
    'A `.dmro` file is a zip of these; [docs/bundle.md](../../bundle.md) tells the rest.',
    table(
      ['file', 'schema'],
      bundled.map(({ name, what }) => [what, `[${fileOf(name)}](${fileOf(name)})`])
    ),
    '## Runs',
    '`lab runs export` writes `dmro-runs/1`: `runs`, each with the fields of `row` in [runs.get](../contract.md), and `spec`, `evaluation` with the gap and cost of every workflow, `machine`, `log`, `curves` (by metric: `learnSteps`, or `evaluations` of runs that search, and `values`, every point) and `policy` (base64).',
    '## Read, not written',
    table(
      ['format', '`lab import --as`'],
      FORMATS.filter(({ documents }) => !documents).map(({ id, title }) => [title, `\`${id}\``])
    )
  )
  return new Map([
    ['formats/README.md', list],
    ...own.map(({ name, schema }): [string, string] => [`formats/${fileOf(name)}`, schemaText(name, schema)]),
    ...bundled.map(({ name, schema }): [string, string] => [`formats/${fileOf(name)}`, schemaText(name, schema)])
  ])
}
