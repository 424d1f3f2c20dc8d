import { homedir, platform } from 'node:os'
import { join, resolve } from 'node:path'

/** The data folder: what was asked for, else DMRO_HOME, else the operating system's place for application data. */
export function homeOf(asked: string | undefined, environment: NodeJS.ProcessEnv = process.env): string {
  const named = asked ?? environment.DMRO_HOME
  if (named) return resolve(named)
  if (platform() === 'darwin') return join(homedir(), 'Library', 'Application Support', 'DMRO Lab')
  if (platform() === 'win32') return join(environment.APPDATA ?? join(homedir(), 'AppData', 'Roaming'), 'DMRO Lab')
  return join(environment.XDG_DATA_HOME ?? join(homedir(), '.local', 'share'), 'dmro-lab')
}
