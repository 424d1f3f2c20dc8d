import type { ProgramCommand } from './lines'
import type { ProgramPatience } from './program'
import type { Hello } from './hello'

/** A program as a run is started with it. */
export interface StartedProgram extends ProgramCommand {
  name: string
  patience: ProgramPatience
  /** What it declared when it was last checked; a run that was asked for by that is refused where it declares something else now. */
  hello: Hello
  /** Two resumes from one checkpoint have agreed when it was last checked. */
  isExact: boolean
}
