import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { type LossQuestion, openAsking } from '../../../src/main/host/electron-opening'
import { openStore } from '../../../src/main/store'
import { addRuns, temporaryHome } from '../store/samples'

/** A data folder whose database is gone, with a backup of two runs. */
async function lostHome(): Promise<string> {
  const home = temporaryHome()
  const store = openStore(home)
  addRuns(store, 2)
  await store.backUpIfDue(Date.now())
  store.close()
  rmSync(join(home, 'lab.sqlite'))
  return home
}

describe('the desktop program without its database', () => {
  it.each([
    ['restores a backup', 0, 2],
    ['starts with an empty lab', 1, 0],
    ['ends, and leaves all as it is', 2, undefined]
  ])('%s where that is chosen', async (_, button, runs) => {
    const home = await lostHome()
    const asked: LossQuestion[] = []
    const store = openAsking(home, (question) => {
      asked.push(question)
      return button
    })
    expect(store?.runs.list().length).toBe(runs)
    store?.close()
    expect(asked).toHaveLength(1)
    expect(asked[0].buttons).toEqual([expect.stringMatching(/^Restore daily@.* \(2 runs\)$/), 'Start with an empty lab', 'Quit'])
    expect(asked[0].cancelId).toBe(2)
    expect(asked[0].detail).toContain('is missing, though its backups are')
    if (runs === undefined) expect(() => openStore(home)).toThrow(/is missing/)
  })

  it('asks nothing where all is well', () => {
    const store = openAsking(temporaryHome(), () => {
      throw new Error('asked')
    })
    store?.close()
  })
})
