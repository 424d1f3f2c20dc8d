import { count } from '@shared/format'
import { basename } from 'node:path'
import { LostStoreError, type OpenOptions, openWhereWritable, type Store } from '../store'

/** A question with its answers as the buttons of a message box. */
export interface LossQuestion {
  message: string
  detail: string
  buttons: string[]
  defaultId: number
  cancelId: number
}

/** What may be gone on with after a loss, each with its button; nothing is done by the last. */
export function lossAnswers({ offer: { newest, fullest } }: LostStoreError): { button: string; options?: OpenOptions }[] {
  const restores = [newest, fullest].flatMap((backup) =>
    backup
      ? [
          {
            button: `Restore ${basename(backup.file)} (${count(backup.runs, 'run', 'runs')})`,
            options: { damaged: 'restore' as const, backup: backup.file }
          }
        ]
      : []
  )
  return [...restores, { button: 'Start with an empty lab', options: { damaged: 'fresh' } }, { button: 'Quit' }]
}

/**
 * Opens the data folder of the desktop program; where its database is damaged or missing, asks what to continue from. Where it
 * cannot be written it is opened for reading, which the window says.
 *
 * @param ask shows a question and returns the number of the button.
 * @returns undefined where the program is to end. Throws what `openWhereWritable` throws, but for the loss itself.
 */
export function openAsking(home: string, ask: (question: LossQuestion) => number): Store | undefined {
  try {
    return openWhereWritable(home)
  } catch (error) {
    if (!(error instanceof LostStoreError)) throw error
    const answers = lossAnswers(error)
    const last = answers.length - 1
    const chosen = ask({
      message: 'DMRO Lab cannot open its database',
      detail: `${error.what} Every backup is kept in either case.`,
      buttons: answers.map(({ button }) => button),
      defaultId: last,
      cancelId: last
    })
    const options = answers[chosen]?.options
    return options && openWhereWritable(home, options)
  }
}
