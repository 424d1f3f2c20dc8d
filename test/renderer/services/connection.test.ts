// @vitest-environment happy-dom
import { describe, expect, it, vi } from 'vitest'
import { connectToProgram, type Dial } from '../../../src/renderer/services/connection'

/** Lines that open in turn; `undefined` is nobody answering. `close` breaks the n-th. */
function lines(...answers: (unknown | undefined)[]) {
  const closers: (() => void)[] = []
  let dialled = 0
  const dial: Dial = () => {
    const answer = answers[dialled++]
    if (answer === undefined) return Promise.reject(new Error('nobody answers'))
    const closed = new Promise<void>((resolve) => closers.push(resolve))
    return Promise.resolve({ link: { call: () => Promise.resolve(answer) }, closed })
  }
  return { dial, close: (n: number) => closers[n]?.(), dialled: () => dialled }
}

describe('the connection', () => {
  it('holds calls until a line is open', async () => {
    const { client, state } = connectToProgram(lines('answer').dial)
    expect(state.value).toBe('connecting')
    expect(await client.system.info({})).toBe('answer')
    expect(state.value).toBe('open')
  })

  it('dials again after a line broke, under the same client', async () => {
    const { dial, close } = lines('first', 'second')
    const { client, state } = connectToProgram(dial)
    expect(await client.system.info({})).toBe('first')
    close(0)
    await vi.waitFor(async () => expect(await client.system.info({})).toBe('second'))
    expect(state.value).toBe('open')
  })

  it('keeps trying where nobody answers, sooner when it is asked to', async () => {
    const { dial, dialled } = lines(undefined, 'late')
    const { client, retry } = connectToProgram(dial)
    await vi.waitFor(() => expect(dialled()).toBe(1))
    retry()
    expect(await client.system.info({})).toBe('late')
  })
})
