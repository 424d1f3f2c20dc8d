import { COMMANDS } from '../../src/main/host/cli/commands'
import { helpOf, overview } from '../../src/main/host/cli/main'
import { version } from '../../src/main/version'
import { code, page } from './markdown'

/** What `lab help` prints, and what it prints of every command. */
export async function cliPage(): Promise<string> {
  const commands = await Promise.all(Object.entries(COMMANDS).map(async ([name, load]) => ({ name, command: await load() })))
  // The version is not the reference's to follow.
  const all = (await overview()).replace(` ${version}:`, ':')
  return page('# The command line', code(all), ...commands.flatMap(({ name, command }) => [`## ${name}`, code(helpOf(command))]))
}
