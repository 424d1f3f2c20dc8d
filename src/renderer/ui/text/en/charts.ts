import { count, counted } from '@shared/format'
import { EDGE_SIGNS } from '@shared/charts/standing'
import type { ReferenceKind } from '@shared/model/world'
import type { Sampling } from '@shared/run/evaluated'
import type { StepUnit } from '@shared/run/steps'
import { integer } from '@shared/format'

/** What it is measured on, first; nothing where that is not known. */
const onWorkflows = (sampling: Sampling | undefined, caption: string) =>
  sampling === undefined ? caption : `${sampling === 'mixed' ? 'held-out and in sample' : sampling}, ${caption}`

/** What gaps are above. */
const ABOVE: Record<ReferenceKind, string> = {
  optimum: '% above the optimum',
  'best-known': '% above the best known',
  bound: '≤ % above the optimum, by a lower bound'
}

/** Charts, on whichever page. */
export const chartsText = {
  charts: {
    gap: {
      title: 'Optimality gap',
      caption: (sampling?: Sampling, to: ReferenceKind = 'optimum') => onWorkflows(sampling, ABOVE[to]),
      corner: 'the optimum is 0 %, below a log axis',
      referenceCorner: 'the reference is 0 %, below a log axis'
    },
    cost: { title: 'Cost Q', caption: (sampling?: Sampling) => onWorkflows(sampling, 'per workflow') },
    loss: { title: 'Loss', caption: 'squared TD error' },
    reward: { title: 'Reward', caption: 'mean per task' },
    epsilon: { title: 'Exploration ε', caption: 'share of random proposals' },
    learningRate: { title: 'Learning rate', caption: 'optimiser step size' },
    beyond: { low: `${EDGE_SIGNS.down} below the axis`, high: `${EDGE_SIGNS.up} above the axis` },
    linear: 'lin',
    log: 'log',
    scaleOf: (chart: string) => `Scale of ${chart}`,
    export: 'Export',
    csv: 'CSV, every point',
    /** Units of metrics as their values are recorded. */
    recorded: { gap: 'fraction', cost: 'Q per workflow', loss: 'squared TD error', reward: 'mean per task' } as Readonly<
      Record<string, string>
    >,
    png: 'PNG picture',
    svg: 'SVG drawing',
    smoothing: 'Smoothing',
    smoothingAuto: 'where steps scatter',
    smoothingOf: (n: number) => (n === 0 ? 'none' : count(n, 'point', 'points')),
    smoothingHelp: 'Mean over this many neighbours; tooltips show what was recorded.',
    zoomHelp: 'Drag across a curve to zoom.',
    zoomIn: 'Zoom in',
    zoomOut: 'Zoom out',
    earlier: 'Earlier steps',
    later: 'Later steps',
    inSight: (unit: StepUnit, from: string, to: string) => `${unit === 'learn steps' ? 'steps' : unit} ${from} – ${to}`,
    wholeRun: 'Whole run',
    asTable: 'Show as table',
    /** The axis by what it counts: its name, its last tick, a place on it. */
    axis: {
      'learn steps': 'learn step',
      evaluations: 'evaluations per workflow',
      steps: 'step',
      seconds: 'seconds of training',
      clock: 'wall-clock seconds'
    },
    last: {
      'learn steps': (step: string) => counted(step, 'step', 'steps'),
      evaluations: (shown: string) => counted(shown, 'evaluation', 'evaluations'),
      steps: (step: string) => counted(step, 'step', 'steps'),
      seconds: (seconds: string) => `${seconds} s`,
      clock: (seconds: string) => `${seconds} s`
    },
    at: {
      'learn steps': (step: string) => `learn step ${step}`,
      evaluations: (shown: string) => `after ${counted(shown, 'evaluation', 'evaluations')}`,
      steps: (step: string) => `step ${step}`,
      seconds: (seconds: string) => `after ${seconds} s of training`,
      clock: (seconds: string) => `${seconds} s after the start`
    },
    over: 'Over',
    xs: { 'learn steps': 'learn steps', evaluations: 'evaluations', steps: 'steps', seconds: 'training s', clock: 'wall-clock s' },
    level: {
      optimum: (value: string) => `optimum Q* ${value}`,
      'best-known': (value: string) => `best known Q ${value}`,
      bound: (value: string) => `lower bound Q ≥ ${value}`
    },
    rewardLevel: {
      optimum: (value: string) => `optimum ${value}`,
      'best-known': (value: string) => `best known ${value}`,
      bound: (value: string) => `by the lower bound ≤ ${value}`
    },
    steps: (name: string) => `${name}, each step`,
    smoothed: (caption: string) => `${caption}, smoothed`,
    goes: (name: string, from: string, to: string) => `${name} goes from ${from} to ${to}`,
    tableThinned: (shown: number, all: number) => `${integer(shown)} of ${count(all, 'step', 'steps')}, evenly chosen`
  }
}
