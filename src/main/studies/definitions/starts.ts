import { DMRO_REWARD, studyExperiment, META_READING, SEEDS, type Choice } from './documents'
import { STUDY_START_LOOKS } from './looks'
import type { SeriesRule, Stage, Variant } from '@shared/studies/study'
import { META_TRAINING_SET, scenarioAt } from '@shared/studies/worlds'

/** What Figs. 8 and 9 start an inner model from. */
export const STUDY_STARTS = ['psi', 'elsewhere', 'random'] as const
export type StudyStart = (typeof STUDY_STARTS)[number]

export const START_NAMES: Readonly<Record<StudyStart, string>> = { psi: 'ψ', elsewhere: 'trained in M2', random: 'random' }

/** Where "elsewhere" is: one of the environments ψ is trained over. */
const ELSEWHERE = 'meta-m2'

/** The stage in which the test environments are learned. */
export const ADAPTING = 'adapt'

export const startRule = (start: StudyStart) => ({ stage: ADAPTING, algorithm: 'dmro', start: start === 'random' ? null : start })

export const startSeries: readonly SeriesRule[] = STUDY_STARTS.map((start) => ({
  key: start,
  label: START_NAMES[start],
  look: STUDY_START_LOOKS[start],
  ...startRule(start)
}))

/** The first stage: ψ over M1 to M5 by Algorithm 2, and DMRO in M2 alone, at each weight of energy and for every seed. */
export function trainingStage(figure: string, weights: readonly number[], variant: Variant): Stage {
  const isQuick = variant === 'quick'
  return {
    key: 'train',
    title: 'Train ψ, and weights elsewhere',
    documents: [
      studyExperiment(
        `${figure}, meta-parameters ψ`,
        weights.map((weight) => scenarioAt('one-edge-one-cloud', weight)),
        [
          {
            id: 'meta',
            parameters: { ...META_READING, learnSteps: isQuick ? 800 : 3000, evaluateEvery: 500 },
            environments: META_TRAINING_SET
          }
        ],
        SEEDS[variant]
      ),
      studyExperiment(
        `${figure}, trained in M2`,
        weights.map((weight) => scenarioAt(ELSEWHERE, weight)),
        [{ id: 'dmro', parameters: { ...DMRO_REWARD, learnSteps: isQuick ? 800 : 2000, evaluateEvery: 500 } }],
        SEEDS[variant]
      )
    ],
    policies: [
      { name: 'psi', algorithm: 'meta' },
      { name: 'elsewhere', algorithm: 'dmro' }
    ]
  }
}

/** The same learner three times, but for the weights it starts from. */
export function startChoices(parameters: Choice['parameters']): Choice[] {
  return STUDY_STARTS.map((start) => ({
    id: 'dmro',
    parameters: { ...DMRO_REWARD, ...parameters },
    ...(start !== 'random' && { initialWeights: `study:${start}` })
  }))
}
