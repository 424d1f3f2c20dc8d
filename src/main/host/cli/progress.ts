import { count, duration } from '@shared/format'
import type { LiveBatch, RunRow } from '@shared/contract/records'
import { isActive } from '@shared/run/lifecycle'
import { stepCount, stepUnitOf } from '@shared/run/steps'
import { note, number, percent, shown, styled } from './output'

const BAR = 24
/** A terminal is redrawn at every batch; a log gets a line this often. */
const LOG_MS = 10_000

function bar(share: number): string {
  const full = Math.round(Math.min(1, share) * BAR)
  return styled('blue', '━'.repeat(full)) + styled('dim', '─'.repeat(BAR - full))
}

function lineOf(run: RunRow): string {
  const share = run.totalLearnSteps > 0 ? run.learnSteps / run.totalLearnSteps : 0
  const speed = run.latest.speed
  const left = speed && speed > 0 ? ` · ${duration((run.totalLearnSteps - run.learnSteps) / speed)} left` : ''
  const unit = stepUnitOf(run)
  const standing =
    unit === 'learn steps'
      ? `step ${run.learnSteps} of ${run.totalLearnSteps}`
      : `${run.learnSteps} of ${stepCount(unit, run.totalLearnSteps)}`
  const gap = run.latest.gap === undefined ? '' : ` · gap ${percent(run.latest.gap)}`
  return `  ${bar(share)} ${run.algorithm} seed ${run.seed} · ${standing}${gap}${left}`
}

/** Shows on stderr how runs get on: bars on a terminal, now and then a line in a log. */
export class ProgressLine {
  readonly #runs: Map<string, RunRow>
  readonly #began = Date.now()
  #drawn = 0
  #logged = Date.now()

  constructor(runs: readonly RunRow[]) {
    this.#runs = new Map(runs.map((run) => [run.id, run]))
  }

  /** Takes what moved; true once every run has ended. Nobody pauses runs from here: a paused one waits for room on the disk. */
  update(batch: LiveBatch): boolean {
    for (const run of batch.runs) if (this.#runs.has(run.id)) this.#runs.set(run.id, run)
    const runs = [...this.#runs.values()]
    const ended = runs.filter((run) => !isActive(run.status) && run.status !== 'paused')
    const running = runs.filter((run) => run.status === 'running')
    const summary = `${ended.length} of ${count(runs.length, 'run', 'runs')} · ${number(batch.system.learnStepsPerSecond, 3)} learn steps/s · ${duration((Date.now() - this.#began) / 1000)}`
    if (process.stderr.isTTY) this.#draw([`${bar(ended.length / runs.length)} ${summary}`, ...running.map(lineOf)])
    else if (Date.now() - this.#logged >= LOG_MS) {
      this.#logged = Date.now()
      note(summary)
    }
    return ended.length === runs.length
  }

  /** Takes the bars away. */
  clear(): void {
    this.#draw([])
  }

  #draw(lines: readonly string[]): void {
    if (!process.stderr.isTTY) return
    const columns = process.stderr.columns || 80
    const up = this.#drawn > 0 ? `\u001b[${this.#drawn}A` : ''
    // Cut by what is seen; the colours are closed again at the end of the bar.
    const cut = lines.map(shown).map((line) => (line.length > columns + 40 ? `${line.slice(0, columns + 40)}` : line))
    process.stderr.write(`${up}\u001b[J${cut.map((line) => `${line}\n`).join('')}`)
    this.#drawn = lines.length
  }
}
