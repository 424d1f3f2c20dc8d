import { count } from '@shared/format'

/** Charts of one's own: any quantity of runs against another. */
export const ownChartText = {
  ownChart: {
    title: 'Chart of your own',
    show: 'Chart',
    hide: 'Hide the chart',
    add: 'Add a chart of your own',
    remove: 'Remove the chart',
    kind: 'Kind of chart',
    kinds: { lines: 'lines', bars: 'bars', scatter: 'scatter' },
    x: 'Horizontal axis',
    y: 'Vertical axis',
    given: 'Chosen',
    measured: 'Measured',
    hint: {
      lines: 'means over seeds, band: 95 % interval',
      bars: 'means over seeds, whisker: 95 % interval',
      scatter: 'a point for each finished run'
    },
    empty: 'None of these runs has both values yet. Choose other axes or another filter.',
    runs: (n: number) => count(n, 'finished run', 'finished runs'),
    sentence: (kind: string, y: string, x: string, lines: number) => `${kind}: ${y} against ${x}, ${count(lines, 'line', 'lines')}`,
    quantities: {
      gap: 'Optimality gap',
      p95: 'Gap, p95 of workflows',
      max: 'Gap, largest of workflows',
      bestGap: 'Best gap of the run',
      meanGap: 'Mean gap over the run',
      cost: 'Cost Q per workflow',
      delay: 'Delay per workflow, s',
      energy: 'Energy per workflow, J',
      exact: 'Workflows placed optimally',
      device: 'Share of tasks on the device',
      edge: 'Share of tasks on edges',
      cloud: 'Share of tasks on clouds',
      decision: 'Decision time per workflow, ms',
      seconds: 'Training time, s',
      steps: 'Learn steps',
      delta: 'Weight of energy δ',
      tasks: 'Tasks of a workflow N',
      places: 'Places K',
      algorithm: 'Algorithm',
      topology: 'Topology',
      scenario: 'Scenario',
      seed: 'Seed'
    }
  }
}
