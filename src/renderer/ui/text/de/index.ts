import type { Catalogue } from '../catalogue'
import type { en } from '../en'
import { chartsText } from './charts'
import { commandsText } from './commands'
import { compareText } from './compare'
import { desktopText } from './desktop'
import { experimentsText } from './experiments'
import { frameText } from './frame'
import { libraryText } from './library'
import { placementsText } from './placements'
import { plannerText } from './planner'
import { playgroundText } from './playground'
import { runText } from './run'
import { runsText } from './runs'
import { studiesText } from './studies'
import { topologyText } from './topology'
import { wordsText } from './words'
import { workloadsText } from './workloads'

/** The words of the window in German, a file a room as in English. */
export const de: Catalogue<typeof en> = {
  ...frameText,
  ...commandsText,
  ...wordsText,
  ...runsText,
  ...runText,
  ...placementsText,
  ...compareText,
  ...experimentsText,
  ...libraryText,
  ...plannerText,
  ...workloadsText,
  ...topologyText,
  ...chartsText,
  ...playgroundText,
  ...studiesText,
  ...desktopText
}
