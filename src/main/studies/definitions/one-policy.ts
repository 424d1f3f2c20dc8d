import { gapUnit } from '@shared/format'
import { mean } from '@shared/statistics/descriptive'
import type { LineStyle } from '@shared/algorithms/looks'
import type { ParameterValue } from '@shared/algorithms/parameters'
import { type Choice, DMRO_REWARD, studyExperiment, AS_IT_CAME } from './documents'
import { rampLook } from './looks'
import { curveOf, OPEN, runsOfRule, verdictOf } from './measures'
import type { ClaimFinding, SeriesRule, Study, StudyRun, Variant } from '@shared/studies/study'
import { type Centre, trainingSet, unseenName, unseenScenarios, type SPREADS } from './unseen'
import { META_TEST, scenarioAt } from '@shared/studies/worlds'

/** What this lab asks of a policy in environments it was never trained in: the mean gap, and that of the worst environment. */
const MEAN = 0.005
const WORST = 0.03
const TRAIN = 'train'
const PLACE = 'place'
const SMALL: Centre = 'one-edge-one-cloud'
const LARGE: Centre = 'two-edges-two-clouds'

type Settings = Readonly<Record<string, ParameterValue>>

/** A policy told its environment: where it is trained, how, and how its line is drawn. */
interface Trained {
  name: string
  id: 'dmro-plus' | 'dmro'
  parameters: Settings
  label: string
  centre: Centre
  spread: keyof typeof SPREADS
  look: LineStyle
}

/** Tasks that decisions of the policies that come with the lab plan. */
const PLANNED = { horizon: 3 }
/** These policies at full length. */
const LONG = { units: 3, hidden: 192, learnSteps: 9000, learningRate: 0.005, batchWorkflows: 32, round: 32, evaluateEvery: 500 }
/** What is left out or changed is measured at a third of that length, all else alike. */
const SHORT = { ...LONG, hidden: 128, learnSteps: 3000, evaluateEvery: 250 }
const SKETCH = { ...SHORT, hidden: 64, learnSteps: 400, evaluateEvery: 50 }

function policiesOf(variant: Variant): readonly Trained[] {
  const long = variant === 'quick' ? { ...SKETCH, learnSteps: 600 } : LONG
  const short = variant === 'quick' ? SKETCH : SHORT
  const plus = (name: string, label: string, look: LineStyle, parameters: Settings, more: Partial<Trained> = {}): Trained => ({
    name,
    label,
    look,
    centre: SMALL,
    spread: 'family',
    id: 'dmro-plus',
    ...more,
    parameters: { ...parameters, conditioned: true }
  })
  const { batchWorkflows, ...alike } = short
  return [
    plus('k3', 'K 3, as shipped', rampLook(4), { ...long, ...PLANNED }),
    plus('k5', 'K 5, as shipped', rampLook(3), { ...long, ...PLANNED }, { centre: LARGE }),
    plus('k3-now', 'K 3, h 1', rampLook(4, [2, 3]), long),
    plus('k5-now', 'K 5, h 1', rampLook(3, [2, 3]), long, { centre: LARGE }),
    plus('base', 'a third as long', rampLook(2), short),
    plus('one', 's 1', rampLook(1), { ...short, units: 1 }),
    plus('ten', 's 10', rampLook(2, [8, 3, 2, 3]), { ...short, units: 10 }),
    plus('half', 'over half the family', rampLook(1, [7, 3]), short, { spread: 'half' }),
    plus('taken', 'no counterfactual targets', rampLook(2, [3, 3]), { ...short, counterfactual: false }),
    // Nothing of the known cost model: F is learned with what follows, and only what was done teaches.
    plus('whole', 'F learned too (dmro)', rampLook(1, [2, 5]), { ...DMRO_REWARD, ...alike, batch: batchWorkflows * 9 }, { id: 'dmro' })
  ]
}

const trainingName = ({ label }: Trained) => `One policy, ${label}`

const rule = ({ name }: Trained) => ({ stage: PLACE, start: name })

/** The gap before the first learn step: the policy as it came. One number per environment. */
const zeroShot = (runs: readonly StudyRun[]) =>
  runs.flatMap((run) =>
    curveOf(run, 'gap')
      .slice(0, 1)
      .map(({ value }) => value)
  )

const unseen = (runs: readonly StudyRun[], policy: Trained, spread: keyof typeof SPREADS = 'family') =>
  zeroShot(runsOfRule(runs, rule(policy)).filter(({ world }) => world.startsWith(`${unseenName(policy.centre, spread)},`)))

const told = (gaps: readonly number[]) => `${gapUnit(mean(gaps))} on average, ${gapUnit(Math.max(...gaps))} in the worst of ${gaps.length}`

/** The policies that runs of either variant belong to. */
const NAMED = policiesOf('full')
const [K3, K5, K3_NOW, K5_NOW, BASE, ...ABLATIONS] = NAMED

/** Every policy's run by what sets it apart from the others, in either variant. */
const series: readonly SeriesRule[] = NAMED.map(({ name, label, look }) => ({
  key: name,
  label,
  look,
  stage: TRAIN,
  experiment: `One policy, ${label}`
}))

function judgeUnseen(runs: readonly StudyRun[]): ClaimFinding {
  const tests = META_TEST.map((world) => zeroShot(runsOfRule(runs, { ...rule(K3), world })))
  const families = [K3, K5].map((policy) => unseen(runs, policy))
  if ([...tests, ...families].some((gaps) => gaps.length === 0)) return OPEN
  const [t1, t2] = tests.map(mean)
  return {
    verdict: verdictOf([t1 <= MEAN, t2 <= MEAN, ...families.flatMap((gaps) => [mean(gaps) <= MEAN, Math.max(...gaps) <= WORST])]),
    text: `T1 ${gapUnit(t1)}, T2 ${gapUnit(t2)}. Unseen environments with 3 places: ${told(families[0])}; with 5: ${told(families[1])}.`
  }
}

function judgeParts(runs: readonly StudyRun[]): ClaimFinding {
  const base = unseen(runs, BASE)
  const others = ABLATIONS.map((policy) => ({ policy, gaps: unseen(runs, policy) }))
  const planned = [K3, K5].map((policy) => unseen(runs, policy))
  const unplanned = [K3_NOW, K5_NOW].map((policy) => unseen(runs, policy))
  if ([base, ...planned, ...unplanned, ...others.map(({ gaps }) => gaps)].some((gaps) => gaps.length === 0)) return OPEN
  const without = others.filter(({ policy }) => ['one', 'half', 'taken', 'whole'].includes(policy.name))
  return {
    verdict: verdictOf([
      ...without.map(({ gaps }) => mean(gaps) > mean(base)),
      ...planned.map((gaps, i) => mean(unplanned[i]) > mean(gaps))
    ]),
    text: `As shipped but with nothing planned, ${[K3_NOW, K5_NOW].map((policy, i) => `${policy.label}: ${told(unplanned[i])}`).join('; ')}. ${BASE.label}: ${told(base)}. ${others.map(({ policy, gaps }) => `${policy.label}: ${told(gaps)}`).join('; ')}.`
  }
}

function judgeBeyond(runs: readonly StudyRun[]): ClaimFinding {
  const [inside, outside] = [unseen(runs, K3), unseen(runs, K3, 'beyond')]
  if (inside.length === 0 || outside.length === 0) return OPEN
  return {
    verdict: verdictOf([mean(outside) <= MEAN, Math.max(...outside) <= WORST]),
    text: `Inside the family: ${told(inside)}. Beyond it (bandwidths and server speeds e to ±1.1 instead of ±0.7): ${told(outside)}.`
  }
}

export const onePolicy: Study = {
  id: 'one-policy',
  figure: 'One policy',
  title: 'One policy for every environment',
  paper: 'Not in the paper: no adaptation at all, where ψ needs a few steps.',
  setting:
    'dmro-plus given its environment’s coefficients, trained over 1,000 members of a continuous family (bandwidths and server speeds e to ±0.7, device speeds ±0.35, energies ±0.5, δ 0 to 1), then used unchanged, its decisions planning h 3 tasks, in T1, T2 and members it never saw.',
  stages: (variant) => {
    const isQuick = variant === 'quick'
    const all = policiesOf(variant)
    const count = isQuick ? 5 : 100
    const place = (policy: Trained): Choice => ({
      id: policy.id,
      parameters: { ...policy.parameters, ...AS_IT_CAME },
      initialWeights: `study:${policy.name}`
    })
    const scenarios = (policy: Trained) => [
      ...(policy.centre === SMALL ? META_TEST.map((world) => scenarioAt(world, 0.2)) : []),
      ...unseenScenarios(policy.centre, 'family', count),
      ...(policy === all[0] ? unseenScenarios(policy.centre, 'beyond', count / 2) : [])
    ]
    return [
      {
        key: TRAIN,
        title: 'Train each policy over its family',
        documents: all.map((policy) => {
          const { id, parameters, centre, spread } = policy
          return studyExperiment(
            trainingName(policy),
            [scenarioAt(centre)],
            [{ id, parameters, environments: trainingSet(centre, spread) }],
            [1]
          )
        }),
        policies: all.map((policy) => ({ name: policy.name, algorithm: policy.id, experiment: trainingName(policy) }))
      },
      {
        key: PLACE,
        title: 'Place in environments that no policy was trained in',
        documents: all.map((policy) => studyExperiment(`${trainingName(policy)}, elsewhere`, scenarios(policy), [place(policy)], [1]))
      }
    ]
  },
  charts: [
    {
      key: 'gap',
      title: 'Held-out gap at the family’s centre, while training over the family',
      x: 'learnSteps',
      y: { metric: 'gap', label: 'optimality gap', scale: 'log', kind: 'gap' },
      series
    }
  ],
  claims: [
    {
      paper: `Not in the paper: a policy that is given its environment is within ${gapUnit(MEAN)} of the optimum on average in unseen environments, and within ${gapUnit(WORST)} in the worst such environment.`,
      judge: judgeUnseen
    },
    {
      paper:
        'Not in the paper: each part of it helps – the known costs, planning h 3 tasks over them, targets for every place, several units, the width of the family.',
      judge: judgeParts
    },
    { paper: 'Not in the paper: it stays as close beyond the family it was trained over.', judge: judgeBeyond }
  ],
  here(runs) {
    const gaps = unseen(runs, K3)
    return gaps.length > 0 ? `${told(gaps)} unseen environments.` : undefined
  }
}
