import { duration } from '@shared/format'
import { spawnSync } from 'node:child_process'
import { quantile } from '@shared/statistics/descriptive'
import { dmro } from '../../algorithms/dmro'
import { timeWholeRun, type WholeRun } from '../../learn/bench'
import { UsageError } from './command'
import { note, number, print, printJson, table } from './output'

/** Seconds of the two programs of one pair. */
interface Pair {
  lab: number
  other: number
}

/**
 * Times a whole dmro run and another program in turn, lab first, and prints the medians and the median of the pairs' ratios.
 * In turn, since a machine's pace drifts: what counts is the ratio within a pair.
 *
 * @param command a shell command of the other program. If the last line it prints is JSON with a number `seconds`, that is its time;
 *   otherwise the wall clock's, start included.
 * @throws UsageError if the command fails.
 */
export async function benchAgainst(run: WholeRun, command: string, pairs: number, json: boolean): Promise<number> {
  const taken: Pair[] = []
  for (let i = 0; i < pairs; i++) {
    const pair = { lab: await timeWholeRun(dmro, run), other: timeOther(command) }
    taken.push(pair)
    note(`Pair ${i + 1} of ${pairs}: ${duration(pair.lab)} here, ${duration(pair.other)} there`)
  }
  const summary = {
    ...run,
    command,
    pairs: taken,
    labSeconds: quantile(
      taken.map(({ lab }) => lab),
      0.5
    ),
    otherSeconds: quantile(
      taken.map(({ other }) => other),
      0.5
    ),
    ratio: quantile(
      taken.map(({ lab, other }) => lab / other),
      0.5
    )
  }
  if (json) {
    await printJson(summary)
    return 0
  }
  await print(
    table(
      ['units s', 'batch B', 'learn steps', 'pairs', 'here, s', 'there, s', 'here / there'].map((head) => ({ head, align: 'right' })),
      [
        [
          ...[run.units, run.batch, run.learnSteps, pairs].map(String),
          ...[summary.labSeconds, summary.otherSeconds, summary.ratio].map((value) => number(value, 3))
        ]
      ]
    )
  )
  return 0
}

function timeOther(command: string): number {
  const began = performance.now()
  const { status, signal, stdout } = spawnSync(command, { shell: true, encoding: 'utf8', stdio: ['ignore', 'pipe', 'inherit'] })
  const wall = (performance.now() - began) / 1000
  if (status !== 0) throw new UsageError(`--against: "${command}" ended with ${signal ?? `exit code ${status}`}`)
  return saidSeconds(stdout) ?? wall
}

/** `seconds` of the JSON in the last line, where there is one. */
function saidSeconds(stdout: string): number | undefined {
  const last = stdout.trimEnd().split('\n').at(-1) ?? ''
  try {
    const said: unknown = JSON.parse(last)
    const value = typeof said === 'object' && said !== null && 'seconds' in said ? said.seconds : undefined
    return typeof value === 'number' && value > 0 ? value : undefined
  } catch {
    return undefined
  }
}
