import { randomBytes } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { unzipSync } from 'fflate/browser'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { BadBundleError } from '../../../src/main/archive/errors'
import { openStore, type Store } from '../../../src/main/store'
import { openedStore } from '../store/samples'
import { bundled, contentOf, fill, imported } from './histories'
import { type Ending, headed, type Part, partsOf, placesOf, replacedIn, STRANGE, withValue, zipOf } from './zips'

const homes: string[] = []
let files: Record<string, Uint8Array>
let ids: string[]
let sound: Uint8Array
let content: object[]
/** One for all of them: what none of them may change. */
let bare: Store

beforeAll(async () => {
  const home = mkdtempSync(join(tmpdir(), 'lab-test-'))
  homes.push(home)
  bare = openStore(join(home, 'bare'))
  const store = openStore(join(home, 'there'))
  ids = fill(store)
  sound = await bundled(store, { runs: ids })
  files = unzipSync(sound)
  content = ids.slice(0, 2).map((id) => contentOf(store, id))
  store.close()
})

afterAll(() => {
  bare.close()
  for (const home of homes) rmSync(home, { recursive: true, force: true })
})

const parts = (): Part[] => partsOf(files)
const text = (path: string) => Buffer.from(files[path]).toString()

interface Fields {
  [key: string]: unknown
}

/** The bundle with one JSON file of it changed, its manifest made to agree again. */
function edited(path: string, edit: (record: Fields) => unknown): Part[] {
  const changed = JSON.parse(text(path))
  const written = Buffer.from(JSON.stringify(edit(changed) ?? changed))
  return replaced(path, written)
}

const replaced = (path: string, written: Uint8Array): Part[] => replacedIn(parts(), path, written)

const withPart = (part: Part) => () => zipOf([...parts(), part])
const named = (path: string | Uint8Array) => withPart({ path, content: 'x' })
const firstAs = (change: Partial<Part>) => () => zipOf(parts().map((part, i) => (i === 1 ? { ...part, ...change } : part)))
const ended = (ending: Ending) => () => zipOf(parts(), ending)
const manifest = (edit: (record: Fields) => unknown) => () => zipOf(edited('manifest.json', edit))
const run = (edit: (record: Fields) => unknown) => () => zipOf(edited(`runs/${ids[0]}.json`, edit))
const set = (key: string, value: unknown) => run((record) => ({ ...record, [key]: value }))
const spec = (change: Fields) => run((record) => ({ ...record, spec: { ...(record.spec as Fields), ...change } }))
const log = (change: Fields) => run((record) => ({ ...record, log: [{ at: 1, level: 'info', text: 'x', ...change }] }))
const zeros = (bytes: number) => new Uint8Array(bytes)

/** What is wrong, how the zip is made, and what must be said of it. */
const HOSTILE: readonly [string, () => Uint8Array, RegExp][] = [
  ['a way out', named('../evil.json'), /"\.\.\/evil\.json".*leads out/],
  ['a way out further in', named('runs/../../evil.json'), /leads out/],
  ['a way out by backslashes', named('..\\evil.json'), /backslash/],
  ['a backslash', named('runs\\evil.json'), /backslash/],
  ['an absolute name', named('/etc/passwd'), /absolute/],
  ['a drive', named('C:/evil.json'), /absolute/],
  ['a share', named('\\\\server\\evil'), /backslash/],
  ['a home', named('~/evil'), /files of a bundle/],
  ['a hidden file', named('.bashrc'), /files of a bundle/],
  ['a dot', named('./evil.json'), /files of a bundle/],
  ['an empty part', named('runs//evil.json'), /files of a bundle/],
  ['no name', named(''), /files of a bundle/],
  ['a NUL', named('evil\0.json'), /files of a bundle/],
  ['a line break', named('evil\n.json'), /files of a bundle/],
  ['a terminal’s escape', named('\u001b[2Jevil'), /^"\\u001b/],
  ['a name that turns round', named('evil\u202Enosj'), /files of a bundle/],
  ['a name that is not text', named(Uint8Array.of(0xff, 0xfe, 0x41)), /not text/],
  ['a very long name', named(`${'a'.repeat(300)}.json`), /more than 200 characters/],
  ['a stream of another system', named('runs/a.json:evil'), /files of a bundle/],
  ['a folder', named('runs/'), /folder/],
  ['a folder by its mode', withPart({ path: 'evil', content: '', mode: 0o040755 }), /not a plain file/],
  ['a folder by its attributes', withPart({ path: 'evil', content: '', attributes: 0x10 }), /not a plain file/],
  ['a link', withPart({ path: 'evil', content: '/etc/passwd', mode: 0o120777 }), /link/],
  ['a link in the place of a file', firstAs({ mode: 0o120777 }), /link/],
  ['a device', withPart({ path: 'evil', content: '', mode: 0o060644 }), /not a plain file/],
  ['a pipe', withPart({ path: 'evil', content: '', mode: 0o010644 }), /not a plain file/],
  ['a file twice', () => zipOf([...parts(), parts()[1]]), /is there twice/],
  ['the manifest twice', () => zipOf([...parts(), { path: 'manifest.json', content: '{}' }]), /is there twice/],
  ['a file twice but for its case', named('MANIFEST.json'), /is there twice/],
  ['a file nobody listed', named('evil.json'), /not listed/],
  ['a bomb that tells its size', withPart({ path: 'bomb', content: zeros(2 ** 20), bytes: 130 * 2 ** 20 }), /larger than 128 MiB/],
  ['a bomb that tells less', withPart({ path: 'bomb', content: zeros(20 * 2 ** 20), bytes: 10 }), /not listed/],
  [
    'a bomb in a listed file',
    () =>
      zipOf(
        replaced(`runs/${ids[0]}.bin`, zeros(3 * 2 ** 20)).map((part) =>
          part.path === `runs/${ids[0]}.bin` ? { ...part, bytes: files[`runs/${ids[0]}.bin`].length } : part
        )
      ),
    /size differs|holds more than it states/
  ],
  [
    'a manifest that is a bomb',
    () => zipOf([{ path: 'manifest.json', content: zeros(50 * 2 ** 20), bytes: 1000 }]),
    /holds more than it states/
  ],
  ['more than deflate can make', firstAs({ bytes: 100 * 2 ** 20 }), /cannot be as large/],
  [
    'many files that are too much together',
    () =>
      zipOf(
        Array.from({ length: 8 }, (_, i) => ({
          path: `a${i}`,
          content: zeros(70_000_00),
          bytes: 100 * 2 ** 20,
          packedBytes: 2 ** 20,
          header: 0
        }))
      ),
    /more than 512 MiB|not agree|shares|not where/
  ],
  [
    'too many files',
    () => zipOf(Array.from({ length: 2001 }, (_, i) => ({ path: `a${i}`, content: '', isStored: true }))),
    /more than 2,000 files/
  ],
  ['more files than it has', ended({ count: 60_000 }), /more than 2,000 files/],
  ['fewer files than it has', ended({ count: 2 }), /longer than it states/],
  ['files that share their bytes', () => zipOf(parts().map((part, i) => (i === 2 ? { ...part, header: 0 } : part))), /not agree|shares/],
  ['a file in the middle of another', () => zipOf([...parts(), { path: 'inner', content: 'x', header: 40 }]), /not agree|shares|not where/],
  ['a header with another name', firstAs({ localPath: 'runs/other.json' }), /not agree/],
  ['a header with another packing', firstAs({ localMethod: 0 }), /not agree/],
  ['a header beyond the end', firstAs({ header: 0xfffffff0 }), /not where/],
  ['an encrypted file', firstAs({ flags: 1 }), /encrypted/],
  ['a packing of its own', firstAs({ method: 99, localMethod: 99 }), /unknown method/],
  ['a patch', firstAs({ flags: 0x20 }), /unknown method/],
  ['a wrong checksum', firstAs({ crc: 1 }), /checksum|SHA-256/],
  ['a stored file of two sizes', firstAs({ isStored: true, bytes: 3 }), /cannot be as large|another size/],
  ['a directory elsewhere', ended({ directoryAt: 10 }), /not where it states/],
  ['a directory larger than the file', ended({ directoryBytes: 0xffffff00 }), /not where it states/],
  ['one disk of several', ended({ disk: 1 }), /part of several/],
  ['a second zip behind it', ended({ comment: 'PK\u0005\u0006 and more' }), /not a zip file/],
  [
    'a program before it',
    () =>
      zipOf(
        parts().map((part) => ({ ...part, header: 5 })),
        { prefix: Buffer.from('#!/bin/sh\n') }
      ),
    /not agree|shares|not where/
  ],
  ['nothing', () => new Uint8Array(0), /not a zip file/],
  ['no zip', () => Buffer.from('PK but not a zip at all, only text'), /not a zip file/],
  ['an empty zip', () => zipOf([]), /manifest\.json.*missing/],
  ['half of it', () => sound.slice(0, sound.length / 2), /not a zip file/],
  ['a manifest of another format', manifest((record) => ({ ...record, format: 'dmro-bundle/9' })), /manifest\.json \$\.format/],
  ['a manifest that is not JSON', () => zipOf(replaced('manifest.json', Buffer.from('{'))), /not JSON/],
  [
    'a manifest too deep',
    () => zipOf(replaced('manifest.json', Buffer.from(`{"files":${'['.repeat(5000)}${']'.repeat(5000)}}`))),
    /nested more than 64 deep/
  ],
  [
    'a manifest of millions of values',
    () => zipOf(replaced('manifest.json', Buffer.from(`{"files":[${'[],'.repeat(20_000_000)}[]]}`))),
    /2,000,000 values/
  ],
  [
    'a record of millions of values',
    () => zipOf(replaced(`runs/${ids[0]}.json`, Buffer.from(`[${'{},'.repeat(20_000_000)}0]`))),
    /runs.*2,000,000 values/
  ],
  [
    'documents that are too much together',
    () => zipOf([...parts(), ...[1, 2, 3].map((i) => ({ path: `library/${i}.json`, content: randomBytes(2 ** 17), bytes: 2 ** 26 }))]),
    /more than 128 MiB of documents/
  ],
  [
    'numbers whose header is millions of values',
    () => zipOf(replaced(`runs/${ids[0]}.bin`, headed(`[${'[],'.repeat(20_000_000)}0]`))),
    /dmro-run-data\/1/
  ],
  [
    'numbers that share their bytes',
    () => {
      const entries = Array.from({ length: 2000 }, (_, i) => ({ key: `${i}`, type: 'Uint8Array', offset: 0, length: 2 ** 22 }))
      return zipOf(replaced(`runs/${ids[0]}.bin`, headed(JSON.stringify({ data: { format: 'dmro-run-data/1' }, entries }), 2 ** 22)))
    },
    /dmro-run-data\/1/
  ],
  [
    'a prototype',
    () => zipOf(replaced('manifest.json', Buffer.from(text('manifest.json').replace('{', '{"__proto__":{"evil":1},')))),
    /__proto__/
  ],
  [
    'a file that is not there',
    manifest((record) => ({
      ...record,
      files: [...(record.files as object[]), { path: 'runs/x.json', bytes: 1, sha256: '0'.repeat(64) }]
    })),
    /belongs to nothing/
  ],
  [
    'a run that is not there',
    manifest((record) => ({ ...record, runs: [...(record.runs as string[]), 'ffffffff'] })),
    /runs\/ffffffff\.json: is not listed/
  ],
  ['a run twice', manifest((record) => ({ ...record, runs: [...(record.runs as string[]), ids[0]] })), /a run twice/],
  ['a run with another id', set('id', 'ffffffff'), /calls itself ffffffff/],
  ['a run of no experiment', set('experiment', 9), /\$\.experiment/],
  ['a run of another scenario', set('scenario', '0'.repeat(64)), /scenarios\/0+\.json: is not listed/],
  ['a run that ends before time', set('endedAt', -1), /\$\.endedAt/],
  ['a log line between two milliseconds', log({ at: 0.5 }), /\$\.log\[0\]\.at/],
  ['a log line of no time', log({ at: 1e300 }), /\$\.log\[0\]\.at/],
  ['a status of its own', set('status', 'evil'), /\$\.status/],
  ['a record with more to it', set('evil', 1), /\$\.evil/],
  ['an algorithm that is not known', spec({ algorithm: 'evil' }), /\$\.spec\.algorithms\[0\]\.id/],
  ['a parameter out of range', spec({ parameters: { hidden: 1e9 } }), /hidden/],
  ['a curve that is not there', set('curves', ['gap', 'loss', 'evil']), /lacks the curve "evil"/],
  ['a curve that its record hides', set('curves', ['gap']), /does not know/],
  ['an evaluation without a record', set('evaluation', undefined), /evaluation/],
  ['a checkpoint without its state', set('checkpoint', { learnSteps: 1, seconds: 1 }), /checkpoint/],
  ['numbers that are none', () => zipOf(replaced(`runs/${ids[0]}.bin`, Buffer.from('evil'))), /dmro-run-data\/1/],
  [
    'numbers of a header that states the wrong size',
    () => zipOf(replaced(`runs/${ids[0]}.bin`, Uint8Array.of(0xff, 0xff, 0xff, 0x7f, 0x7b))),
    /dmro-run-data\/1/
  ]
]

describe('a bundle that is none', () => {
  it('is met in at least sixty ways', () => {
    expect(HOSTILE.length).toBeGreaterThanOrEqual(60)
  })

  it.each(HOSTILE)('with %s is refused by name, and nothing of it is kept', async (_what, make, said) => {
    const error = await imported(bare, make()).catch((reason: unknown) => reason)
    expect(error).toBeInstanceOf(BadBundleError)
    expect((error as Error).message).toMatch(said)
    expect(bare.runs.list()).toEqual([])
    expect(bare.library.list()).toEqual([])
    expect(bare.keptPolicies.list()).toEqual([])
  })

  it('is refused whole where the last run of it is bad', async () => {
    const store = openedStore()
    const bytes = zipOf(edited(`runs/${ids[2]}.json`, (record) => ({ ...record, seconds: 'evil' })))
    await expect(imported(store, bytes)).rejects.toThrow(`runs/${ids[2]}.json $.seconds`)
    expect(store.runs.list()).toEqual([])
  })

  it('leaves a lab as it was where the disk refuses in the middle', async () => {
    const store = openedStore()
    const put = store.policies.put.bind(store.policies)
    store.policies.put = () => {
      throw new Error('no room')
    }
    await expect(imported(store, sound)).rejects.toThrow('no room')
    store.policies.put = put
    expect([store.runs.list(), store.experiments.get(1), store.keptPolicies.list()]).toEqual([[], undefined, []])
    expect((await imported(store, sound)).runs).toHaveLength(3)
  })
})

describe('a bundle with one value of a record changed', () => {
  it('is refused with the file and the place, or imported and read back intact', async () => {
    const store = openedStore()
    const path = `runs/${ids[0]}.json`
    const places = placesOf(JSON.parse(text(path)))
    let taken = 0
    for (const [i, place] of places.entries()) {
      // Each place meets a few of them; together they meet them all.
      for (const value of [0.5, STRANGE[i % STRANGE.length], STRANGE[(i * 5 + 3) % STRANGE.length]]) {
        const bytes = zipOf(edited(path, (record) => withValue(record, place, value)))
        try {
          await imported(store, bytes)
          taken++
        } catch (error) {
          expect(error, `${place.join('.')} = ${JSON.stringify(value)}`).toBeInstanceOf(BadBundleError)
          expect((error as Error).message).not.toMatch(/Invalid|received|Too (small|big)|SQLITE/)
        }
      }
    }
    expect(taken).toBeGreaterThan(5)
    expect(store.verify()).toEqual([])
  })
})

describe('a bundle with a byte flipped', () => {
  it('is refused by name, or brings exactly what it brought before', async () => {
    const store = openedStore()
    let refusals = 0
    await fc.assert(
      fc.asyncProperty(fc.nat(sound.length - 1), fc.integer({ min: 1, max: 255 }), async (at, flip) => {
        const bytes = sound.slice()
        bytes[at] ^= flip
        try {
          const { runs } = await imported(store, bytes)
          expect(runs.slice(0, 2).map(({ id }) => contentOf(store, id))).toEqual(content)
          for (const { id } of runs) store.runs.update(id, { deletedAt: 1 })
        } catch (error) {
          expect(error).toBeInstanceOf(BadBundleError)
          refusals++
        }
      }),
      { numRuns: 100, seed: 7 }
    )
    expect(refusals).toBeGreaterThan(60)
  })

  it('or cut off anywhere, is refused by name', async () => {
    const store = openedStore()
    for (let length = 1; length < sound.length; length += Math.ceil(sound.length / 60)) {
      await expect(imported(store, sound.slice(0, length))).rejects.toBeInstanceOf(BadBundleError)
    }
    expect(store.runs.list()).toEqual([])
  })
})
