// @vitest-environment happy-dom
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { effectScope, ref } from 'vue'
import type { Client, ProgramConnection, ConnectionState } from '../../../src/renderer/services/connection'

const here = vi.hoisted(() => ({ connection: undefined as unknown }))
vi.mock('../../../src/renderer/services/connection', () => ({ useConnection: () => here.connection }))
const { usePulse } = await import('../../../src/renderer/services/pulse')

beforeEach(() => {
  vi.useFakeTimers({ now: 1_000_000 })
})
afterEach(() => {
  vi.useRealTimers()
})

/** A program that answers, or is stopped with its line open. */
function connected() {
  const state = ref<ConnectionState>('open')
  const program = { isStopped: false, pings: 0, wake: () => {} }
  const ping = async (): Promise<object> => {
    program.pings++
    if (program.isStopped)
      await new Promise<void>((resolve) => {
        program.wake = resolve
      })
    return {}
  }
  here.connection = { state, client: { system: { ping } } as unknown as Client } as ProgramConnection
  const scope = effectScope()
  const silentSince = scope.run(() => usePulse())
  return { state, program, scope, silentSince }
}

describe('the pulse of the program', () => {
  it('is missed within two seconds where the program stops on an open line, and found again when it continues', async () => {
    const { program, scope, silentSince } = connected()
    await vi.advanceTimersByTimeAsync(10_000)
    expect(silentSince?.value).toBeUndefined()
    program.isStopped = true
    await vi.advanceTimersByTimeAsync(2000)
    expect(silentSince?.value).toBeGreaterThanOrEqual(1_010_000)
    expect(silentSince?.value).toBeLessThanOrEqual(1_012_000)
    program.isStopped = false
    program.wake()
    await vi.advanceTimersByTimeAsync(0)
    expect(silentSince?.value).toBeUndefined()
    scope.stop()
  })

  it('is missed at once where the line breaks', async () => {
    const { state, scope, silentSince } = connected()
    await vi.advanceTimersByTimeAsync(100)
    state.value = 'lost'
    expect(silentSince?.value).toBe(1_000_100)
    state.value = 'open'
    expect(silentSince?.value).toBeUndefined()
    scope.stop()
  })

  it('is asked for only while someone wants to know', async () => {
    const { program, scope } = connected()
    await vi.advanceTimersByTimeAsync(3000)
    scope.stop()
    const { pings } = program
    expect(pings).toBeGreaterThan(3)
    await vi.advanceTimersByTimeAsync(10_000)
    expect(program.pings).toBe(pings)
  })
})
