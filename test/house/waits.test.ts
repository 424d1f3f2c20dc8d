import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'

const TESTS = fileURLToPath(new URL('..', import.meta.url))

/** What hangs on how fast a machine happens to be. */
const PATTERNS: [string, RegExp][] = [
  ['a page that is given a moment', /\.waitFor[T]imeout\(/],
  ['a moment that is let pass', /new Promise\([^)]*\) => setTimeout\((\w+), \d/],
  ['time by the clock that is held to a bound', /expect\([^\n]*(performance|Date)\.now\(\)/]
]

/** Kills at moments drawn at random; looks again for what another process makes. */
const MAY_PAUSE = ['soak/rows/kill.ts', 'e2e/kept-sample.ts']

const files = readdirSync(TESTS, { recursive: true, encoding: 'utf8' })
  .filter((name) => name.endsWith('.ts'))
  .map((name) => ({ name: name.replaceAll('\\', '/'), text: readFileSync(join(TESTS, name), 'utf8') }))

describe('tests wait for conditions', () => {
  it.each(PATTERNS)('none has %s', (_what, pattern) => {
    expect(files.length).toBeGreaterThan(100)
    expect(files.filter(({ text }) => pattern.test(text)).map(({ name }) => name)).toEqual([])
  })

  it('none pauses but those that must', () => {
    const pausing = files.filter(({ text }) => /from 'node:[t]imers\/promises'/.test(text)).map(({ name }) => name)
    expect(pausing.sort()).toEqual([...MAY_PAUSE].sort())
  })
})
