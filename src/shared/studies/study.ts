import { count } from '../format'
import type { Scenario } from '../model/scenario'
import type { FigureValueKind } from '../charts/figure'
import type { LineStyle } from '../algorithms/looks'
import type { Scale } from '../charts/standing'
import type { Evaluation } from '../run/evaluation'
import type { ParameterValue, ParameterValues } from '../algorithms/parameters'

/** As the paper's figure asks for it, or a few minutes' sketch of it. */
export const VARIANTS = ['full', 'quick'] as const
export type Variant = (typeof VARIANTS)[number]

/** Which of a study's runs are meant. What is not said may be anything. */
export interface RunRule {
  algorithm?: string
  parameters?: Readonly<Record<string, ParameterValue>>
  stage?: string
  /** The experiment of the study it belongs to, by name. */
  experiment?: string
  /** The topology, by its name in the lab, whatever δ. */
  world?: string
  /** The name of the policy it started from; `null`: random weights. */
  start?: string | null
}

/** Runs whose weights a later stage starts from: those of the same seed and δ where there are such, else the first. */
export interface PolicyRule {
  name: string
  algorithm: string
  parameters?: RunRule['parameters']
  /** The name of the experiment that trains them, where algorithm and parameters are not enough. */
  experiment?: string
}

/** What can be trained at the same time. A later stage begins when every run of the earlier ones has ended. */
export interface Stage {
  key: string
  title: string
  /** dmro-experiment/1. `initialWeights` of an algorithm may name a policy of an earlier stage as `study:<name>`. */
  documents: readonly object[]
  policies?: readonly PolicyRule[]
}

/** One line of a chart: the runs that belong to it, and how it is drawn. */
export interface SeriesRule extends RunRule {
  key: string
  label: string
  /** The algorithm's own where it is absent. */
  look?: LineStyle
}

/**
 * A chart as data. Over learn steps it draws a recorded metric, over δ or the number of workflows together the final value of one, over the
 * time of a decision the final value of each setting of its line.
 */
export interface ChartPlan {
  key: string
  title: string
  x: 'learnSteps' | 'energyWeight' | 'together' | 'decisionMs' | 'trainingSeconds' | 'rank'
  y: { metric: string; label: string; scale: Scale; kind: FigureValueKind }
  series: readonly SeriesRule[]
  /**
   * Of a chart over 'rank': the worlds whose runs, seed by seed, are the blocks; algorithms that are missing in one of them are left out.
   */
  worlds?: readonly string[]
  /** Only runs in this topology. */
  world?: string
  /** Points on either side that a running mean takes in. */
  smooth?: number
  /** Learn steps between two faint uprights, and what they mark. */
  uprights?: { every: number; label: string }
  /** What the optimum of the same held-out workflows comes to, as a level: its cost, or −Q* a task. */
  level?: 'cost' | 'reward'
  /** Another level, such as the 5 % that counts as converged. */
  threshold?: { value: number; label: string }
}

/** A run of a study, with all that a judgement may look at. */
export interface StudyRun {
  id: string
  stage: string
  experiment: string
  scenario: string
  world: string
  energyWeight: number
  /** N. */
  tasks: number
  /** M: workflows that an episode places together. */
  together: number
  algorithm: string
  parameters: ParameterValues
  seed: number
  /** What a worker spent on it. */
  seconds: number
  /** The policy it started from, by its name in the study; undefined: random weights. */
  start?: string
  /** Absent where the run diverged. */
  evaluation?: Evaluation
  curves: Readonly<Record<string, { steps: ArrayLike<number>; values: ArrayLike<number> }>>
}

/** What a verdict rests on where the runs are a quick sketch: it is no more than a first look. */
export interface Sketch {
  seeds: number
  learnSteps: number
}

export const VERDICTS = ['holds', 'in part', 'does not hold', 'open'] as const
export type Verdict = (typeof VERDICTS)[number]

/** What was found of a claim; `open` where the runs do not tell. */
export interface ClaimFinding {
  verdict: Verdict
  text: string
}

/** One thing the paper says of a figure, in our words, and how it is judged. */
export interface Claim {
  paper: string
  judge(runs: readonly StudyRun[]): ClaimFinding
}

/** A figure of the paper as something to run again. */
export interface Study {
  id: string
  figure: string
  title: string
  /** The figure's claims in one line. */
  paper: string
  /** What is run, and where the paper leaves room, how it is read. */
  setting: string
  /** Which scenarios of the history it is about, where it brings none of its own. */
  takes?(scenario: Scenario): boolean
  /** `given`: the scenarios that it takes. */
  stages(variant: Variant, given?: readonly Scenario[]): readonly Stage[]
  /** The first is the one the gallery shows. */
  charts: readonly [ChartPlan, ...ChartPlan[]]
  claims: readonly Claim[]
  /** What was found, in one line; undefined where the runs do not tell yet. */
  here(runs: readonly StudyRun[]): string | undefined
}

/** holds (sketch: 2 seeds, 300 learn steps). */
export function verdictText(word: string, sketch: Sketch | undefined): string {
  if (!sketch) return word
  return `${word} (sketch: ${count(sketch.seeds, 'seed', 'seeds')}, ${count(sketch.learnSteps, 'step', 'steps')})`
}
