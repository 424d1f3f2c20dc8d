import { unzipSync } from 'fflate/browser'
import { expect } from 'vitest'
import type { RandomStream } from '@shared/model/random'
import { BadBundleError } from '../../../src/main/archive/errors'
import { openStore, type Store } from '../../../src/main/store'
import { bundled, contentOf, fill, imported } from '../../main/bundle/histories'
import { type Ending, type Part, partsOf, zipOf } from '../../main/bundle/zips'
import { contentHash } from '../database'
import type { Case, Measures, Row } from '../row'

const PATHS = [
  '../evil.json',
  '..\\evil',
  '/etc/passwd',
  'C:/evil',
  '~/evil',
  './a',
  'runs//a',
  '',
  'a\0b',
  'MANIFEST.json',
  'runs/',
  '\u001b[2J',
  'x'.repeat(300)
]
const pick = <T>(list: readonly T[], random: RandomStream): T => list[random.below(list.length)]
/** A number a field of a zip may lie with. */
const lie = (random: RandomStream) => pick([0, 1, 10, 0xffff, 0x7fffffff, 0xffffffff, random.below(1 << 20)], random)

/** One lie about a file, or about the whole. */
const PART_LIES: readonly ((part: Part, random: RandomStream) => Part)[] = [
  (part, random) => ({ ...part, path: pick(PATHS, random) }),
  (part, random) => ({ ...part, bytes: lie(random) }),
  (part, random) => ({ ...part, packedBytes: lie(random) }),
  (part, random) => ({ ...part, crc: lie(random) }),
  (part, random) => ({ ...part, method: pick([0, 1, 8, 9, 12, 14, 99], random) }),
  (part, random) => ({ ...part, flags: 1 << random.below(16) }),
  (part, random) => ({ ...part, mode: pick([0o120777, 0o040755, 0o060644, 0o010644, 0o140755], random) }),
  (part, random) => ({ ...part, localPath: pick(PATHS, random) }),
  (part, random) => ({ ...part, header: lie(random) }),
  (part, random) => ({ ...part, isStored: true, ...(random.below(2) === 0 && { bytes: lie(random) }) }),
  (part, random) => ({ ...part, content: new Uint8Array(random.below(3 * 2 ** 20)) })
]
const ENDINGS: readonly ((random: RandomStream) => Ending)[] = [
  (random) => ({ count: lie(random) & 0xffff }),
  (random) => ({ directoryBytes: lie(random) }),
  (random) => ({ directoryAt: lie(random) }),
  (random) => ({ disk: 1 + random.below(100) }),
  (random) => ({ comment: `PK\u0005\u0006${'x'.repeat(random.below(100))}` }),
  (random) => ({ prefix: new Uint8Array(1 + random.below(100)) })
]

function hostileZip(parts: readonly Part[], random: RandomStream): Uint8Array {
  const changed = [...parts]
  let ending: Ending = {}
  for (let i = random.below(3); i >= 0; i--) {
    const at = random.below(changed.length)
    const way = random.below(5)
    if (way === 0) ending = { ...ending, ...pick(ENDINGS, random)(random) }
    else if (way === 1) changed.splice(random.below(changed.length + 1), 0, pick(PART_LIES, random)(changed[at], random))
    else if (way === 2 && changed.length > 1) changed.splice(at, 1)
    else changed[at] = pick(PART_LIES, random)(changed[at], random)
  }
  const bytes = zipOf(changed, ending)
  return random.below(10) === 0 ? bytes.slice(0, random.below(bytes.length)) : bytes
}

export const zips: Row = {
  name: 'zips',
  fault:
    'bundles whose zip lies: ways out, links, sizes, checksums, methods, counts, bombs, files twice or missing, headers elsewhere, torn ends',
  holds: 'refused by name and nothing kept, or imported to exactly what the sound one holds',
  cases: { ci: 80, soak: 20_000 },
  async begin(scratch): Promise<Case> {
    const there = openStore(scratch.folder())
    const ids = fill(there)
    const parts = partsOf(unzipSync(await bundled(there, { runs: ids })))
    // The third is resumed elsewhere: what it is here changes with that.
    const same = ids.slice(0, 2)
    const right = JSON.stringify(same.map((id) => contentOf(there, id)))
    there.close()
    let bare: Store | undefined
    let [home, before] = ['', '']
    scratch.onEnd(() => bare?.close())
    return async (random): Promise<Measures> => {
      if (!bare) {
        home = scratch.folder()
        bare = openStore(home)
        before = contentHash(home)
      }
      const bytes = hostileZip(parts, random)
      const store = bare
      const came = await imported(store, bytes).catch((error: unknown) => error as Error)
      if (came instanceof Error) {
        expect(came).toBeInstanceOf(BadBundleError)
        expect(came.message).not.toMatch(/undefined|SQLITE|Invalid/)
        expect(contentHash(home)).toBe(before)
        return { refused: 1, megabytes: process.resourceUsage().maxRSS / 1024 }
      }
      // The next case has an empty lab.
      bare = undefined
      const here = same.map((id) => came.runs.find(({ from }) => from === id)?.id ?? '')
      const content = JSON.stringify(here.map((id) => contentOf(store, id)))
      store.close()
      expect(content).toBe(right)
      return { sound: 1 }
    }
  },
  figure: (tally) =>
    `${tally.total('refused')} refused with nothing kept, ${tally.total('sound')} that were sound after all; the process took ${tally.most('megabytes').toFixed(0)} MiB at most`
}
