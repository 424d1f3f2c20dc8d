import { createRequire } from 'node:module'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { afterPageEnded, endedQuestion, hangQuestion, startFailure } from '../../../src/main/host/electron-recovery'

describe('a page that has ended', () => {
  const at = 1_000_000

  it.each(['crashed', 'oom', 'killed', 'abnormal-exit', 'launch-failed', 'integrity-failure', 'memory-eviction'] as const)(
    'is loaded again when it was %s',
    (reason) => expect(afterPageEnded(reason, [at])).toBe('reload')
  )

  it('is left alone when it ended as it should', () => expect(afterPageEnded('clean-exit', [at])).toBe('nothing'))

  it('is asked about at the third time within a minute, and not at one that comes later', () => {
    expect(afterPageEnded('crashed', [at, at + 1000])).toBe('reload')
    expect(afterPageEnded('crashed', [at, at + 1000, at + 2000])).toBe('ask')
    expect(afterPageEnded('crashed', [at, at + 1000, at + 62_000])).toBe('reload')
  })
})

describe('the questions about a page', () => {
  it.each([
    ['that ends again and again', endedQuestion()],
    ['that does not answer', hangQuestion()]
  ])('%s change nothing where they are dismissed, and say that runs continue', (_which, { buttons, cancelId, defaultId, detail }) => {
    expect(buttons).toHaveLength(2)
    expect(cancelId).toBe(0)
    expect(defaultId).toBe(0)
    expect(detail).toContain('Runs continue')
  })
})

describe('a program that cannot begin', () => {
  const require = createRequire(import.meta.url)
  const failing = (load: () => unknown): unknown => {
    try {
      load()
    } catch (error) {
      return error
    }
    throw new Error('nothing failed')
  }

  it('says so of a native module that is missing', () => {
    const error = failing(() => require(join(tmpdir(), 'nowhere.node')))
    const { title, content } = startFailure('cannot start', error)
    expect(title).toBe('DMRO Lab cannot start')
    expect(content).toMatch(/native module is missing or was made for another system.*nowhere\.node/s)
  })

  it('says so of a native module that holds nonsense', () => {
    const folder = mkdtempSync(join(tmpdir(), 'lab-native-'))
    try {
      writeFileSync(join(folder, 'torn.node'), 'torn')
      const error = failing(() => require(join(folder, 'torn.node')))
      expect(startFailure('cannot start', error).content).toMatch(/Install the package that was made for this system/)
    } finally {
      rmSync(folder, { recursive: true, force: true })
    }
  })

  it('says what went wrong of anything else, and does not guess', () => {
    expect(startFailure('cannot start', new Error('the page was not built'))).toEqual({
      title: 'DMRO Lab cannot start',
      content: 'the page was not built'
    })
    expect(startFailure('cannot start', 'a word').content).toBe('a word')
  })
})
