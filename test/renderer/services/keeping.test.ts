// @vitest-environment happy-dom
import { ORPCError } from '@orpc/client'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { createKeeping, flushEdits, type KeptNow } from '../../../src/renderer/services/keeping'
import { hasUnsaved } from '../../../src/renderer/services/unsaved'

beforeEach(() => {
  vi.useFakeTimers({ now: 1_000_000 })
})
afterEach(() => {
  vi.useRealTimers()
})

/** What a program keeps of one text, by the rules of the store; `down`: it does not answer, `deaf`: its answers are lost. */
function program() {
  const state = { content: undefined as string | undefined, revision: 0, last: 0, stamp: '', down: false, deaf: false }
  const answer = <T>(value: T): T => {
    if (state.deaf) throw new Error('the line broke')
    return value
  }
  const check = (revision: number | undefined): void => {
    if (state.down) throw new Error('nobody answers')
    if ((state.content === undefined ? undefined : state.revision) !== revision) throw new ORPCError('CHANGED', { defined: true })
  }
  const refused = { refusal: undefined as Error | undefined }
  return Object.assign(refused, {
    state,
    read: async (): Promise<KeptNow> => {
      if (state.down) throw new Error('nobody answers')
      return { stamp: state.stamp, ...(state.content !== undefined && { revision: state.revision, edits: state.content, editedAt: 1 }) }
    },
    write: async (content: string, revision: number | undefined) => {
      check(revision)
      if (refused.refusal) throw refused.refusal
      state.content = content
      state.revision = ++state.last
      return answer({ revision: state.revision, editedAt: 1 })
    },
    drop: async (revision: number) => {
      check(revision)
      state.content = undefined
      answer(undefined)
    }
  })
}

/** A window on it. */
async function windowOn(kept: ReturnType<typeof program>) {
  const hand = { text: undefined as string | undefined }
  const keeping = createKeeping<string, KeptNow>({
    read: kept.read,
    write: kept.write,
    drop: kept.drop,
    take: (now) => {
      hand.text = now.edits as string | undefined
    }
  })
  keeping.begin(await kept.read())
  const type = (text: string | undefined): void => {
    hand.text = text
    keeping.put(text)
  }
  return { hand, keeping, type }
}

const pause = () => vi.advanceTimersByTimeAsync(300)

describe('edits on their way to the program', () => {
  it('are kept a moment after the last, and gone from there when they are given up', async () => {
    const kept = program()
    const { type, keeping } = await windowOn(kept)
    type('a')
    type('ab')
    expect([kept.state.content, keeping.keptAt.value, hasUnsaved()]).toEqual([undefined, undefined, true])
    await pause()
    expect([kept.state.content, keeping.keptAt.value, hasUnsaved()]).toEqual(['ab', 1, false])
    type(undefined)
    await pause()
    expect(kept.state.content).toBeUndefined()
  })

  it('of someone who types without a pause are kept within a second', async () => {
    const kept = program()
    const { type } = await windowOn(kept)
    for (let letters = 1; letters <= 20; letters++) {
      type('x'.repeat(letters))
      await vi.advanceTimersByTimeAsync(100)
    }
    expect(kept.state.content?.length).toBeGreaterThanOrEqual(10)
    await pause()
    expect(kept.state.content).toHaveLength(20)
  })

  it('go at once when the page is left', async () => {
    const kept = program()
    const { type } = await windowOn(kept)
    type('a')
    flushEdits()
    await vi.advanceTimersByTimeAsync(0)
    expect(kept.state.content).toBe('a')
  })

  it('are said not to be kept and since when, and are kept once the program is back', async () => {
    const kept = program()
    const { type, keeping } = await windowOn(kept)
    kept.state.down = true
    type('a')
    await pause()
    const { trouble } = keeping
    expect(trouble.value).toEqual({ since: expect.any(Number), why: 'nobody answers' })
    const since = trouble.value?.since
    type('ab')
    await vi.advanceTimersByTimeAsync(5000)
    expect([trouble.value?.since, keeping.keptAt.value, hasUnsaved()]).toEqual([since, undefined, true])
    kept.state.down = false
    await vi.advanceTimersByTimeAsync(1000)
    expect([trouble.value, kept.state.content, hasUnsaved()]).toEqual([undefined, 'ab', false])
  })

  it('that the disk or a reader’s lab refuses are said not to be kept, with the reason', async () => {
    const kept = program()
    const { type, keeping } = await windowOn(kept)
    kept.refusal = new ORPCError('UNWRITABLE', { defined: true, message: 'The disk that holds /lab is full.' })
    type('a')
    await pause()
    expect([keeping.trouble.value?.why, keeping.keptAt.value, hasUnsaved()]).toEqual(['The disk that holds /lab is full.', undefined, true])
    kept.refusal = undefined
    await vi.advanceTimersByTimeAsync(1000)
    expect([keeping.trouble.value, kept.state.content]).toEqual([undefined, 'a'])
  })

  it('whose answer was lost are known again as own', async () => {
    const kept = program()
    const { type, keeping } = await windowOn(kept)
    kept.state.deaf = true
    type('a')
    await pause()
    type('ab')
    kept.state.deaf = false
    await vi.advanceTimersByTimeAsync(2000)
    expect([kept.state.content, keeping.theirs.value, keeping.unsent()]).toEqual(['ab', undefined, false])
  })
})

describe('two windows on one text', () => {
  it('follow each other while nothing waits in them', async () => {
    const kept = program()
    const [a, b] = [await windowOn(kept), await windowOn(kept)]
    a.type('from a')
    await pause()
    await b.keeping.look()
    expect(b.hand.text).toBe('from a')
    b.type('from a and b')
    await pause()
    await a.keeping.look()
    expect([a.hand.text, a.keeping.theirs.value]).toEqual(['from a and b', undefined])
    a.type(undefined)
    await pause()
    await b.keeping.look()
    expect(b.hand.text).toBeUndefined()
  })

  async function bothTyped() {
    const kept = program()
    const [a, b] = [await windowOn(kept), await windowOn(kept)]
    a.type('a')
    b.type('b')
    await vi.advanceTimersByTimeAsync(5000)
    return { kept, a, b }
  }

  it('never write over each other: the later is asked, and holds what it has', async () => {
    const { kept, a, b } = await bothTyped()
    expect([kept.state.content, a.keeping.theirs.value]).toEqual(['a', undefined])
    expect(b.keeping.theirs.value?.edits).toBe('a')
    b.type('b, longer')
    await vi.advanceTimersByTimeAsync(5000)
    expect([kept.state.content, b.hand.text, hasUnsaved()]).toEqual(['a', 'b, longer', true])
    b.keeping.keepMine()
    await pause()
    expect([kept.state.content, hasUnsaved()]).toEqual(['b, longer', false])
    await a.keeping.look()
    expect(a.hand.text).toBe('b, longer')
  })

  it('may take the other’s instead', async () => {
    const { kept, b } = await bothTyped()
    b.keeping.takeTheirs()
    expect([b.hand.text, kept.state.content, hasUnsaved()]).toEqual(['a', 'a', false])
    b.type('a, then b')
    await pause()
    expect(kept.state.content).toBe('a, then b')
  })

  it('are asked as well where one has made a version of it', async () => {
    const kept = program()
    const [a, b] = [await windowOn(kept), await windowOn(kept)]
    a.type('a')
    await pause()
    await b.keeping.look()
    b.type('a, edited by b')
    // The other window saves: the draft becomes a version.
    await a.keeping.hold()
    Object.assign(kept.state, { content: undefined, stamp: 'version 1' })
    a.keeping.handedIn('version 1')
    await vi.advanceTimersByTimeAsync(1000)
    expect(b.keeping.theirs.value).toEqual({ stamp: 'version 1' })
    expect(b.hand.text).toBe('a, edited by b')
    b.keeping.keepMine()
    await pause()
    expect(kept.state.content).toBe('a, edited by b')
    await a.keeping.look()
    expect(a.hand.text).toBe('a, edited by b')
  })
})
