import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import fc from 'fast-check'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { zipWriter } from '../../../src/main/bundle/zip-writer'
import { sourceOf } from '../../../src/main/archive/zip-reader'
import { exportedFiles } from '../../../src/main/exports/exported'
import { ProtoWriter } from '../../../src/main/exports/protobuf'
import { scalarRecords, tfRecord, versionEvent } from '../../../src/main/exports/tfevents'
import { foreignRuns } from '../../../src/main/imports/found'
import { filesAt, trackedFilesIn } from '../../../src/main/imports/files'
import { BadForeignError, type ForeignRun } from '../../../src/main/imports/foreign-run'
import { keepForeign, lookThrough } from '../../../src/main/imports/keep'
import { NoScenarioError, openStore, type Store } from '../../../src/main/store'
import { fill } from '../bundle/histories'

let home: string
let store: Store
beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), 'dmro-lab-imports-'))
  store = openStore(join(home, 'lab'))
})
afterEach(() => {
  store.close()
  rmSync(home, { recursive: true, force: true })
})

function put(path: string, content: Uint8Array | string): void {
  mkdirSync(dirname(join(home, path)), { recursive: true })
  writeFileSync(join(home, path), content)
}

function exported(ids: readonly string[], form: 'tensorboard' | 'mlflow'): string {
  for (const { path, content } of exportedFiles(store, ids, form, '.')) put(`${form}/${path}`, content)
  return join(home, form)
}

const readAt = (path: string): ForeignRun[] => [...foreignRuns(filesAt(join(home, path))).runs]
const curveIn = (run: ForeignRun, metric: string) => run.curves.find((curve) => curve.metric === metric)
const pointsOf = (run: ForeignRun, metric: string) => {
  const curve = curveIn(run, metric)
  return curve && Array.from(curve.steps, (step, i) => [step, curve.values[i]])
}

const EVENTS = 'events.out.tfevents.1700000000.host'
const curve = (tag: string, values: readonly number[], from = 0) =>
  scalarRecords(
    tag,
    values.map((_, i) => from + i),
    values,
    (step) => 1_700_000_000 + step
  )
const eventFile = (...records: readonly Uint8Array[]) => Buffer.concat([tfRecord(versionEvent(1_700_000_000)), ...records])

/** An event of one value, given as the fields of its message. */
const event = (value: ProtoWriter, step = 0) =>
  tfRecord(new ProtoWriter().double(1, 1_700_000_000).varint(2, step).bytes(5, new ProtoWriter().bytes(1, value.end()).end()).end())

describe('what was exported comes back', () => {
  it.each(['tensorboard', 'mlflow'] as const)('from %s with every point, as it was written there', (form) => {
    const ids = fill(store)
    const folder = exported(ids, form)
    const before = store.runs.list().length
    const { ids: made, runs } = keepForeign(store, filesAt(folder), { now: 5000 })
    expect(store.runs.list()).toHaveLength(before + ids.length)
    for (const id of ids) {
      const at = runs.findIndex(({ name, place }) => name.endsWith(id) || readFileTag(folder, place) === id)
      for (const { metric } of store.curves.summaries(id)) {
        const { steps, values } = store.curves.read(id, metric)
        const back = store.curves.read(made[at], metric)
        expect(Array.from(back.steps)).toEqual(Array.from(steps, Math.round))
        expect(Array.from(back.values)).toEqual(Array.from(form === 'tensorboard' ? values.map(Math.fround) : values))
      }
      expect(store.runs.row(made[at])?.parameters).toMatchObject({ algorithm: 'dmro', scenario: 'one edge', learnSteps: '100' })
    }
  })

  it('a million points among them', { timeout: 180_000 }, () => {
    const [id] = fill(store)
    const count = 1_000_000
    const steps = Float64Array.from({ length: count }, (_, i) => i)
    store.curves.append(id, { metric: 'reward', steps, values: steps.map((step) => Math.sin(step)) })
    const { values } = store.curves.read(id, 'reward')
    for (const form of ['tensorboard', 'mlflow'] as const) {
      const { ids: made } = keepForeign(store, filesAt(exported([id], form)), { now: 5000 })
      const back = store.curves.read(made[0], 'reward')
      // One comparison of bytes: a million expectations are slow.
      const expected = form === 'tensorboard' ? values.map(Math.fround) : values
      expect(Buffer.compare(Buffer.from(back.values.buffer), Buffer.from(expected.buffer))).toBe(0)
      expect(Buffer.compare(Buffer.from(back.steps.buffer), Buffer.from(steps.buffer))).toBe(0)
    }
  })
})

/** The run a folder of MLflow came from. */
function readFileTag(root: string, place: string): string | undefined {
  try {
    return readFileSync(join(root, place, 'tags/dmroRun'), 'utf8')
  } catch {
    // Of TensorBoard, where folders are called by the run.
    return undefined
  }
}

describe('a foreign run', () => {
  it('is a row of its own with curves and neither scenario nor evaluation, whose seals hold', () => {
    put(`logs/a/${EVENTS}`, eventFile(curve('loss', [3, 2, 1])))
    const { ids } = keepForeign(store, filesAt(join(home, 'logs')), { now: 5000 })
    const row = store.runs.row(ids[0])
    expect(row).toMatchObject({
      algorithm: 'TensorBoard: a',
      scenario: 'no scenario',
      experiment: 'logs',
      status: 'completed',
      learnSteps: 2,
      seconds: 2,
      foreign: { source: 'tensorboard', name: 'a', place: 'logs/a', importedAt: 5000 }
    })
    expect(row?.facts).toBeUndefined()
    expect(row?.evaluation).toBeUndefined()
    expect(() => store.runs.spec(ids[0])).toThrow(NoScenarioError)
    expect(store.verify()).toEqual([])
  })

  it('is taken once, brought up to date when it went on, and keeps its note then', () => {
    put(`logs/a/${EVENTS}`, eventFile(curve('loss', [3, 2, 1])))
    const files = filesAt(join(home, 'logs'))
    const [id] = keepForeign(store, files, { now: 1 }).ids
    store.marks.update(id, { note: 'mine' })
    expect(keepForeign(store, files, { now: 2 })).toMatchObject({ ids: [id], runs: [{ here: 'same' }] })
    put(`logs/a/${EVENTS}`, eventFile(curve('loss', [3, 2, 1, 0.5])))
    expect(keepForeign(store, files, { now: 3 })).toMatchObject({ ids: [id], runs: [{ here: 'older' }] })
    expect(store.runs.row(id)).toMatchObject({ learnSteps: 3, note: 'mine' })
    expect(store.curves.read(id, 'loss').values).toHaveLength(4)
    // Deleted, it is another one when it comes again.
    store.runs.update(id, { deletedAt: 4 })
    expect(keepForeign(store, files, { now: 5 }).ids).not.toEqual([id])
    expect(store.verify()).toEqual([])
  })

  it('has metrics called as somebody chose, and no two alike', () => {
    put(`logs/a/${EVENTS}`, eventFile(curve('train/loss', [3, 2]), curve('loss', [1])))
    const files = filesAt(join(home, 'logs'))
    expect(() => keepForeign(store, files, { now: 1, rename: { 'train/loss': 'loss' } })).toThrow('two curves that would be called "loss"')
    expect(store.runs.list()).toEqual([])
    const { ids } = keepForeign(store, files, { now: 1, rename: { 'train/loss': 'gap' } })
    expect(Array.from(store.curves.read(ids[0], 'gap').values)).toEqual([3, 2])
  })
})

describe('event files', () => {
  it('of one folder are one run, what a program that started again repeats is left out', () => {
    const session = tfRecord(new ProtoWriter().double(1, 1).varint(2, 2).bytes(7, new ProtoWriter().varint(1, 1).end()).end())
    put(`logs/${EVENTS}`, eventFile(curve('loss', [9, 8, 7, 6])))
    put('logs/events.out.tfevents.1700000009.host', Buffer.concat([session, curve('loss', [5, 4], 2)]))
    const [run] = readAt('logs')
    expect(pointsOf(run, 'loss')).toEqual([
      [0, 9],
      [1, 8],
      [2, 5],
      [3, 4]
    ])
    expect(run.notes[0]).toContain('started again at step 2; 2 points')
  })

  it('with steps that go back are put in order, which is said', () => {
    put(`logs/${EVENTS}`, eventFile(curve('loss', [2, 3], 2), curve('loss', [0, 1])))
    const [run] = readAt('logs')
    expect(pointsOf(run, 'loss')?.map(([step]) => step)).toEqual([0, 1, 2, 3])
    expect(run.notes).toEqual(['Steps go back in loss: points were put in the order of their steps.'])
  })

  it('have scalars as tensors too, of every type of number, and parameters of the plugin for them', () => {
    const scalars = new ProtoWriter().bytes(1, new ProtoWriter().bytes(1, 'scalars').end()).end()
    const tensor = (type: number, content: Buffer) => new ProtoWriter().varint(1, type).bytes(2, '').bytes(4, content).end()
    const values: [number, Buffer, number][] = [
      [1, Buffer.from(Float32Array.of(0.5).buffer), 0.5],
      [2, Buffer.from(Float64Array.of(0.1).buffer), 0.1],
      [3, Buffer.from(Int32Array.of(-7).buffer), -7],
      [9, Buffer.from(BigInt64Array.of(-9n).buffer), -9],
      [14, Buffer.of(0x80, 0x3f), 1],
      [19, Buffer.of(0x00, 0x3e), 1.5]
    ]
    const records = values.map(([type, content], i) =>
      event(new ProtoWriter().bytes(1, 'x').bytes(9, scalars).bytes(8, tensor(type, content)), i)
    )
    const listed = new ProtoWriter()
      .varint(1, 1)
      .bytes(2, '')
      .bytes(5, Buffer.from(Float32Array.of(2.5).buffer))
      .end()
    const entry = (key: string, value: Uint8Array) => new ProtoWriter().bytes(1, key).bytes(2, value).end()
    const start = new ProtoWriter()
      .bytes(1, entry('lr', new ProtoWriter().double(2, 0.01).end()))
      .bytes(1, entry('net', new ProtoWriter().bytes(3, 'mlp').end()))
      .bytes(1, entry('noisy', new ProtoWriter().varint(4, 1).end()))
    const plugin = new ProtoWriter().bytes(1, 'hparams').bytes(2, new ProtoWriter().bytes(3, start.end()).end()).end()
    const session = event(new ProtoWriter().bytes(1, '_hparams_/session_start_info').bytes(9, new ProtoWriter().bytes(1, plugin).end()))
    const picture = event(new ProtoWriter().bytes(1, 'image').bytes(4, 'png'))
    put(`logs/${EVENTS}`, eventFile(session, ...records, event(new ProtoWriter().bytes(1, 'x').bytes(8, listed), 6), picture))
    const [run] = readAt('logs')
    expect(pointsOf(run, 'x')?.map(([, value]) => value)).toEqual([...values.map(([, , value]) => value), 2.5])
    expect(run.parameters).toEqual({ lr: '0.01', net: 'mlp', noisy: 'true' })
    expect(run.notes).toEqual(['Left out, since only scalars are curves: images (1).'])
  })

  it('that end within a record, or are damaged, say where and keep what comes before', () => {
    const whole = eventFile(curve('loss', [3, 2, 1]))
    const recordBytes = curve('loss', [1]).length
    const last = whole.length - recordBytes
    put(`half/${EVENTS}`, whole.subarray(0, whole.length - 5))
    const [half] = readAt('half')
    expect(pointsOf(half, 'loss')).toHaveLength(2)
    expect(half.troubles).toEqual([
      `${EVENTS} ends within a record at byte ${last}: it was still being written, or was cut off. What comes before is here.`
    ])
    const flipped = Uint8Array.from(whole)
    flipped[last + 20] ^= 1
    put(`flipped/${EVENTS}`, flipped)
    expect(readAt('flipped')[0].troubles[0]).toContain(`is damaged at byte ${last}`)
    put(`none/${EVENTS}`, 'something else entirely')
    expect(() => readAt('none')).toThrow(`${EVENTS}: at byte 0 there is no record of an event file`)
    put(`hostile/${EVENTS}`, eventFile(tfRecord(Buffer.of(0x2a, 0xff, 0xff, 0x03))))
    expect(() => readAt('hostile')).toThrow(/events\.out\.tfevents\S+: at byte \d+ is not an event: a field is longer than its message/)
  })

  it('cut or changed anywhere never do more than a typed error', () => {
    const whole = eventFile(curve('loss', [3, 2, 1]), curve('b', [1]))
    fc.assert(
      fc.property(fc.nat(whole.length - 1), fc.integer({ min: 0, max: 255 }), fc.boolean(), (at, byte, isCut) => {
        const bytes = isCut ? whole.subarray(0, at) : Uint8Array.from(whole)
        if (!isCut) bytes[at] = byte
        read(trackedFilesIn(sourceOf(bytes), EVENTS))
      })
    )
    // The same within a record whose checksum holds.
    const message = Uint8Array.from(curve('loss', [1]).subarray(12, -4))
    fc.assert(
      fc.property(fc.nat(message.length - 1), fc.integer({ min: 0, max: 255 }), (at, byte) => {
        const changed = Uint8Array.from(message)
        changed[at] = byte
        read(trackedFilesIn(sourceOf(eventFile(tfRecord(changed))), EVENTS))
      })
    )
  })
})

/** Reads runs; throws where what is thrown is not a typed error that names a place. */
function read(files: ReturnType<typeof filesAt>): void {
  try {
    for (const run of foreignRuns(files).runs) for (const { steps } of run.curves) expect(steps.every(Number.isFinite)).toBe(true)
  } catch (error) {
    if (!(error instanceof BadForeignError) || error.faults[0].path === '') throw error
  }
}

const META =
  "artifact_uri: file:///x\nexperiment_id: '7'\nrun_id: abc123\nrun_name: 'it''s\n  long'\nstart_time: 1700000000000\nstatus: 3\ntags: []\n"

describe("MLflow's folders", () => {
  it('give runs by their own names, metrics over steps in folders too, numbers as Python writes them', () => {
    put('mlruns/7/meta.yaml', 'experiment_id: "7"\nname: "Caf\\u00e9 \\"x\\""\n')
    put('mlruns/7/abc123/meta.yaml', META)
    put('mlruns/7/abc123/metrics/train/loss', '1700000000000 1e-05 0\n1700000001000 nan 1\n1700000002000 -inf 2\n')
    put('mlruns/7/abc123/metrics/old', '1700000000000 3\n')
    put('mlruns/7/abc123/params/lr', '0.1')
    put('mlruns/7/abc123/artifacts/meta.yaml', 'no: run')
    put('mlruns/.trash/7/def/meta.yaml', META.replace('abc123', 'def'))
    const [run, ...others] = readAt('mlruns')
    expect(others).toEqual([])
    expect(run).toMatchObject({ name: "it's long", experiment: 'Café "x"', parameters: { lr: '0.1' }, status: 'completed', key: 'abc123' })
    expect(pointsOf(run, 'train/loss')).toEqual([
      [0, 1e-5],
      [1, Number.NaN],
      [2, Number.NEGATIVE_INFINITY]
    ])
    expect(pointsOf(run, 'old')).toEqual([[0, 3]])
    expect(foreignRuns(filesAt(join(home, 'mlruns'))).notes).toEqual(['1 run was left out that MLflow keeps as deleted.'])
    // A run's own folder, and a zip of all, are read alike.
    expect(readAt('mlruns/7/abc123')).toHaveLength(1)
    const parts: Uint8Array[] = []
    const zip = zipWriter((bytes) => parts.push(bytes.slice()), 1e12)
    for (const path of filesAt(join(home, 'mlruns')).paths) zip.add(path, readFileSync(join(home, 'mlruns', path)))
    zip.end()
    expect([...foreignRuns(trackedFilesIn(sourceOf(Buffer.concat(parts)), 'mlruns.zip')).runs]).toEqual([run])
  })

  it('that are still written say so, and faults name file and line', () => {
    put('m/meta.yaml', META.replace('status: 3', 'status: 1'))
    put('m/metrics/loss', '1700000000000 0.5 0\n1700000001000 0.2')
    const [run] = readAt('m')
    expect(pointsOf(run, 'loss')).toEqual([[0, 0.5]])
    expect(run.troubles.join(' ')).toMatch(/metrics\/loss ends within line 2.* had not ended/)
    put('m/metrics/loss', '1700000000000 0.5 0\n1700000001000 Infinit 1\n')
    expect(() => readAt('m')).toThrow('metrics/loss: line 2 is not "time value step"')
    put('m/metrics/loss', Buffer.of(0x31, 0xff, 0x0a))
    expect(() => readAt('m')).toThrow('metrics/loss: is not UTF-8 text')
    put('m/meta.yaml', `${META}status: 4\n`)
    expect(() => readAt('m')).toThrow('meta.yaml: line 9 gives "status" a second time')
    put('m/meta.yaml', META.replace("'it''s\n  long'", "'it"))
    expect(() => readAt('m')).toThrow('meta.yaml: line 4 has a quote that does not end')
    put('m/metrics/loss', '')
    put('m/meta.yaml', META.replace('abc123', '../../x'))
    expect(() => readAt('m')).toThrow('meta.yaml: has a run_id')
    put('empty/readme.txt', '')
    expect(() => readAt('empty')).toThrow('holds neither event files')
  })

  it('of any letters never do more than a typed error', () => {
    put('m/metrics/loss', '')
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 80 }), fc.string({ unit: 'binary', maxLength: 80 }), (meta, metric) => {
        put('m/meta.yaml', META + meta)
        put('m/metrics/loss', metric)
        read(filesAt(join(home, 'm')))
      }),
      { numRuns: 60 }
    )
  })
})

it('a look reads all and keeps nothing', async () => {
  const folder = exported(fill(store), 'tensorboard')
  cpSync(folder, join(home, 'again'), { recursive: true })
  const before = store.runs.list()
  const looks = await lookThrough(store, filesAt(join(home, 'again')))
  expect(looks.runs.map(({ name }) => name).sort()).toEqual(readdirSync(folder).sort())
  expect(store.runs.list()).toEqual(before)
})
