import { ChainWorld } from '@shared/model/chain-world'
import { parseCondition } from '@shared/conditions/condition'
import { parseSeeds } from '@shared/experiment/seeds'
import { parseSweep } from '@shared/algorithms/sweep'
import { readNumber } from '@shared/numbers'
import { csvOf } from '@shared/formats/csv'
import { FORMATS, parseDocument, type Read, readPlacement, recognise } from '@shared/formats'
import { readBy } from '@shared/formats/read'
import { compileScenario } from '@shared/model/scenario'
import { presetOf } from '@shared/presets'
import { readScenario } from '@shared/formats'
import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { processorSeconds } from '../../processor'

/**
 * Texts made to make a reader try again and again, a megabyte of each. Readers of tokens pass every character once, whatever it is;
 * those that look back over what they have read take minutes, or for ever.
 */
const MEGABYTE = 1_000_000
const MOST_SECONDS = 1

const filled = (part: string, before = '', after = '') =>
  before + part.repeat(Math.ceil((MEGABYTE - before.length - after.length) / part.length)) + after
/** As many different parts as make a megabyte. */
function listed(part: (i: number) => string, before: string, after: string): string {
  const parts: string[] = []
  for (let i = 0, length = 0; length < MEGABYTE; i++) {
    parts.push(part(i))
    length += parts[i].length + 1
  }
  return `${before}${parts.join(',')}${after}`
}

/** Reads as hosts do: recognised, or believed to be in `as`; then by its format's reader. Tells which reader that was, if any, and what it said. */
function readWhole(text: string, as?: string): { id?: string; read: Read<unknown> } {
  const believed = FORMATS.find((format) => format.id === as)
  const parsed = parseDocument(text, believed)
  if (!parsed.ok) return { read: parsed }
  const format = believed ?? recognise(parsed.value)
  return { id: format?.id, read: format ? readAs(format, parsed.value) : { ok: true, value: undefined } }
}

function readAs(format: (typeof FORMATS)[number], value: unknown): Read<unknown> {
  if (format.id === 'placement') return readPlacement(value, new ChainWorld(compiled()))
  return (format.restate ?? format.readWorkload)?.(value, { resolve: presetOf }) ?? { ok: true, value: undefined }
}

function compiled() {
  const read = readScenario(presetOf('one-edge-one-cloud', 'scenario'), presetOf)
  if (!read.ok) throw new Error(JSON.stringify(read.faults))
  return compileScenario(read.value)
}

/** Holds both ways to read a text to the time; what is recognised as what it is believed to be goes one way. */
function expectQuick(text: string, as: string): void {
  if (readQuickly(text) !== as) readQuickly(text, as)
}

function readQuickly(text: string, as?: string): string | undefined {
  let whole: ReturnType<typeof readWhole> = { read: { ok: true, value: undefined } }
  expect(
    processorSeconds(() => {
      whole = readWhole(text, as)
    })
  ).toBeLessThan(MOST_SECONDS)
  // Faults quote what they are about, and it may be the whole document.
  if (!whole.read.ok) for (const { path, message } of whole.read.faults) expect(path.length + message.length).toBeLessThan(1100)
  return whole.id
}

const DOT = {
  'comments before a graph that never comes': filled('# note '),
  'comment lines before a graph': filled('# note \n// note\n', '', 'digraph { a [size=1] }'),
  'an edge and spaces': filled(' ', 'digraph {\na [size=1, expect_size=1]\na -> b', '['),
  'spaces before an attribute': filled(' ', 'digraph { a [size', '"'),
  'lists that are never closed': filled('a [size=1 ', 'digraph { '),
  'quotes that are never closed': filled('a [size="1 ', 'digraph { '),
  'backslashes in quotes': filled('\\"', 'digraph { "'),
  'texts that are joined': filled('"a"+', 'digraph { '),
  'comments that are never closed': filled('/*', 'digraph { '),
  'markup that is never closed': filled('<', 'digraph { a [label='),
  braces: filled('{', 'digraph '),
  'braces that are closed': `digraph ${'{'.repeat(MEGABYTE / 2)}${'}'.repeat(MEGABYTE / 2)}`,
  'a chain of edges': filled('a -> ', 'digraph { '),
  'one edge again and again': filled('a->b[size=1];', 'digraph { a [size=1]; b [size=1, expect_size=1]; ', '}'),
  'edges between strangers': `digraph {${listed((i) => `a${i}->b${i}`, '', '')}}`.replaceAll(',', ';'),
  'defaults again and again': filled('node[size=1 expect_size=2];', 'digraph { ', 'a}'),
  'one long name': filled('a', 'digraph { ')
}

const XML = {
  'comments that are never closed': filled('<!--', '<adag>'),
  'comments that close wrongly': filled('<!-- -- ->', '<adag>'),
  'a tag that is never closed': filled('a', '<adag><job '),
  'tags that are never closed': filled('<job aaaa ', '<adag>'),
  'attributes that are never closed': filled('a="', '<adag><job '),
  'one attribute again and again': filled('a="1" ', '<adag><job ', '/></adag>'),
  'many attributes': `<adag><job ${listed((i) => `a${i}="1"`, '', '').replaceAll(',', ' ')}/></adag>`,
  'elements within elements': filled('<a>', '<adag>'),
  'elements within elements, closed': `<adag>${'<a>'.repeat(MEGABYTE / 7)}${'</a>'.repeat(MEGABYTE / 7)}</adag>`,
  'ends of nothing': filled('</a>', '<adag>'),
  'a declaration of entities': filled('<!ENTITY a "&a;&a;">', '<!DOCTYPE adag [', ']><adag>&a;</adag>'),
  'sections that are never closed': filled('<![CDATA[', '<adag>'),
  'instructions that are never closed': filled('<?a ', '<adag>'),
  ampersands: filled('&', '<adag name="', '"/>'),
  'jobs without anything': filled('<job/>', '<adag>', '</adag>'),
  'a file that half of the jobs write and half read': `<adag>${listed(
    (i) => `<job id="${i}" runtime="1"><uses file="f" size="1" link="${i % 2 ? 'input' : 'output'}"/></job>`,
    '',
    ''
  ).replaceAll('>,<', '><')}</adag>`
}

const GRAPHML_TEXTS = Object.fromEntries(
  Object.entries(XML).map(([what, text]) => [what, text.replaceAll('adag', 'graphml').replaceAll('<job', '<node')])
)

const GML = {
  'brackets that are never closed': filled('node [ ', 'graph [ '),
  'brackets that close nothing': filled('] ', 'graph [ ] '),
  'nodes without anything': filled('node [ ] ', 'graph [ ', ']'),
  'one node again and again': filled('node [ id 1 label "a" ] ', 'graph [ ', ']'),
  'nodes of one label': `graph [ ${listed((i) => `node [ id ${i} label "a" ]`, '', '').replaceAll(',', ' ')} ]`,
  'edges between strangers': filled('edge [ source 1 target 2 ] ', 'graph [ node [ id 0 ] ', ']'),
  'quotes that are never closed': filled('a "', 'graph [ '),
  'keys without values': filled('a ', 'graph [ '),
  'comments before a graph that never comes': filled('# note \n'),
  'values before a graph that never comes': filled('a 1\n'),
  'entities in quotes': filled('&#', 'graph [ label "', '" ]'),
  'spaces before a bracket': filled(' ', 'graph', '[ ]')
}

const TABLES = {
  'quotes that are never closed': filled('"', 'from,to\n'),
  'one cell': filled('a', 'from,to\n'),
  'rows of two cells': filled('a,b\n', 'from,to\n'),
  'rows of one pair of many nodes': listed((i) => `\na${i},b`, 'from,to', '').replaceAll(',\n', '\n'),
  'empty lines': filled('\n', 'from,to\n'),
  'heads again and again': filled('from,to\na,b\n\n'),
  'columns again and again': filled(',a', 'from,to'),
  delimiters: filled(',', 'from,to\n'),
  'numbers with commas': filled('1,', 'from;to;bandwidth\na;b;')
}

const EDGESIMPY_TEXTS = {
  'bare numbers': `{"EdgeServer":[${listed(() => 'Infinity', '', '')}]}`,
  'quotes that are never closed': filled('"\\', '{"EdgeServer":['),
  'servers without anything': `{"EdgeServer":[${listed(() => '{}', '', '')}]}`,
  'links of nothing': `{"EdgeServer":[{}],"NetworkLink":[${listed(() => '{"attributes":{"id":1,"delay":1,"bandwidth":1},"relationships":{"nodes":[]}}', '', '')}]}`
}

const nest = (open: string, close: string, before: string, after: string) => {
  const depth = Math.floor(MEGABYTE / (open.length + close.length))
  return `${before}${open.repeat(depth)}1${close.repeat(depth)}${after}`
}
const HEADS = {
  topology: '"format":"dmro-topology/1","name":"a"',
  workload: '"format":"dmro-workload/1","name":"a"',
  scenario: '"format":"dmro-scenario/1","name":"a"',
  environments: '"format":"dmro-environments/1","name":"a"',
  experiment: '"format":"dmro-experiment/1","name":"a"',
  placement: '"format":"dmro-placement/1"',
  schedule: '"format":"dmro-schedule/1","name":"a"',
  wfcommons: '"name":"a","schemaVersion":"1.5"'
}
const ANY_JSON = Object.entries(HEADS).flatMap(([id, head]): [string, string][] => [
  [`${id}: lists within lists`, nest('[', ']', `{${head},"name":`, '}')],
  [`${id}: objects within objects`, nest('{"a":', '}', `{${head},"workflow":`, '}')],
  [`${id}: an end that never comes`, filled('[', `{${head},"nodes":`)],
  [`${id}: a text that never ends`, filled('a\\', `{${head},"note":"`)],
  [`${id}: strange keys`, `{${head},${listed((i) => `"k${i}":0`, '', '')}}`],
  [`${id}: one key again and again`, `{${head},${listed(() => '"k":0', '', '')}}`]
])
const JSON_TEXTS: [string, string][] = [
  ['topology: nodes of one id', listed(() => '{"id":"a"}', `{${HEADS.topology},"nodes":[`, '],"links":[]}')],
  ['topology: links to nowhere', listed((i) => `{"from":"${i}","to":"b"}`, `{${HEADS.topology},"nodes":[],"links":[`, ']}')],
  ['workload: workflows without anything', listed(() => '{}', `{${HEADS.workload},"workflows":[`, ']}')],
  [
    'workload: flows between strangers',
    listed((i) => `{"from":"${i}","to":"x"}`, `{${HEADS.workload},"workflows":[{"id":"w","device":"d","tasks":[],"flows":[`, ']}]}')
  ],
  [
    'workload: releases out of order',
    listed((i) => `{"releaseSeconds":${1e6 - i}}`, '{"format":"dmro-workload/2","name":"a","workflows":[', ']}')
  ],
  [
    'workload: one flow again and again',
    listed(
      () => '{"from":"a","to":"b","megabytes":1}',
      '{"format":"dmro-workload/2","name":"a","workflows":[{"id":"w","device":"d","tasks":[{"id":"a","megacycles":1},{"id":"b","megacycles":1}],"flows":[',
      ']}]}'
    )
  ],
  [
    'scenario: round trips of tasks without anything',
    listed(
      () => '{}',
      '{"format":"dmro-scenario/2","name":"a","execution":"round-trip","topology":"one-edge-one-cloud","workload":{"workflows":[{"tasks":[',
      ']}]}}'
    )
  ],
  [
    'scenario: workflows of strangers',
    listed(() => '{"device":"x"}', `{${HEADS.scenario},"topology":"one-edge-one-cloud","workload":{"workflows":[`, ']}}')
  ],
  ['environments: more topologies than there may be', listed(() => '{}', `{${HEADS.environments},"topologies":[`, ']}')],
  [
    'experiment: more scenarios than there may be',
    listed(() => '{}', `{${HEADS.experiment},"algorithms":[],"seeds":[1],"scenarios":[`, ']}')
  ],
  ['scenario: a long name of what nobody has', `{${HEADS.scenario},"topology":"${'x'.repeat(MEGABYTE)}"}`],
  ['environments: topologies by a name that nobody has', listed(() => '"x"', `{${HEADS.environments},"topologies":[`, ']}')],
  ['experiment: seeds again and again', listed(() => '1', `{${HEADS.experiment},"scenarios":["x"],"algorithms":[],"seeds":[`, ']}')],
  [
    'experiment: algorithms without anything',
    listed(() => '{}', `{${HEADS.experiment},"scenarios":["x"],"seeds":[1],"algorithms":[`, ']}')
  ],
  [
    'experiment: sweeps of sweeps',
    `{${HEADS.experiment},"scenarios":["one-edge-one-cloud"],"seeds":[1],"objective":{"energyWeight":[${Array.from({ length: 900 }, (_, i) => i).join()}],"edgeEnergyWeight":[${Array.from({ length: 900 }, (_, i) => i).join()}]},"algorithms":[{"id":"dqn"}]}`
  ],
  ['placement: workflows that nobody has', `{${HEADS.placement},"placements":{${listed((i) => `"${i}":{}`, '', '')}}}`],
  [
    'schedule: one link changed again and again',
    listed(() => '{"from":"a","to":"b","bandwidthFactor":1}', `{${HEADS.schedule},"workflows":1,"changes":[{"at":0,"links":[`, ']}]}')
  ],
  [
    'schedule: links changed at once',
    listed((i) => `{"from":"${i}","to":"b","bandwidthFactor":1}`, `{${HEADS.schedule},"workflows":1,"changes":[{"at":0,"links":[`, ']}]}')
  ],
  [
    'schedule: nodes changed at once',
    listed((i) => `{"id":"${i}","speedFactor":1}`, `{${HEADS.schedule},"workflows":1,"changes":[{"at":0,"nodes":[`, ']}]}')
  ],
  [
    'wfcommons: a task of many files that have no size',
    `{${HEADS.wfcommons},"workflow":{"specification":{"tasks":[{"id":"a","inputFiles":[${Array.from({ length: 99_999 }, (_, i) => `"${i}"`).join()}]}]},"execution":{"tasks":[{"id":"a","runtimeInSeconds":1}]}}}`
  ],
  [
    'wfcommons: a task of many files',
    `{${HEADS.wfcommons},"workflow":{"specification":{"tasks":[{"id":"a","inputFiles":[${Array.from({ length: 60_000 }, (_, i) => `"${i}"`).join()}]}],"files":[${Array.from({ length: 60_000 }, (_, i) => `{"id":"${i}","sizeInBytes":1}`).join()}]},"execution":{"tasks":[{"id":"a","runtimeInSeconds":1}]}}}`
  ]
]

describe('a megabyte of adversarial text is read or refused within a second', () => {
  it.each(Object.entries(DOT))('as DOT: %s', (_what, text) => {
    expect(text.length).toBeGreaterThanOrEqual(MEGABYTE)
    expectQuick(text, 'mrlco')
  })

  it.each(Object.entries(XML))('as DAX: %s', (_what, text) => {
    expect(text.length).toBeGreaterThanOrEqual(MEGABYTE * 0.98)
    expectQuick(text, 'dax')
  })

  it.each(Object.entries(GRAPHML_TEXTS))('as GraphML: %s', (_what, text) => expectQuick(text, 'graphml'))
  it.each(Object.entries(GML))('as GML: %s', (_what, text) => expectQuick(text, 'gml'))
  it.each(Object.entries(EDGESIMPY_TEXTS))('as EdgeSimPy: %s', (_what, text) => expectQuick(text, 'edgesimpy'))
  it.each(Object.entries(TABLES))('as tables: %s', (_what, text) => {
    expectQuick(text, 'csv-topology')
    readQuickly(text, 'raycloudsim-tasks')
  })

  it.each([...ANY_JSON, ...JSON_TEXTS])('as JSON, %s', (what, text) => {
    expectQuick(text, what.split(':')[0])
  })

  it('as a record that is held to a schema of its own, as a saved comparison is', () => {
    const Comparison = z.strictObject({ name: z.string(), runs: z.array(z.string()).max(200) })
    for (const [, text] of ANY_JSON.slice(0, 6)) {
      const parsed = parseDocument(text, FORMATS[0])
      expect(processorSeconds(() => parsed.ok && readBy(Comparison, parsed.value))).toBeLessThan(MOST_SECONDS)
    }
  })

  it.each(['=', '"', '\n', "'", '-,'])('as a cell of CSV: %j', (part) => {
    expect(processorSeconds(() => csvOf([[filled(part)]]))).toBeLessThan(MOST_SECONDS)
  })

  it.each([
    ['brackets', filled('('), /characters/],
    ['brackets that are closed', `${'('.repeat(MEGABYTE / 2)}a${')'.repeat(MEGABYTE / 2)}`, /characters/],
    ['a number that is none', `seed = ${filled('1')}.1.1`, /characters/],
    ['negations', filled('not '), /characters/],
    ['quotes', filled('"'), /characters/],
    ['operators', filled('<'), /characters/],
    ['20,000 brackets', '('.repeat(20_000), /characters/],
    ['9,000 brackets', '('.repeat(9000), /nested more than 100 deep/],
    ['2,000 negations', `${'not '.repeat(2000)}pinned`, /nested more than 100 deep/],
    ['a short number that is none', `seed = ${'1'.repeat(9900)}.1.1`, /is not a number/]
  ])('as a condition: %s', (_what, written, fault) => {
    let read: unknown
    expect(
      processorSeconds(() => {
        read = parseCondition(written, { cards: new Map() })
      })
    ).toBeLessThan(MOST_SECONDS)
    expect(read).toEqual({ ok: false, fault: expect.stringMatching(fault) })
  })

  /** In the middle of a list, where a pattern that looks back for its beginning finds the others. */
  it.each([
    ' ',
    '\u00a0',
    '1',
    '1 ',
    '-',
    ' - ',
    '1-',
    '1e',
    '.',
    '1..',
    ',',
    '1,',
    ',000',
    "1'",
    ' x',
    '×10^',
    'a',
    'a1',
    ' to ',
    'step',
    '\r',
    '\0',
    '\ud800'
  ])('as a number, a sweep or seeds: %j', (part) => {
    for (const written of [filled(part), filled(part, '1', '!'), filled(part, '1..', 'x')])
      for (const text of [written, written.slice(0, 45_000), written.slice(0, 190)]) {
        const reads = [
          () => readNumber(text, { unit: 'MB/s', infinite: true }),
          () => parseSweep(text),
          () => parseSweep(text, { whole: true, ungrouped: true }),
          () => parseSeeds(text)
        ]
        for (const read of reads) {
          let outcome: object = {}
          expect(processorSeconds(() => (outcome = read()))).toBeLessThan(MOST_SECONDS)
          // Nobody reads a sentence of a megabyte, and a page that shows one stands still.
          if ('fault' in outcome) expect(String(outcome.fault).length).toBeLessThan(600)
        }
      }
  })
})
