import type { Evaluation } from '@shared/run/evaluation'
import type { StudyRun } from '@shared/studies/study'

const share = { device: 0.2, edge: 0.2, cloud: 0.6 }
const OPTIMUM = 0.8

function evaluationOf(gap: number, optimum: number): Evaluation {
  return {
    workflows: 2,
    inSample: false,
    meanCost: optimum * (1 + gap),
    meanDelaySeconds: 90,
    meanEnergyJoules: 200,
    gapMean: gap,
    gapP95: gap,
    gapMax: gap,
    exactMatches: 0,
    share,
    decisionMs: 1,
    optimum: { meanCost: optimum, meanDelaySeconds: 80, meanEnergyJoules: 190, share },
    gaps: [gap, gap],
    costs: [optimum * (1 + gap), optimum * (1 + gap)]
  }
}

let count = 0

/** A run made up for a judgement: a final gap, and the optimum's cost where δ moves it. */
export function run({ gap, optimum = OPTIMUM, ...given }: Partial<StudyRun> & { gap?: number; optimum?: number }): StudyRun {
  count += 1
  return {
    id: count.toString(16).padStart(8, '0'),
    stage: 'learn',
    experiment: 'made up',
    scenario: 'one-edge-one-cloud',
    world: 'one-edge-one-cloud',
    energyWeight: 0.2,
    tasks: 10,
    together: 1,
    algorithm: 'dmro',
    parameters: {},
    seed: 1,
    seconds: 1,
    curves: {},
    ...(gap !== undefined && { evaluation: evaluationOf(gap, optimum) }),
    ...given
  }
}

/** The same run for three seeds, its gap a little apart. */
export const seeds = (given: Parameters<typeof run>[0]): StudyRun[] =>
  [0.98, 1, 1.02].map((factor, i) => run({ ...given, ...(given.gap !== undefined && { gap: given.gap * factor }), seed: i + 1 }))

/** A curve over learn steps 0, stride, 2 stride …. */
export function curve(length: number, stride: number, value: (step: number) => number): { steps: number[]; values: number[] } {
  const steps = Array.from({ length }, (_, i) => i * stride)
  return { steps, values: steps.map(value) }
}
