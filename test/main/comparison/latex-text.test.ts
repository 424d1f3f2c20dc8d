import { describe, expect, it } from 'vitest'
import { latexText } from '../../../src/main/comparison/latex'

describe('text for LaTeX', () => {
  // "\\ [3 units]" would be the line before with an argument that is not a length.
  it('may begin a row of a table with a bracket', () => {
    expect(latexText('[3 units] a')).toBe('{[}3 units{]} a')
  })

  it('holds no letter that LaTeX refuses', () => {
    expect(latexText('a\u0000\u001b[31m\u009b b\u007f\r\n c')).toBe('a {[}31m b c')
  })
})
