import fc from 'fast-check'

/** How many times the usual number of cases is tried, new ones at each start; unset, the same cases every time. */
const soak = Number(process.env.LAB_SOAK ?? 0)

fc.configureGlobal(soak > 0 ? {} : { seed: 20261124 })

/** The settings of a property that is tried `count` times. */
export function cases(count: number): { numRuns: number } {
  return { numRuns: soak > 0 ? count * soak : count }
}

export { fc }
