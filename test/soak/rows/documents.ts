import { unzipSync } from 'fflate/browser'
import fc from 'fast-check'
import { expect } from 'vitest'
import { BadBundleError } from '../../../src/main/archive/errors'
import { openStore, type Store } from '../../../src/main/store'
import { bundled, fill, imported } from '../../main/bundle/histories'
import { partsOf, placesOf, replacedIn, STRANGE, withValue, zipOf } from '../../main/bundle/zips'
import { edits, expectEditedTyped, TEXTS } from '../../shared/formats/broken-texts'
import { bitFlips, DOCUMENTS, expectFlippedTyped, expectTyped, mutated, mutation } from '../../shared/formats/mutated'
import { contentHash } from '../database'
import type { Case, Measures, Row } from '../row'
import type { Scratch } from '../scratch'

/** A file may take so much of the processor, in seconds. */
const MOST_SECONDS = 2

/** One value of an arbitrary, by a seed. */
const drawn = <T>(arbitrary: fc.Arbitrary<T>, seed: number): T => fc.sample(arbitrary, { seed, numRuns: 1 })[0]

const mutations = fc.array(mutation, { minLength: 1, maxLength: 4 })
const TEXT_OF = DOCUMENTS.map(([, document]) => JSON.stringify(document, undefined, 1))

function checkDocument(which: number, seed: number): Measures {
  const [, document, read] = DOCUMENTS[which]
  if (seed % 3 === 0) expectFlippedTyped(TEXT_OF[which], drawn(bitFlips(TEXT_OF[which].length), seed), read)
  else expectTyped(read(mutated(document, drawn(mutations, seed))))
  return { documents: 1 }
}

function checkText(which: number, seed: number): Measures {
  const [id, text] = TEXTS[which]
  expectEditedTyped(id, text, drawn(edits, seed), seed % 2 === 0)
  return { texts: 1 }
}

/** Bundles of which a byte, or a value of a record, is another: refused whole, or taken in sound. */
async function bundleCheck(scratch: Scratch): Promise<(seed: number) => Promise<Measures>> {
  const there = openStore(scratch.folder())
  const sound = await bundled(there, { runs: fill(there) })
  there.close()
  const files = unzipSync(sound)
  const records = Object.keys(files).filter((path) => path.endsWith('.json'))
  let bare: Store | undefined
  let home = ''
  let before = ''
  scratch.onEnd(() => bare?.close())
  const broken = (seed: number): Uint8Array => {
    const at = fc.nat(1 << 30)
    const [place, value, byte, way] = drawn(fc.tuple(at, at, fc.integer({ min: 1, max: 255 }), fc.nat(3)), seed)
    if (way === 0) return sound.slice(0, place % sound.length)
    if (way === 1) return sound.with(place % sound.length, sound[place % sound.length] ^ byte)
    const path = records[place % records.length]
    const record = JSON.parse(Buffer.from(files[path]).toString())
    const places = placesOf(record)
    const changed = withValue(record, places[value % places.length], STRANGE[byte % STRANGE.length])
    return zipOf(replacedIn(partsOf(files), path, Buffer.from(JSON.stringify(changed))))
  }
  return async (seed): Promise<Measures> => {
    if (bare === undefined) {
      home = scratch.folder()
      bare = openStore(home)
      before = contentHash(home)
    }
    try {
      await imported(bare, broken(seed))
    } catch (error) {
      expect(error).toBeInstanceOf(BadBundleError)
      expect((error as Error).message).not.toMatch(/Invalid|received|Too (small|big)|SQLITE|undefined/)
      expect(contentHash(home)).toBe(before)
      return { bundles: 1 }
    }
    // Harmless: what is in the lab now is sound, and the next case has an empty one.
    expect(bare.verify()).toEqual([])
    bare.close()
    bare = undefined
    return { bundles: 1, bundlesTaken: 1 }
  }
}

export const documents: Row = {
  name: 'documents',
  fault:
    'topologies, workloads, scenarios, environments, schedules, experiments, placements, files of other tools and bundles with values, pieces or bits changed',
  holds: 'read, or refused with a place and a sentence; nothing is thrown at, and nothing half imported',
  cases: { ci: 600, soak: 100_000 },
  async begin(scratch): Promise<Case> {
    const checkBundle = await bundleCheck(scratch)
    return async (random, index) => {
      const seed = random.uint32() >>> 1
      const { user, system } = process.cpuUsage()
      const kind = index % 10
      const came =
        kind === 9
          ? await checkBundle(seed)
          : kind >= 7
            ? checkText(random.below(TEXTS.length), seed)
            : checkDocument(random.below(DOCUMENTS.length), seed)
      const now = process.cpuUsage()
      const seconds = (now.user - user + now.system - system) / 1e6
      expect(seconds).toBeLessThanOrEqual(MOST_SECONDS)
      return { ...came, seconds, megabytes: process.resourceUsage().maxRSS / 1024 }
    }
  },
  figure: (tally) =>
    `${tally.total('documents')} documents, ${tally.total('texts')} texts of other tools, ${tally.total('bundles')} bundles (${tally.total('bundlesTaken')} harmless); ` +
    `the slowest took ${tally.most('seconds').toFixed(2)} s of the processor, the process ${tally.most('megabytes').toFixed(0)} MiB at most`
}
