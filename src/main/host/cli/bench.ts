import { dmro } from '../../algorithms/dmro'
import { runBench } from '../../learn/bench'
import { type Command, wholeOf } from './command'
import { note, number, percent, print, printJson, seconds, table } from './output'

export const benchCommand: Command = {
  usage: 'bench [--units N] [--batch N] [--learn-steps N]',
  summary: 'learn steps, decisions and a whole run, timed on this machine',
  details: '--units N  --batch N  --learn-steps N   the whole run; default 5, 64, 2000',
  options: { units: { type: 'string' }, batch: { type: 'string' }, 'learn-steps': { type: 'string' } },
  async run({ options, json }) {
    const units = wholeOf(options, 'units', 1, 100) ?? 5
    const batch = wholeOf(options, 'batch', 1, 10_000) ?? 64
    const learnSteps = wholeOf(options, 'learn-steps', 1, 1_000_000) ?? 2000
    note('This takes about half a minute.')
    // As in a worker: small tensors gain nothing from more threads.
    process.env.TF_NUM_INTRAOP_THREADS ??= '1'
    process.env.TF_NUM_INTEROP_THREADS ??= '1'
    const report = await runBench(dmro, { units, batch, learnSteps, repeats: 200 })
    if (json) {
      await printJson(report)
      return 0
    }
    const right = (head: string) => ({ head, align: 'right' as const })
    await print(
      `${report.backend} ${report.library}, threads: ${report.threads}, ${report.cpu}, matrix product ${number(report.peakGflops, 3)} GFLOP/s\n`
    )
    await print(
      table(
        [right('units s'), right('batch B'), right('hidden H'), right('learn step, ms'), right('GFLOP/s')],
        report.learnStep.map((row) => [String(row.units), String(row.batch), String(row.hidden), number(row.ms, 3), number(row.gflops, 3)])
      )
    )
    const { decision, run } = report
    await print(
      `\nOne 10-task workflow, best of ${decision.units}: ${number(decision.ms, 3)} ms; many at once: ${Math.round(decision.workflowsPerSecond)} workflows/s`
    )
    await print(
      `A ${run.algorithm} run, s=${run.units}, B=${run.batch}, ${run.learnSteps} learn steps: ${seconds(run.seconds)}, ${Math.round(run.learnStepsPerSecond)} learn steps/s, gap ${percent(run.gapMean)}`
    )
    return 0
  }
}
