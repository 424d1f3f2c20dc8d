import { spawnSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'

const CLI = fileURLToPath(new URL('../../../out/main/cli.js', import.meta.url))

/** Root may write what nobody may; without these two rights it is held to modes like everybody. */
const HELD_TO_MODES = ['setpriv', '--bounding-set', '-dac_override,-dac_read_search']
const isRoot = process.getuid?.() === 0

/** Whether programs can be run here that modes hold back. */
export const canBeHeldBack =
  process.platform !== 'win32' && (!isRoot || spawnSync(HELD_TO_MODES[0], [...HELD_TO_MODES.slice(1), 'true']).status === 0)

/** Runs the built command line as a user whom modes hold back. */
export function labHeldToModes(home: string, ...given: string[]): { code: number | null; out: string; err: string } {
  const [program, ...args] = [...(isRoot ? HELD_TO_MODES : []), process.execPath, CLI, ...given, '--home', home]
  const { status, stdout, stderr } = spawnSync(program, args, { encoding: 'utf8', timeout: 60_000 })
  return { code: status, out: stdout, err: stderr }
}
