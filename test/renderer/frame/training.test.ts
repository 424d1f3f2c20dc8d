// @vitest-environment happy-dom
import type { RunRow } from '@shared/contract/records'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { endingsBetween } from '../../../src/renderer/frame/endings'
import { percentOf, progressIcon } from '../../../src/renderer/services/pageTitle'
import { nextWave, progressOf, type Wave } from '../../../src/renderer/frame/wave'
import { runRow } from '../rows'

type Rows = ReadonlyMap<string, RunRow>
const rowsOf = (...rows: Partial<RunRow>[]): Rows => new Map(rows.map((part) => ({ ...runRow(1), ...part })).map((each) => [each.id, each]))
const NONE: Wave = new Set()

describe('how far training has come', () => {
  it('counts the runs that ended since nothing last trained, and forgets them when nothing does', () => {
    const first = rowsOf(
      { id: 'a', status: 'running', learnSteps: 50, totalLearnSteps: 100 },
      { id: 'b', status: 'queued', learnSteps: 0, totalLearnSteps: 100 },
      { id: 'old', status: 'completed' }
    )
    const wave = nextWave(NONE, first)
    expect(progressOf(wave, first)).toBe(0.25)
    const second = rowsOf(
      { id: 'a', status: 'completed', learnSteps: 100, totalLearnSteps: 100 },
      { id: 'b', status: 'running', learnSteps: 50, totalLearnSteps: 100 }
    )
    expect(progressOf(nextWave(wave, second), second)).toBe(0.75)
    const over = rowsOf({ id: 'a', status: 'completed' }, { id: 'b', status: 'completed' })
    expect(nextWave(wave, over).size).toBe(0)
    expect(progressOf(nextWave(wave, over), over)).toBeUndefined()
  })

  it('does not wait for what was paused', () => {
    const rows = rowsOf(
      { id: 'a', status: 'running', learnSteps: 50, totalLearnSteps: 100 },
      { id: 'b', status: 'paused', learnSteps: 0, totalLearnSteps: 900 }
    )
    expect(progressOf(new Set(['a', 'b']), rows)).toBe(0.5)
  })

  it('is a share, whatever runs say of themselves', () => {
    const steps = fc.integer({ min: 0, max: 1e6 })
    const status = fc.constantFrom('queued', 'running', 'completed', 'failed', 'paused' as const)
    fc.assert(
      fc.property(fc.array(fc.record({ status, learnSteps: steps, totalLearnSteps: steps })), (parts) => {
        const rows = rowsOf(...parts.map((part, i) => ({ ...part, id: `r${i}` }) as Partial<RunRow>))
        const progress = progressOf(nextWave(NONE, rows), rows)
        if (progress !== undefined) expect(progress >= 0 && progress <= 1).toBe(true)
      })
    )
  })

  it('is never full before it is over', () => expect([0, 0.5, 0.999, 1].map(percentOf)).toEqual([0, 50, 99, 99]))

  it('is drawn as a picture that needs nothing from elsewhere', () => {
    const svg = decodeURIComponent(progressIcon(0.5).replace('data:image/svg+xml,', ''))
    expect(new DOMParser().parseFromString(svg, 'image/svg+xml').querySelectorAll('circle')).toHaveLength(2)
    expect(svg).not.toMatch(/style|href|script/)
  })
})

describe('an experiment’s end', () => {
  const of = (status: RunRow['status'], id: string, experimentId = 1) => ({ id, status, experimentId, experiment: `no. ${experimentId}` })

  it('comes with the last of its runs, once', () => {
    const before = rowsOf(of('running', 'a'), of('queued', 'b'))
    const between = rowsOf(of('completed', 'a'), of('running', 'b'))
    const after = rowsOf(of('completed', 'a'), of('failed', 'b'))
    expect(endingsBetween(before, between)).toEqual([])
    expect(endingsBetween(between, after)).toEqual([{ experimentId: 1, name: 'no. 1', runs: 2, completed: 1, failed: 1, diverged: 0 }])
    expect(endingsBetween(after, after)).toEqual([])
  })

  it('is none where someone paused, cancelled, deleted or imported', () => {
    const before = rowsOf(of('running', 'a'))
    expect(endingsBetween(before, rowsOf(of('paused', 'a')))).toEqual([])
    expect(endingsBetween(before, rowsOf(of('cancelled', 'a')))).toEqual([])
    expect(endingsBetween(before, rowsOf())).toEqual([])
    expect(endingsBetween(rowsOf(), rowsOf(of('completed', 'a')))).toEqual([])
  })

  it('of one is told while another continues', () => {
    const before = rowsOf(of('running', 'a', 1), of('running', 'b', 2))
    expect(endingsBetween(before, rowsOf(of('completed', 'a', 1), of('running', 'b', 2))).map(({ experimentId }) => experimentId)).toEqual([
      1
    ])
  })
})
