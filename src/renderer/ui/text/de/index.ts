import type { en } from '../en'
import type { PartialText } from '../partial'
import { chartsText } from './charts'
import { commandsText } from './commands'
import { compareText } from './compare'
import { experimentsText } from './experiments'
import { frameText } from './frame'
import { runText } from './run'
import { runsText } from './runs'
import { wordsText } from './words'

/** The words of the window in German, a file a room as in English. What is missing is shown in English. */
export const de: PartialText<typeof en> = {
  ...frameText,
  ...commandsText,
  ...wordsText,
  ...runsText,
  ...runText,
  ...compareText,
  ...experimentsText,
  ...chartsText
}
