// @vitest-environment happy-dom
import { describe, expect, it } from 'vitest'
import { de } from '../../../src/renderer/ui/text/de'
import { en } from '../../../src/renderer/ui/text/en'
import { compareKeys, withFallback } from '../../../src/renderer/ui/text/partial'

describe('the German catalogue', () => {
  const { missing, unknown } = compareKeys(en, de)

  it('has no word that English no longer has', () => expect(unknown).toEqual([]))

  it('has the whole frame; what it lacks elsewhere is listed and stands in English', () => {
    if (missing.length > 0) console.info(`German lacks ${missing.length} words: ${missing.join(', ')}`)
    const frame = /^(app|theme|statusBar|connection|notices|dialog|toast|shortcuts|settings|tour|palette)\./
    expect(missing.filter((key) => frame.test(key))).toEqual([])
  })

  it('speaks German where it can and English where it cannot', () => {
    const whole = withFallback<{ a: { one: string; two: string }; b: (n: number) => string }>(
      { a: { one: 'one', two: 'two' }, b: (n) => `${n} runs` },
      { a: { one: 'eins' } }
    )
    expect([whole.a.one, whole.a.two, whole.b(2)]).toEqual(['eins', 'two', '2 runs'])
  })

  it('takes as many arguments as English does, word by word', () => {
    const shapes = (whole: object, part: object, path = ''): string[] =>
      Object.entries(part).flatMap(([key, own]: [string, unknown]) => {
        const other = (whole as Record<string, unknown>)[key]
        if (typeof own !== typeof other || Array.isArray(own) !== Array.isArray(other)) return [`${path}${key}`]
        return typeof own === 'object' && own !== null && !Array.isArray(own) ? shapes(other as object, own, `${path}${key}.`) : []
      })
    expect(shapes(en, de)).toEqual([])
  })
})
