interface Measured {
  labelRect: { x: number; y: number; width: number; height: number }
}

/**
 * The layout of a name beside its mark that moves down where it would cover another's. It is given a place of its own: a label
 * that hangs on its mark would be put back there.
 */
export function movesApart(align: 'left' | 'right' = 'left') {
  return ({ labelRect: { x, y, width, height } }: Measured) => ({
    x: align === 'right' ? x + width : x,
    y: y + height / 2,
    align,
    verticalAlign: 'middle' as const,
    moveOverlap: 'shiftY' as const
  })
}
