import type { MemberProgress, TrainingEnd, TrainingHooks } from '../../../src/main/training/training-member'

/** Keeps what a run reports, and asks it to end when it has been asked `after` times what is wanted of it. */
export class Listener implements TrainingHooks {
  points = new Map<string, [step: number, value: number][]>()
  checkpoints: { learnSteps: number; bytes: Uint8Array }[] = []
  /** The steps of every report. */
  reported: number[] = []
  ended: TrainingEnd | undefined
  #asked = 0

  constructor(readonly ask?: { after: number; what: 'pause' | 'cancel' }) {}

  wanted(): 'go' | 'pause' | 'cancel' {
    this.#asked++
    return this.ask && this.#asked >= this.ask.after ? this.ask.what : 'go'
  }

  async report({ learnSteps, points, checkpoint }: MemberProgress): Promise<void> {
    this.reported.push(learnSteps)
    for (const { metric, steps, values } of points) {
      const curve = this.points.get(metric) ?? []
      steps.forEach((step, i) => curve.push([step, values[i]]))
      this.points.set(metric, curve)
    }
    if (checkpoint) this.checkpoints.push({ learnSteps, bytes: checkpoint })
  }

  end(end: TrainingEnd): void {
    this.ended = end
  }

  fail(error: unknown): void {
    throw error
  }

  steps(metric: string): number[] {
    return (this.points.get(metric) ?? []).map(([step]) => step)
  }
}
