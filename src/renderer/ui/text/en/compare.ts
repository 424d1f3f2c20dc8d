import { count, runs } from './counts'

/** Runs and groups side by side. */
export const compareText = {
  compare: {
    title: 'Compare',
    groups: (n: number) => count(n, 'group', 'groups'),
    emptyTitle: 'Nothing to compare yet',
    emptyText:
      'Choose two or more runs in the table of runs, then press C. Runs alike but for their seed are shown as one group with its 95 % interval.',
    choose: 'Choose runs',
    loading: 'Reading the runs …',
    gone: (n: number) => `${runs(n)} of this comparison ${n === 1 ? 'is' : 'are'} not there any more.`,
    chips: 'Compared groups',
    drop: (name: string) => `Leave out ${name}`,
    metric: 'Curve',
    noCurves: 'None of these schemes learns: there are no curves. Their evaluations stand below.',
    caption: 'mean of seeds; band: 95 % interval (3 seeds or more)',
    table: 'Evaluation on held-out workflows',
    tableHint: 'mean of finished seeds ± half of the 95 % interval; best in bold',
    inSample: 'in sample',
    columns: {
      group: 'Scheme',
      seeds: 'Seeds',
      forest: 'Gap on a log scale',
      gap: 'Gap mean, %',
      p95: 'p95, %',
      max: 'max, %',
      cost: 'Cost Q',
      delay: 'Delay, s',
      energy: 'Energy, J',
      exact: 'Exact, %',
      decision: 'Decision, ms',
      share: 'Tier share, %',
      time: 'Training'
    },
    configuration: 'Configuration',
    differ: (n: number) => (n === 0 ? 'nothing differs' : `${n} differ`),
    equal: (n: number) => `${n} equal in all`,
    showEqual: 'Show what is equal',
    hideEqual: 'Hide what is equal',
    parameter: 'Parameter',
    absent: 'This scheme has no such parameter.'
  }
}
