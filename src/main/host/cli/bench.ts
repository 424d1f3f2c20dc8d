import { count, duration } from '@shared/format'
import { dmro } from '../../algorithms/dmro'
import { type BenchReport, runBench } from '../../learn/bench'
import { benchGraphs, type GraphBench } from '../../learn/bench-graphs'
import { type Command, wholeOf } from './command'
import { note, number, percent, print, printJson, table } from './output'

export const benchCommand: Command = {
  usage: 'bench [--units N] [--batch N] [--learn-steps N] [--scaling] [--graphs]',
  summary: 'learn steps, decisions, runs alone and side by side, timed on this machine',
  details: [
    '--units N  --batch N  --learn-steps N   the whole run; default 5, 64, 2000',
    '--scaling                               also how a learn step scales with s, N, K, B and H',
    '--graphs                                instead: graphs that share machines – an evaluation, annealing, a beam, a proof, and what they grow with'
  ].join('\n'),
  options: {
    units: { type: 'string' },
    batch: { type: 'string' },
    'learn-steps': { type: 'string' },
    scaling: { type: 'boolean' },
    graphs: { type: 'boolean' }
  },
  async run({ options, json }) {
    const units = wholeOf(options, 'units', 1, 100) ?? 5
    const batch = wholeOf(options, 'batch', 1, 10_000) ?? 64
    const learnSteps = wholeOf(options, 'learn-steps', 1, 1_000_000) ?? 2000
    // As in a worker: small tensors gain nothing from more threads.
    process.env.TF_NUM_INTRAOP_THREADS ??= '1'
    process.env.TF_NUM_INTEROP_THREADS ??= '1'
    note('This takes about half a minute.')
    if (options.graphs === true) {
      const graphs = benchGraphs(2000)
      await (json ? printJson(graphs) : print(graphsText(graphs)))
      return 0
    }
    const report = await runBench(dmro, { units, batch, learnSteps, repeats: 200, scaling: options.scaling === true })
    if (json) {
      await printJson(report)
      return 0
    }
    const { decision, run, study } = report
    await print(
      `${report.backend} ${report.library}, threads: ${report.threads}, ${report.cpu}, matrix product ${number(report.peakGflops, 3)} GFLOP/s\n`
    )
    await print(learnStepTable(report.learnStep))
    if (report.scaling) await print(`\n${learnStepTable(report.scaling)}`)
    await print(
      `\nOne 10-task workflow, best of ${decision.units}: ${number(decision.ms, 3)} ms; many at once: ${Math.round(decision.workflowsPerSecond)} workflows/s`
    )
    await print(
      `Acting: ${number(decision.actMicroseconds, 3)} µs per task alone, ${number(decision.actManyMicroseconds, 3)} µs in batches`
    )
    await print(
      `${count(study.runs, 'such run', 'such runs')} side by side in one process: ${Math.round(study.learnStepsPerSecond)} learn steps/s in total, ${number(study.learnStepsPerSecond / study.aloneLearnStepsPerSecond, 3)} times one alone`
    )
    await print(
      `A ${run.algorithm} run, s=${run.units}, B=${run.batch}, ${count(run.learnSteps, 'learn step', 'learn steps')}: ${duration(run.seconds)}, ${Math.round(run.learnStepsPerSecond)} learn steps/s, gap ${percent(run.gapMean)}`
    )
    return 0
  }
}

function graphsText({ worlds, exact, growth }: GraphBench): string {
  const right = (heads: readonly string[]) => heads.map((head, i) => (i === 0 ? { head } : { head, align: 'right' as const }))
  const times = table(
    right(['scenario', 'an evaluation, µs', 'annealing 20,000, ms', 'pilot, ms', 'beam of 8 by V, ms']),
    worlds.map(({ scenario, evaluationMicroseconds, annealingMs, pilotMs, beamMs }) => [
      scenario,
      ...[evaluationMicroseconds, annealingMs, pilotMs, beamMs].map((value) => number(value, 3))
    ])
  )
  const grown = table(
    right(['of four graphs of 10 tasks at once, but', 'an evaluation, µs']),
    growth.map(({ what, value, microseconds }) => [`${what} ${value}`, number(microseconds, 3)])
  )
  const { tasks, places, graphs, proven, withinSecond, medianSeconds, p95Seconds } = exact
  const proof = `The optimum of a graph of ${count(tasks, 'task', 'tasks')} at ${count(places, 'place', 'places')}: ${proven} of ${graphs} proven, ${withinSecond} within a second; median ${duration(medianSeconds)}, the last but one ${duration(p95Seconds)}.`
  return `${times}\n${proof}\n\n${grown}`
}

function learnStepTable(rows: BenchReport['learnStep']): string {
  const heads = ['units s', 'tasks N', 'places K', 'batch B', 'hidden H', 'learn step, ms', 'GFLOP/s', 'of the peak']
  return table(
    heads.map((head) => ({ head, align: 'right' as const })),
    rows.map(({ units, tasks, places, batch, hidden, ms, gflops, peakShare }) => [
      ...[units, tasks, places, batch, hidden].map(String),
      number(ms, 3),
      number(gflops, 3),
      percent(peakShare)
    ])
  )
}
