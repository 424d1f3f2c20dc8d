import type { LineStyle, Marker } from '@shared/algorithms/looks'
import type { SeriesRule } from '@shared/studies/study'

const RAMP: readonly [dash: readonly number[], marker: Marker][] = [
  [[2, 3], 'square'],
  [[7, 3], 'triangle'],
  [[], 'circle'],
  [[3, 2], 'diamond']
]

/** Settings of one algorithm, in order: the ramp and a dash, never another algorithm's colour. `step` is 1 to 4. */
export function rampLook(step: 1 | 2 | 3 | 4, dash = RAMP[step - 1][0]): LineStyle {
  return { color: `ramp-${step}`, dash, marker: RAMP[step - 1][1], hollow: false, width: 2 }
}

/** Where an algorithm starts from: ψ, weights trained elsewhere, random weights. */
export const STUDY_START_LOOKS = {
  psi: { color: 'pg-a', dash: [], marker: 'circle', hollow: false, width: 2 },
  elsewhere: { color: 'pg-b', dash: [8, 4], marker: 'triangle', hollow: false, width: 2 },
  random: { color: 'pg-c', dash: [3, 3], marker: 'square', hollow: false, width: 2 }
} as const satisfies Record<string, LineStyle>

/** An algorithm's line under its own name, and with the look of its card. */
export function algorithmSeries(algorithm: string, label = algorithm): SeriesRule {
  return { key: algorithm, label, algorithm }
}
