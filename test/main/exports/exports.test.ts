import { execFileSync, spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { algorithmCards } from '../../../src/main/algorithms'
import { CITED } from '../../../src/main/algorithms/cited'
import { crc32c, maskedCrc32c } from '../../../src/main/exports/crc32c'
import { exportedFiles } from '../../../src/main/exports/exported'
import { bibtexOf, citedBy } from '../../../src/main/exports/references'
import { runsLatex } from '../../../src/main/exports/table'
import { trackedRun } from '../../../src/main/exports/tracked'
import { openStore, type Store } from '../../../src/main/store'
import { fill } from '../bundle/histories'

let home: string
let store: Store
let ids: string[]
beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), 'dmro-lab-exports-'))
  store = openStore(join(home, 'lab'))
  ids = fill(store)
})
afterEach(() => {
  store.close()
  rmSync(home, { recursive: true, force: true })
})

const textIn = (form: 'csv' | 'tsv' | 'latex' | 'saga' | 'methods' | 'bibtex') => String(exportedFiles(store, ids, form, '')[0].content)

/** Writes the folder a form makes, and returns it. */
function written(form: 'tensorboard' | 'mlflow'): string {
  const root = join(home, form)
  for (const { path, content } of exportedFiles(store, ids, form, pathToFileURL(root).href)) {
    mkdirSync(dirname(join(root, path)), { recursive: true })
    writeFileSync(join(root, path), content)
  }
  return root
}

describe('the checksum of TFRecords', () => {
  it('has the known answers of RFC 3720', () => {
    expect(crc32c(new Uint8Array(32))).toBe(0x8a9136aa)
    expect(crc32c(new Uint8Array(32).fill(0xff))).toBe(0x62a8ab43)
    expect(crc32c(Uint8Array.from({ length: 32 }, (_, i) => i))).toBe(0x46dd794e)
    expect(crc32c(new TextEncoder().encode('123456789'))).toBe(0xe3069283)
  })
})

it('an event file is records whose checksums hold, to its last byte', () => {
  for (const { content } of exportedFiles(store, ids, 'tensorboard', '')) {
    const bytes = content as Uint8Array
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
    let at = 0
    while (at < bytes.length) {
      const length = view.getUint32(at, true)
      expect(view.getUint32(at + 8, true)).toBe(maskedCrc32c(bytes.subarray(at, at + 8)))
      expect(view.getUint32(at + 12 + length, true)).toBe(maskedCrc32c(bytes.subarray(at + 12, at + 12 + length)))
      at += 16 + length
    }
    expect(at).toBe(bytes.length)
  }
})

it('tables have a line a run', () => {
  const [head, first, ...rest] = textIn('csv').split('\r\n')
  expect(head).toMatch(/^run,experiment,status,algorithm,scenario,seed,.*,steps,seconds,meanCost,/)
  expect(first).toContain(`${ids[0]},trial,completed,dmro,one edge,1,`)
  expect(rest).toHaveLength(3)
  expect(textIn('tsv').split('\n')).toHaveLength(5)
  expect(textIn('saga').split('\r\n').slice(0, 2)).toEqual([',scheduler,makespan_ratio', '0,dmro,1'])
  const latex = textIn('latex')
  for (const part of ['\\toprule', '\\midrule', '\\bottomrule', '\\caption{', '\\label{tab:runs}', 'dmro & one edge & 1 & 1.5 &'])
    expect(latex).toContain(part)
})

it('a table for LaTeX closes its braces, has as many cells in each line as columns, and breaks over pages where it is long', () => {
  const run = trackedRun(store, ids[0])
  const odd = { ...run, row: { ...run.row, algorithm: '[%] & _ # $ { } ~ ^ \\', scenario: 'a&b' } }
  for (const count of [1, 41]) {
    const latex = runsLatex(Array.from({ length: count }, () => odd))
    expect(latex.match(/(?<!\\)\{/g)?.length).toBe(latex.match(/(?<!\\)\}/g)?.length)
    const lines = latex.split('\n').filter((line) => line.startsWith('{[}'))
    expect(lines).toHaveLength(count)
    for (const line of lines) expect(line.match(/(?<!\\)&/g)).toHaveLength(7)
    expect(lines[0]).toMatch(
      /^\{\[\}\\%\{\]\} \\& \\_ \\# \\\$ \\\{ \\\} \\textasciitilde\{\} \\textasciicircum\{\} \\textbackslash\{\} & a\\&b & 1 & /
    )
    expect(latex.includes('\\begin{longtable}')).toBe(count > 40)
    expect(latex.includes('\\begin{adjustbox}{max width=\\linewidth}')).toBe(count <= 40)
  }
})

it('a methods paragraph names versions, machine, seeds and what did not complete', () => {
  const paragraph = textIn('methods')
  for (const part of [
    '3 runs were made with DMRO Lab 0.1.0 (Node 24, TensorFlow.js 4, native 2) on x, 1 thread a run, linux.',
    'seeds 1, 2',
    '2 runs did not complete'
  ])
    expect(paragraph).toContain(part)
})

it('cites what runs rest on, each once', () => {
  expect(textIn('bibtex').match(/^@\w+\{\w+/gm)).toEqual(['@article{qu2021dmro'])
  expect(citedBy(['double-dqn', 'annealing'], ['round-trip', 'round-trip'])).toEqual([
    'wang2021fast',
    'vanhasselt2016deep',
    'kirkpatrick1983optimization'
  ])
  expect(bibtexOf(citedBy(['fomaml'], ['shared']))).toContain('finn2017model')
})

/** "S. Voß et al. 2005", "H. Arabnejad and J. Barbosa 2014" and "(M. Goudarzi 2020)": the first author's name and the years after it. */
const WORKS = /\p{Lu}\. ((?:van )?\p{Lu}\p{L}+)(?: et al\.| and \p{Lu}\. \p{Lu}\p{L}+)? (\d{4}(?:, \d{4})*)/gu

it.each(algorithmCards)('cites every work that the card of $id names', ({ id, summary, reading = '' }) => {
  const entries = bibtexOf(citedBy([id], []))
    .replaceAll('{\\ss}', 'ß')
    .split('\n\n')
  for (const [work, name, years] of `${summary} ${reading}`.matchAll(WORKS))
    for (const year of years.split(', ')) {
      // Cards give the year a work came out, which may be before that of the volume it is in; that is in the entry's note or DOI.
      const found = entries.find((entry) => entry.includes(`author = {${name},`) && entry.includes(year))
      expect(found, work).toBeDefined()
    }
})

it('has entries of BibTeX that are whole: braces closed, what any must have, plain letters', () => {
  const entries = bibtexOf([...new Set(Object.values(CITED).flat()), 'wang2021fast'])
    .trim()
    .split('\n\n')
  expect(entries.length).toBeGreaterThan(20)
  for (const entry of entries) {
    expect(entry).toMatch(/^@(article|inproceedings|book)\{[a-z]+\d{4}[a-z]+,\n[\x20-\x7e\n]*\n\}$/)
    for (const field of [/ {2}author = \{.+\}/, / {2}title = \{.+\}/, / {2}(journal|booktitle|publisher) = \{.+\}/, / {2}year = \{\d{4}\}/])
      expect(entry).toMatch(field)
    expect(entry.match(/\{/g)?.length).toBe(entry.match(/\}/g)?.length)
    for (const [, doi] of entry.matchAll(/doi = \{(.*)\}/g)) expect(doi).toMatch(/^10\.\d{4,}\/[\w.()-]+$/)
  }
})

/** A Python that has a module, by its name or as DMRO_PYTHON gives it; undefined where there is none. */
function pythonWith(module: string): string | undefined {
  const names = [process.env.DMRO_PYTHON, 'python3', 'python'].filter((name) => name !== undefined)
  return names.find((name) => spawnSync(name, ['-c', `import ${module}`], { timeout: 60_000 }).status === 0)
}

interface Reading {
  curves: Record<string, [step: number, value: string][]>
  texts?: string[]
}
const readings = (python: string, form: 'tensorboard' | 'mlflow'): Record<string, Reading> =>
  JSON.parse(
    execFileSync(python, [join(import.meta.dirname, 'readers.py'), form, written(form)], {
      encoding: 'utf8',
      maxBuffer: 2 ** 28,
      stdio: ['ignore', 'pipe', 'pipe']
    })
  )

const numberOf = (text: string) => (text === 'inf' ? Infinity : text === '-inf' ? -Infinity : Number(text))

describe('read by its own program', () => {
  const python = pythonWith('tensorboard.backend')
  it.skipIf(python === undefined)('TensorBoard lists every point of every curve, as float32', () => {
    const read = readings(python as string, 'tensorboard')
    expect(Object.keys(read)).toHaveLength(ids.length)
    for (const id of ids) {
      const run = Object.entries(read).find(([folder]) => folder.endsWith(id))?.[1]
      for (const { metric } of store.curves.summaries(id)) {
        const { steps, values } = store.curves.read(id, metric)
        expect(run?.curves[metric].map(([step, value]) => [step, numberOf(value)])).toEqual(
          Array.from(steps, (step, i) => [Math.round(step), Math.fround(values[i])])
        )
      }
      expect(run?.texts?.[0]).toContain('| algorithm | dmro |')
    }
  })

  const other = pythonWith('mlflow.tracking')
  it.skipIf(other === undefined)('MLflow lists parameters, every point and artefacts', () => {
    const read = readings(other as string, 'mlflow')
    expect(Object.keys(read).sort()).toEqual([...ids].sort())
    expect(read[ids[0]]).toMatchObject({
      experiment: 'trial',
      status: 'FINISHED',
      name: 'dmro, seed 1',
      parameters: { algorithm: 'dmro', seed: '1', learnSteps: '100' },
      artefacts: ['evaluation.json', 'policy.bin', 'spec.json']
    })
    for (const { metric } of store.curves.summaries(ids[0])) {
      const { steps, values } = store.curves.read(ids[0], metric)
      const points = Array.from(steps, (step, i) => [Math.round(step), values[i]])
      const listed = read[ids[0]].curves[metric].map(([step, value]) => [step, numberOf(value)])
      expect(listed.sort(([a], [b]) => a - b)).toEqual(points)
    }
  })
})
