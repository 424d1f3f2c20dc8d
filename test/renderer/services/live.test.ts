import type { LiveBatch } from '@shared/contract/records'
import { describe, expect, it } from 'vitest'
import type { ProgramConnection } from '../../../src/renderer/services/connection'
import { follow } from '../../../src/renderer/services/live'
import { runRow } from '../rows'

const batchOf = (id: number): LiveBatch => ({
  runs: [runRow(id)],
  removed: [],
  points: [],
  system: { running: 0, workers: 0, queued: 0, learnStepsPerSecond: 0 }
})

/** A program whose live streams are handed out one after the other; each ends after its batches. */
function program(...streams: LiveBatch[][]) {
  let opened = 0
  let resolve = (): void => {}
  const allGiven = new Promise<void>((given) => {
    resolve = given
  })
  const live = async () => {
    const batches = streams[opened++] ?? []
    return (async function* () {
      yield* batches
      resolve()
    })()
  }
  return {
    connection: { client: { runs: { live } }, whenOpen: () => Promise.resolve() } as unknown as ProgramConnection,
    opened: () => opened,
    allGiven
  }
}

describe('following what moves', () => {
  it('hands over what arrives while the beginning is read, after it and in order', async () => {
    const stop = new AbortController()
    const seen: string[] = []
    const { connection, allGiven } = program([batchOf(1), batchOf(2)])
    await follow(
      connection,
      [],
      {
        begin: async () => {
          await allGiven
          seen.push('begun')
        },
        batch: ({ runs }) => {
          seen.push(runs[0].id)
          if (seen.length === 3) stop.abort()
        }
      },
      stop.signal
    )
    expect(seen).toEqual(['begun', '00000001', '00000002'])
  })

  it('begins again whenever a stream has ended', async () => {
    const stop = new AbortController()
    const seen: string[] = []
    const { connection, opened } = program([batchOf(1)], [batchOf(2)])
    const begin = async () => {
      seen.push('begun')
    }
    const batch = ({ runs }: LiveBatch) => {
      seen.push(runs[0].id)
      if (runs[0].id === '00000002') stop.abort()
    }
    await follow(connection, [], { begin, batch }, stop.signal)
    expect(seen).toEqual(['begun', '00000001', 'begun', '00000002'])
    expect(opened()).toBe(2)
  })
})
