import { describe, expect, it } from 'vitest'
import { containerQuery, inRem } from '../../scripts/rem'

describe('lengths of style sheets', () => {
  it.each([
    ['13px', '0.8125rem'],
    ['0 -6px', '0 -0.375rem'],
    ['1px solid red', '1px solid red'],
    ['400 13px/20px serif', '400 0.8125rem/1.25rem serif'],
    ['calc(100% - 16px)', 'calc(100% - 1rem)'],
    ['minmax(190px, 1fr) 92px', 'minmax(11.875rem, 1fr) 5.75rem'],
    ['url("a16px.svg")', 'url("a16px.svg")'],
    ['var(--h-16px)', 'var(--h-16px)']
  ])('%s comes out as %s', (from, to) => expect(inRem(from)).toBe(to))

  it('lets widths of the window follow the text size, and nothing else', () => {
    expect(containerQuery('(width < 1280px)')).toBe('(width < 80rem)')
    expect(containerQuery('(width >= 2000px)')).toBe('(width >= 125rem)')
    expect(containerQuery('(prefers-reduced-motion: reduce)')).toBeUndefined()
    expect(containerQuery('print')).toBeUndefined()
  })
})
