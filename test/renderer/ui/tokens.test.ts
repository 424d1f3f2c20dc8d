import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'

const css = readFileSync(new URL('../../../src/renderer/ui/tokens.css', import.meta.url), 'utf8')

/** Relative luminance of `#rrggbb`, after WCAG 2. */
function luminance(colour: string): number {
  const [red, green, blue] = [1, 3, 5].map((at) => {
    const part = Number.parseInt(colour.slice(at, at + 2), 16) / 255
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4
  })
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue
}

describe.each(['light', 'dark'])('the colours of schedules, %s', (theme) => {
  const block = css.slice(css.indexOf(`html.${theme} {`))
  const token = (name: string) => new RegExp(`--${name}: (#[0-9a-f]{6});`).exec(block)?.[1] ?? ''
  const contrast = (a: string, b: string) => {
    const [low, high] = [luminance(token(a)), luminance(token(b))].sort((one, other) => one - other)
    return (high + 0.05) / (low + 0.05)
  }

  it.each(['send', 'wait', 'crit', 'load'])('--%s is seen on the page', (name) => {
    expect(contrast(name, 'bg-1')).toBeGreaterThan(3)
  })

  it('--wait can be read as text', () => {
    expect(contrast('wait', 'bg-1')).toBeGreaterThan(4.5)
  })
})
