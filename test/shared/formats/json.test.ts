import { parseJson } from '@shared/formats'
import { guardFaults } from '@shared/formats/guard'
import { scanJson } from '@shared/formats/syntax'
import { describe, expect, it } from 'vitest'
import { cases, fc } from '../properties'

function nested(depth: number): unknown {
  let value: unknown = 1
  for (let i = 0; i < depth; i++) value = i % 2 ? { inner: value } : [value]
  return value
}

describe('a text that is to be JSON', () => {
  it('is read, with or without a byte order mark', () => {
    expect(parseJson('{"a": [1, 2]}')).toEqual({ ok: true, value: { a: [1, 2] } })
    expect(parseJson('\ufeff{"a": [1, 2]}')).toEqual({ ok: true, value: { a: [1, 2] } })
  })

  it.each([
    ['{\n  "a": 1\n  "b": 2\n}', 'line 3, column 3: a comma or "}" is missing'],
    ['{"a": 1,}', 'line 1, column 9: a comma cannot come before "}"'],
    ['[1, 2,]', 'line 1, column 7: a comma cannot come before "]"'],
    ['[1 2]', 'line 1, column 4: a comma or "]" is missing'],
    ['{"a" 1}', 'line 1, column 6: a colon is missing after the key'],
    ["{'a': 1}", 'line 1, column 2: a key in double quotes is missing'],
    ['{"a": NaN}', 'line 1, column 7: "NaN" is not a value'],
    ['{"a": 01}', 'line 1, column 7: "01" is not a value'],
    ['{"a": "b\n"}', 'line 1, column 7: the text in quotes does not end on its line'],
    ['{"a": "\\x"}', 'line 1, column 7: the text holds a character or an escape that JSON does not allow'],
    ['{"a": [1,\n', 'line 2, column 1: the text ends before "]"'],
    ['{"a": 1', 'line 1, column 8: the text ends before "}"'],
    ['', 'line 1, column 1: the document is empty'],
    ['{} {}', 'line 1, column 4: nothing can follow the end of the document']
  ])('is refused with its line and column: %j', (text, reason) => {
    expect(parseJson(text)).toEqual({ ok: false, faults: [{ path: '$', message: `is not JSON: ${reason}` }] })
  })

  it('finds a syntax error exactly where the engine finds one, whatever is cut, doubled or overwritten', () => {
    const document = fc.tuple(
      fc.json(),
      fc.nat(),
      fc.nat(3),
      fc.constantFrom('', ',', '"', '}', ']', '\\', '{', ':', '0', '-', 'e', '.', '\u0001', ' ')
    )
    fc.assert(
      fc.property(document, ([text, at, length, instead]) => {
        const start = at % (text.length + 1)
        const broken = text.slice(0, start) + instead + text.slice(start + length)
        let isJson = true
        try {
          JSON.parse(broken)
        } catch {
          isJson = false
        }
        expect(scanJson(broken).fault === undefined).toBe(isJson)
      }),
      cases(2000)
    )
  })

  it('is refused where it is too long to be one', () => {
    const read = parseJson(' '.repeat(64 * 2 ** 20 + 1))
    expect(read).toMatchObject({ ok: false, faults: [{ path: '$', message: expect.stringContaining('67,108,864 characters') }] })
  })

  it.each([
    ['{"a": 1, "b": {"c": [0, {"d": 1, "d": 2}]}}', ['$.b.c[1].d']],
    ['{"seeds": [1], "\\u0073eeds": [2]}', ['$.seeds']],
    ['[{"a": 1}, {"a": 1}, {"a": {"a": 1}}]', []]
  ])('has each key of an object once, however it is spelt: %s', (text, paths) => {
    const read = parseJson(text)
    const faults = paths.map((path) => ({ path, message: 'occurs a second time; keep one' }))
    expect(read).toEqual(paths.length > 0 ? { ok: false, faults } : { ok: true, value: JSON.parse(text) })
  })

  it('may hold long texts, and errors after them are still found', () => {
    const long = 'ä\\n'.repeat(1_000_000)
    expect(scanJson(`["${long}"]`)).toEqual({ duplicates: [] })
    expect(scanJson(`["${long}" 1]`).fault).toMatch(/^line 1, column 3000005: a comma/)
  })

  it('is not made into values where these would be too many or too deep, whatever follows', () => {
    const excess = (text: string) => scanJson(text).excess
    const nestedText = (depth: number) => '{"a":['.repeat(depth / 2) + ']}'.repeat(depth / 2)
    expect(scanJson(nestedText(64))).toEqual({ duplicates: [] })
    expect(excess(nestedText(66))).toEqual({ path: expect.stringMatching(/^\$(\.a\[0\]){32}$/), message: 'is nested more than 64 deep' })
    expect(excess('['.repeat(1_000_000))?.message).toBe('is nested more than 64 deep')
    expect(excess('{"":'.repeat(1_000_000))?.message).toBe('is nested more than 64 deep')
    expect(excess(`[${'[],'.repeat(20_000_000)}[]]`)).toEqual({ path: '$', message: expect.stringContaining('more than 2,000,000 values') })
    expect(excess(`[${'0,'.repeat(1_999_998)}0]`)).toBeUndefined()
    expect(excess(`[${'0,'.repeat(1_999_999)}0]`)).toBeDefined()
    // The reader of documents says the same.
    expect(parseJson(`[${'[],'.repeat(20_000_000)}[]]`)).toMatchObject({ ok: false, faults: [{ path: '$' }] })
  })

  it('may have a text of 12 MB that is never closed: that is a fault', () => {
    expect(scanJson(`{"a": "${'x'.repeat(12_000_000)}`).fault).toBe('line 1, column 7: the text in quotes does not end on its line')
    expect(scanJson(`{"a": "${'\\"'.repeat(6_000_000)}`).fault).toMatch(/does not end on its line/)
    expect(scanJson(`{"${'x'.repeat(12_000_000)}`).fault).toMatch(/does not end on its line/)
  })
})

describe('the guard before every reader', () => {
  it('lets 64 levels pass and not one more', () => {
    expect(guardFaults(nested(64))).toEqual([])
    expect(guardFaults(nested(65))).toEqual([{ path: expect.stringMatching(/^\$/), message: 'is nested more than 64 deep' }])
    expect(guardFaults(nested(100_000))).toHaveLength(1)
  })

  it.each(['__proto__', 'constructor', 'prototype'])('refuses the key %s wherever it stands, with its path', (key) => {
    const read = parseJson(`{"a": [{"b c": {"${key}": {"isAdmin": true}}}]}`)
    expect(read.ok && guardFaults(read.value)).toEqual([{ path: `$.a[0]["b c"].${key}`, message: `"${key}" cannot be a key; rename it` }])
    expect(({} as { isAdmin?: boolean }).isAdmin).toBeUndefined()
  })

  it('refuses lists and documents that hold too much', () => {
    expect(guardFaults({ nodes: new Array(100_001).fill(0) })).toEqual([
      { path: '$.nodes', message: 'holds 100,001 items; 100,000 at most' }
    ])
    const much = Array.from({ length: 21 }, () => new Array(100_000).fill(0))
    expect(guardFaults(much)).toEqual([{ path: '$', message: expect.stringContaining('more than 2,000,000 values') }])
  })
})
