import { agentsText } from './agents'
import { binText } from './bin'
import { chartsText } from './charts'
import { commandsText } from './commands'
import { compareText } from './compare'
import { desktopText } from './desktop'
import { experimentsText } from './experiments'
import { figureText } from './figure'
import { frameText } from './frame'
import { glossaryText } from './glossary'
import { ownChartText } from './ownChart'
import { playgroundText } from './playground'
import { libraryText } from './library'
import { lineageText } from './lineage'
import { plannerText } from './planner'
import { placementsText } from './placements'
import { runText } from './run'
import { runsText } from './runs'
import { studiesText } from './studies'
import { foreignText } from './foreign'
import { topologiesText } from './topologies'
import { topologyText } from './topology'
import { typedText } from './typed'
import { workloadsText } from './workloads'
import { wordsText } from './words'

/** Every word the window shows, one file per page. Another language is another object of the same type. */
export const en = {
  ...frameText,
  ...agentsText,
  ...binText,
  ...commandsText,
  ...glossaryText,
  ...wordsText,
  ...runsText,
  ...runText,
  ...placementsText,
  ...compareText,
  ...experimentsText,
  ...libraryText,
  ...lineageText,
  ...plannerText,
  ...workloadsText,
  ...foreignText,
  ...topologiesText,
  ...topologyText,
  ...typedText,
  ...chartsText,
  ...figureText,
  ...ownChartText,
  ...playgroundText,
  ...studiesText,
  ...desktopText
}
