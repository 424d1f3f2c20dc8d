/**
 * Holm's step-down correction (Holm 1979): p-values such that calling those under α significant errs anywhere with
 * probability at most α, whatever their dependence. Undefined values are not tests and stay undefined.
 */
export function holm(ps: readonly (number | undefined)[]): (number | undefined)[] {
  const tests = ps.flatMap((p, i) => (p === undefined ? [] : [{ p, i }])).sort((a, b) => a.p - b.p)
  const corrected: (number | undefined)[] = ps.map(() => undefined)
  let least = 0
  tests.forEach(({ p, i }, rank) => {
    least = Math.max(least, Math.min(1, p * (tests.length - rank)))
    corrected[i] = least
  })
  return corrected
}
