import type { MessageBoxOptions } from 'electron'

/** What trains and what waits. */
export interface TrainingWork {
  running: number
  queued: number
}

/** What may be done with what trains when its window is closed, in the order the question offers them. */
export const CLOSE_CHOICES = ['keep', 'stop', 'cancel'] as const
export type CloseChoice = (typeof CLOSE_CHOICES)[number]

export const isBusy = ({ running, queued }: TrainingWork): boolean => running + queued > 0

const runs = (n: number) => (n === 1 ? 'One run' : `${n.toLocaleString('en')} runs`)

/** The question when a window is closed over work. */
export function closeQuestion({ running, queued }: TrainingWork): MessageBoxOptions {
  const isOne = running === 1 || (running === 0 && queued === 1)
  const trains =
    running > 0 ? `${runs(running)} ${running === 1 ? 'is' : 'are'} training` : `${runs(queued)} ${queued === 1 ? 'waits' : 'wait'}`
  const waits = running > 0 && queued > 0 ? `, ${queued.toLocaleString('en')} more ${queued === 1 ? 'waits' : 'wait'}` : ''
  return {
    type: 'question',
    title: 'DMRO Lab',
    message: `${trains}${waits}.`,
    detail: [
      `Keep running: the window closes, the program continues in the background and ends by itself when ${isOne ? 'it is' : 'they are'} done. Start it again to see the window.`,
      `Stop: running runs make a checkpoint and can be resumed from there.`
    ].join('\n\n'),
    buttons: ['Keep running', 'Stop and make checkpoints', 'Cancel'],
    defaultId: 0,
    cancelId: 2,
    noLink: true
  }
}

/** What an answer means; whatever is none leaves everything as it is. */
export function choiceOf(response: number): CloseChoice {
  return CLOSE_CHOICES[response] ?? 'cancel'
}

export type WindowState =
  | 'open'
  /** The question stands. */
  | 'asking'
  /** Out of sight while runs continue. */
  | 'hidden'
  /** The program is on its way out. */
  | 'ending'

/** What the window does when it is asked to close. */
export function onClose(state: WindowState, work: TrainingWork): 'close' | 'ask' | 'stay' {
  if (state === 'ending') return 'close'
  if (state === 'asking') return 'stay'
  return isBusy(work) ? 'ask' : 'close'
}

/** Whether the program has nothing left to stay for. */
export function mayEnd(state: WindowState, work: TrainingWork): boolean {
  return state === 'hidden' && !isBusy(work)
}

/** A study's next stage begins a moment after the last one ended; so long is waited before the program ends by itself. */
export const QUIET_MS = 10_000
