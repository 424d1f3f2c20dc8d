import { createHash } from 'node:crypto'
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { BinaryPart } from '@shared/contract/binary'
import type { RunRow } from '@shared/contract/records'
import Database from 'better-sqlite3'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { directClient, type Lab, openLab } from '../../../src/main/api'
import { forkWorkers } from '../../../src/main/processes/fork'
import { openStore } from '../../../src/main/store'
import { BUILT_WORKER } from '../api/hosts'

/** Each release as it wrote a home and a bundle; `test/fixtures/releases/write.ts` adds the next. */
const RELEASES = fileURLToPath(new URL('../../fixtures/releases', import.meta.url))
const versions = readdirSync(RELEASES).filter((name) => /^\d+\.\d+\.\d+$/.test(name))

interface ToldRun {
  id: string
  experiment: string
  algorithm: string
  seed: number
  status: string
  parameters: Record<string, unknown>
  learnSteps: number
  tags?: string[]
  note?: string
  pinned?: boolean
  archived?: boolean
  evaluation?: { gapMean: number; meanCost: number; gaps: number[]; costs: number[] }
  curves: Record<string, { points: number; sha256: string }>
}

/** What a release said of its own home. */
interface Told {
  version: string
  /** Milliseconds since 1970. */
  writtenAt: number
  schema: number
  runs: ToldRun[]
  documents: { id: string; kind: string; name: string; versions: unknown[] }[]
  drafts: { id: string; kind: string; name: string; base?: number; content: unknown }[]
  policies: { name: string; note?: string; sha256: string }[]
  comparisons: { name: string; note?: string; runs: string[]; against?: string; look: object; means: GroupMeans[] }[]
  views: { name: string; state: object }[]
}
interface GroupMeans {
  runs: string[]
  means: Record<string, number>
}

/** Figures that mean the same in every version; 0.1.0 took quantiles and the worst case over the workflows of all seeds at once. */
const MEANS = ['gapMean', 'cost', 'delay', 'energy', 'exact', 'decision', 'training']

const sha256 = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex')
const bytesOf = async (blob: BinaryPart) => new Uint8Array(await blob.arrayBuffer())
const byName = (a: { name: string }, b: { name: string }) => (a.name < b.name ? -1 : 1)
/** Without keys that hold nothing, as JSON has it. */
const plain = <T>(value: T): T => JSON.parse(JSON.stringify(value)) as T

const folders: string[] = []
function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'dmro-release-'))
  folders.push(folder)
  return folder
}
afterAll(() => {
  for (const folder of folders) rmSync(folder, { recursive: true, force: true })
})

/** Opened a day after it was written: what was deleted then is in the bin still. */
function openHome(home: string, { writtenAt }: Told): Lab {
  const now = () => writtenAt + 24 * 3600 * 1000
  return openLab({ store: openStore(home, { now }), spawnWorker: forkWorkers(BUILT_WORKER), parallel: 1, now })
}

function schemaOf(file: string): number {
  const sqlite = new Database(file, { readonly: true })
  try {
    return Number(sqlite.pragma('user_version', { simple: true }))
  } finally {
    sqlite.close()
  }
}

it('there is a release to be opened', () => {
  expect(versions).toEqual(expect.arrayContaining(['0.1.0', '0.2.0']))
})

it('0.2.0 wrote graphs, shared machines, streams, searches and programs of users', () => {
  const told = JSON.parse(readFileSync(join(RELEASES, '0.2.0', 'told.json'), 'utf8')) as Told
  const of = (experiment: string) => told.runs.filter((run) => run.experiment === experiment)
  expect(
    of('Graphs that share machines')
      .map(({ algorithm }) => algorithm)
      .sort()
  ).toEqual(['annealing', 'dmro-plus', 'genetic', 'heft', 'peft'])
  expect(
    of('A stream')
      .map(({ algorithm }) => algorithm)
      .sort()
  ).toEqual(['annealing', 'dmro-plus', 'eft'])
  expect(of('A program').map(({ algorithm }) => algorithm)).toEqual(['agent-tabular'])
  expect(Object.keys(of('A stream').find(({ algorithm }) => algorithm === 'annealing')?.curves ?? {})).toContain('gap')
})

describe.each(versions)('a home that %s wrote', (version) => {
  const folder = join(RELEASES, version)
  const told = JSON.parse(readFileSync(join(folder, 'told.json'), 'utf8')) as Told
  let home: string
  let lab: Lab
  let client: ReturnType<typeof directClient>
  let rows: Map<string, RunRow>

  beforeAll(async () => {
    home = temporaryFolder()
    cpSync(join(folder, 'home'), home, { recursive: true })
    lab = openHome(home, told)
    client = directClient(lab)
    rows = new Map((await client.runs.list({})).map((row) => [row.id, row]))
  })
  afterAll(() => lab.close())

  it('is brought up to date, a copy of what it was beside it', () => {
    const copies = readdirSync(join(home, 'backups')).filter((name) => name.startsWith(`schema-${told.schema}@`))
    const now = schemaOf(join(home, 'lab.sqlite'))
    expect(copies).toHaveLength(now > told.schema ? 1 : 0)
    for (const copy of copies) expect(schemaOf(join(home, 'backups', copy))).toBe(told.schema)
    expect(lab.store.verify()).toEqual([])
  })

  it('lists its runs with what was noted down about them', () => {
    expect([...rows.keys()].sort()).toEqual(told.runs.map(({ id }) => id).sort())
    for (const { curves: _, evaluation, ...run } of told.runs) {
      const row = rows.get(run.id)
      expect(row).toMatchObject(run)
      expect({ note: row?.note, tags: row?.tags, pinned: row?.pinned, archived: row?.archived }).toEqual({
        note: run.note,
        tags: run.tags,
        pinned: run.pinned,
        archived: run.archived
      })
      expect(row?.evaluation?.gapMean).toBe(evaluation?.gapMean)
    }
  })

  it('has every point of every curve, to the bit', async () => {
    const curves = told.runs.flatMap(({ id, curves }) => Object.entries(curves).map(([metric, curve]) => ({ id, metric, ...curve })))
    expect(curves.length).toBeGreaterThan(0)
    for (const { id, metric, points, sha256: sum } of curves) {
      const bytes = await bytesOf(await client.runs.curve({ id, metric, maxPoints: 0 }))
      expect({ id, metric, points: bytes.length / 16, sum: sha256(bytes) }).toEqual({ id, metric, points, sum })
    }
  })

  it('has the gap and cost of every held-out workflow', () => {
    const evaluated = told.runs.filter(({ evaluation }) => evaluation)
    expect(evaluated.length).toBeGreaterThan(0)
    for (const { id, evaluation } of evaluated) {
      const kept = lab.store.evaluation(id)
      expect({ gaps: [...(kept?.gaps ?? [])], costs: [...(kept?.costs ?? [])] }).toEqual({
        gaps: evaluation?.gaps,
        costs: evaluation?.costs
      })
    }
  })

  it('has its documents in all their versions, and edits that were not saved', async () => {
    const documents = await Promise.all(
      (await client.library.list({})).map(async ({ id, kind, name, version: newest }) => ({
        ...{ id, kind, name },
        versions: await Promise.all(
          Array.from({ length: newest }, async (_, i) => (await client.library.read({ id, version: i + 1 })).content)
        )
      }))
    )
    expect(documents.sort(byName)).toEqual(told.documents.sort(byName))
    const drafts = await Promise.all(
      (await client.library.drafts({})).map(async ({ id, kind, name, base }) => ({
        ...{ id, kind, name, base },
        content: (await client.library.draft({ id }))?.content
      }))
    )
    expect(plain(drafts).sort(byName)).toEqual(told.drafts.sort(byName))
  })

  it('has its named policies, comparisons and views', async () => {
    for (const { name, note, sha256: sum } of told.policies) {
      const row = (await client.policies.list({})).find((policy) => policy.name === name)
      expect({ note: row?.note, sum: sha256(await bytesOf(await client.policies.export({ name }))) }).toEqual({ note, sum })
    }
    const views = (await client.views.list({})).views.map(({ name, state }) => ({ name, state }))
    expect(views).toEqual(told.views)
    const comparisons = (await client.comparisons.list({})).map(({ id: _, savedAt: __, ...saved }) => saved)
    expect(plain(comparisons)).toEqual(told.comparisons.map(({ means: _, ...saved }) => saved))
  })

  // From schema 12 on it is recorded when runs start; this experiment was saved after them.
  it.runIf(told.schema < 12)('tells by content what its runs came from: the saved experiment that alone asks for the same', async () => {
    const saved = told.documents.find(({ kind, name }) => kind === 'experiment' && name === 'Small')
    const found = [...rows.values()].filter(({ sources }) => sources?.experiment)
    expect(new Set(found.map(({ experiment }) => experiment))).toEqual(new Set(['Small']))
    expect(found).toHaveLength(told.runs.filter(({ experiment }) => experiment === 'Small').length)
    for (const { sources } of found) expect(sources?.experiment).toEqual({ name: 'Small', id: saved?.id, version: 1, byContent: true })
    const { documents, runs } = await client.lineage.near({ document: saved?.id ?? '' })
    expect(documents.map(({ name }) => name)).toEqual(['Small'])
    expect(runs.map((group) => group.runs)).toEqual([found.length])
  })

  it('is compared to the same means', async () => {
    for (const { runs, against, means } of told.comparisons) {
      const { groups, figures } = await client.comparisons.analyse({ ids: runs, against })
      expect(groups.map((group) => group.runs)).toEqual(means.map((group) => group.runs))
      means.forEach((group, i) => {
        for (const key of MEANS) {
          const mean = figures.find((figure) => figure.key === key)?.cells[i].mean
          expect({ key, mean }).toEqual({ key, mean: expect.closeTo(group.means[key], 12) })
        }
      })
    }
  })

  it('is exported again and taken into another lab without loss', async () => {
    const documents = (await client.library.list({})).map(({ id }) => id)
    const comparisons = (await client.comparisons.list({})).map(({ id }) => id)
    const policies = told.policies.map(({ name }) => name)
    const { transfer, bytes } = await client.bundles.export({ runs: [...rows.keys()], documents, comparisons, policies })
    const file = await bytesOf(await client.transfers.read({ transfer, offset: 0, length: bytes }))
    await client.transfers.end({ transfer })
    await takeIn(file, told)
  })

  it('has in its bin what was deleted', async () => {
    const { entries } = await client.bin.list({})
    expect(entries).toHaveLength(1)
    await client.bin.restore({ ids: [entries[0].id] })
    expect((await client.runs.list({})).filter(({ id }) => !rows.has(id))).toMatchObject([{ experiment: 'Deleted', status: 'completed' }])
  })

  it('resumes the interrupted run from its checkpoint', async () => {
    const interrupted = told.runs.find(({ status }) => status === 'interrupted')
    if (!interrupted) throw new Error('no run was interrupted')
    const { id, learnSteps } = interrupted
    const live = await client.runs.live({ curves: [] })
    await client.runs.resume({ ids: [id] })
    for await (const _ of live) {
      const { row } = await client.runs.get({ id })
      if (!['queued', 'running'].includes(row.status) || row.learnSteps > learnSteps) break
    }
    const { row, log } = await client.runs.get({ id })
    expect(row).toMatchObject({ status: 'running', message: undefined })
    expect(row.learnSteps).toBeGreaterThan(learnSteps)
    const resumed = log.find(({ text }) => text.startsWith('Resumes from learn step'))
    expect(Number(resumed?.text.match(/learn step (\d+)/)?.[1])).toBeGreaterThan(0)
    await client.runs.cancel({ ids: [id] })
  })
})

describe.each(versions)('a bundle that %s wrote', (version) => {
  const told = JSON.parse(readFileSync(join(RELEASES, version, 'told.json'), 'utf8')) as Told

  it('is taken in whole: runs, curves, documents, comparisons and policies', async () => {
    await takeIn(readFileSync(join(RELEASES, version, 'bundle.dmro')), told)
  })
})

/** Imports a bundle into an empty lab, which then has all that was told of the release. */
async function takeIn(file: Uint8Array, told: Told): Promise<void> {
  const lab = openHome(temporaryFolder(), told)
  try {
    const client = directClient(lab)
    const { transfer } = await client.transfers.begin({ name: 'release.dmro' })
    await client.transfers.write({ transfer, offset: 0, part: new Blob([new Uint8Array(file)]) })
    const outcome = await client.bundles.import({ transfer, name: 'release.dmro' })
    expect(outcome.runs.map(({ from }) => from).sort()).toEqual(told.runs.map(({ id }) => id).sort())
    expect(outcome.documents.map(({ name }) => name).sort()).toEqual(told.documents.map(({ name }) => name).sort())
    expect(outcome.comparisons).toHaveLength(told.comparisons.length)
    expect(outcome.policies).toEqual(told.policies.map(({ name }) => name))
    const ids = new Map(outcome.runs.map(({ from, id }) => [from, id]))
    for (const { id, curves, evaluation, status, tags, note } of told.runs) {
      const here = ids.get(id) ?? ''
      const { row } = await client.runs.get({ id: here })
      expect({ status: row.status, tags: row.tags, note: row.note }).toEqual({ status, tags, note })
      const kept = lab.store.evaluation(here)
      expect({ gaps: [...(kept?.gaps ?? [])], costs: [...(kept?.costs ?? [])] }).toEqual({
        gaps: [...(evaluation?.gaps ?? [])],
        costs: [...(evaluation?.costs ?? [])]
      })
      for (const [metric, { sha256: sum }] of Object.entries(curves))
        expect(sha256(await bytesOf(await client.runs.curve({ id: here, metric, maxPoints: 0 })))).toBe(sum)
    }
    expect(lab.store.verify()).toEqual([])
  } finally {
    await lab.close()
  }
}
