import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, expect, it, vi } from 'vitest'
import { openLab } from '../../../src/main/api'
import { openStore } from '../../../src/main/store'
import { temporaryHome } from '../store/samples'

const HOUR = 3600 * 1000

afterEach(() => void vi.useRealTimers())

it('a lab that stays open is backed up every day, and no longer once it is closed', async () => {
  vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] })
  const home = temporaryHome()
  let now = Date.UTC(2026, 0, 1)
  const store = openStore(home)
  const looked = vi.spyOn(store, 'backUpIfDue')
  const lab = openLab({
    store,
    spawnWorker: () => {
      throw new Error('no run is started here')
    },
    now: () => now
  })
  const made = () => readdirSync(join(home, 'backups')).filter((name) => name.endsWith('.sqlite')).length
  await looked.mock.results[0].value
  expect(made()).toBe(1)
  for (let hour = 1; hour <= 50; hour++) {
    now += HOUR
    vi.advanceTimersByTime(HOUR)
    await Promise.all(looked.mock.results.map(({ value }) => value as Promise<unknown>))
    await Promise.resolve()
  }
  // At its opening, after one day and after two.
  expect(made()).toBe(3)
  await lab.close()
  const before = looked.mock.calls.length
  vi.advanceTimersByTime(100 * HOUR)
  expect(looked.mock.calls.length).toBe(before)
})

it('a disk that refuses is told of once, and asked again', async () => {
  vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] })
  const store = openStore(temporaryHome())
  const looked = vi.spyOn(store, 'backUpIfDue').mockRejectedValue(new Error('no room'))
  const told = vi.spyOn(process.stderr, 'write').mockReturnValue(true)
  try {
    const lab = openLab({ store, spawnWorker: () => Promise.reject(new Error('none')) as never })
    for (let hour = 0; hour < 5; hour++) {
      await new Promise((resolve) => setImmediate(resolve))
      vi.advanceTimersByTime(HOUR)
    }
    await new Promise((resolve) => setImmediate(resolve))
    expect(looked.mock.calls.length).toBe(6)
    expect(told.mock.calls.map(([text]) => text).filter((text) => String(text).includes('daily backup'))).toHaveLength(1)
    await lab.close()
  } finally {
    told.mockRestore()
  }
})
