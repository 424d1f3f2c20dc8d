import { excerpt, ProgramFault } from './fault'

/** Episodes that a program may have under way. */
const MOST_ROWS = 4096

/** The rollout that a program asks for. */
export interface ResetRequest {
  /** Episodes side by side. */
  rows: number
  /** Whether it wants to know what each episode costs at least. */
  references: boolean
  /** Whether rows that have ended continue with another episode. */
  isContinued: boolean
}

/** Throws ProgramFault. */
export function readReset({ rows, references, continued }: Record<string, unknown>): ResetRequest {
  if (typeof rows !== 'number' || !Number.isInteger(rows) || rows < 1 || rows > MOST_ROWS) {
    throw new ProgramFault(`It asked for ${excerpt(rows)} rows; a whole number between 1 and ${MOST_ROWS} can be had.`)
  }
  return { rows, references: references === true, isContinued: continued === true }
}
