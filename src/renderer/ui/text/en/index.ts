import { chartsText } from './charts'
import { compareText } from './compare'
import { experimentsText } from './experiments'
import { frameText } from './frame'
import { playgroundText } from './playground'
import { runText } from './run'
import { runsText } from './runs'
import { wordsText } from './words'

/** Every word the window shows, a file a room. Another language is another object of the same type. */
export const en = {
  ...frameText,
  ...wordsText,
  ...runsText,
  ...runText,
  ...compareText,
  ...experimentsText,
  ...chartsText,
  ...playgroundText
}
