import { count, counted } from '@shared/format'
import { EDGE_SIGNS } from '@shared/charts/standing'
import type { Sampling } from '@shared/run/evaluated'
import { integer } from '@shared/format'

/** What it is measured on, first; nothing where that is not known. */
const onWorkflows = (sampling: Sampling | undefined, caption: string) =>
  sampling === undefined ? caption : `${sampling === 'mixed' ? 'held-out and in sample' : sampling}, ${caption}`

/** Charts, on whichever page. */
export const chartsText = {
  charts: {
    gap: {
      title: 'Optimality gap',
      caption: (sampling?: Sampling) => onWorkflows(sampling, '% above the optimum'),
      corner: 'the optimum is 0 %, below a log axis'
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
    inSight: (from: string, to: string) => `steps ${from} – ${to}`,
    wholeRun: 'Whole run',
    asTable: 'Show as table',
    step: 'learn step',
    at: {
      steps: (step: string) => `learn step ${step}`,
      seconds: (seconds: string) => `after ${seconds} s of training`,
      clock: (seconds: string) => `${seconds} s after the start`
    },
    over: 'Over',
    xs: { steps: 'learn steps', seconds: 'training s', clock: 'wall-clock s' },
    lastStep: (step: string) => counted(step, 'step', 'steps'),
    lastSecond: (seconds: string) => `${seconds} s`,
    optimum: (value: string) => `optimum Q* ${value}`,
    optimumReward: (value: string) => `optimum ${value}`,
    steps: (name: string) => `${name}, each step`,
    smoothed: (caption: string) => `${caption}, smoothed`,
    goes: (name: string, from: string, to: string) => `${name} goes from ${from} to ${to}`,
    tableThinned: (shown: number, all: number) => `${integer(shown)} of ${count(all, 'step', 'steps')}, evenly chosen`
  }
}
