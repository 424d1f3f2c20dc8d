import { ORPCError } from '@orpc/client'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { tameConsole } from '../../terminal'
import { version } from '../../version'
import { homeOf } from '../home'
import { type Command, InputError, type OptionValues, type Places, UsageError } from './command'
import { COMMANDS } from './commands'
import { note, print } from './output'

const COMMON = { json: { type: 'boolean' }, home: { type: 'string' }, help: { type: 'boolean', short: 'h' } } as const

const EXIT = { done: 0, failed: 1, badInput: 2 } as const

/** What `lab help` prints. */
export async function overview(): Promise<string> {
  const commands = await Promise.all(Object.values(COMMANDS).map((load) => load()))
  const lines = commands.map(({ usage, summary }) => `  lab ${usage}\n      ${summary}`)
  return [
    `DMRO Lab ${version}: train, keep and compare policies for IoT–edge–cloud task offloading.`,
    '',
    ...lines,
    '',
    'Every command takes --json (one JSON document on stdout), --home DIR (the data folder, else DMRO_HOME) and --help.',
    'Exit code: 0, 1 on failure, 2 on bad input.'
  ].join('\n')
}

/** What `lab help COMMAND` prints. */
export function helpOf({ usage, summary, details }: Command): string {
  return [`lab ${usage}`, '', summary, ...(details ? ['', details] : [])].join('\n')
}

function parse(command: Command, given: readonly string[]): { values: OptionValues; positionals: string[] } {
  try {
    return parseArgs({ args: [...given], options: { ...COMMON, ...command.options }, allowPositionals: true, strict: true }) as {
      values: OptionValues
      positionals: string[]
    }
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message : String(error))
  }
}

async function dispatch(name: string, given: readonly string[], places: Places): Promise<number> {
  const load = Object.hasOwn(COMMANDS, name) ? COMMANDS[name] : undefined
  if (!load) throw new UsageError(`unknown command "${name}"; the commands are ${Object.keys(COMMANDS).join(', ')}`)
  const command = await load()
  const { values, positionals } = parse(command, given)
  if (values.help) {
    await print(helpOf(command))
    return EXIT.done
  }
  const home = homeOf(typeof values.home === 'string' ? values.home : undefined)
  await shareProgramsOf(home)
  return command.run({ arguments: positionals, options: values, json: values.json === true, home, places })
}

/** Has the catalogue of algorithms hold the programs that are registered in a data folder, where there are any. */
async function shareProgramsOf(home: string): Promise<void> {
  if (!existsSync(join(home, 'agents.json'))) return
  const { AgentRegister } = await import('../../agents/register')
  const fault = new AgentRegister(home).share()
  if (fault !== undefined) note(fault)
}

/** A failure as lines for stderr, and the exit code that goes with it. */
function explain(error: unknown): number {
  if (error instanceof UsageError) {
    note(error.message)
    return EXIT.badInput
  }
  if (error instanceof InputError) {
    for (const fault of error.faults) note(`${fault.path}: ${fault.message}`)
    return EXIT.badInput
  }
  if (error instanceof ORPCError && error.code === 'INVALID') {
    note(error.message)
    return EXIT.badInput
  }
  note(error instanceof Error ? (process.env.DMRO_DEBUG ? (error.stack ?? error.message) : error.message) : String(error))
  return EXIT.failed
}

/** Runs one command line; resolves with the exit code. Never rejects. */
export async function main(given: readonly string[], places: Places): Promise<number> {
  const [name, ...rest] = given
  tameConsole()
  // The reader of a pipe may leave early, as `head` does.
  process.stdout.on('error', (error: NodeJS.ErrnoException) => process.exit(error.code === 'EPIPE' ? EXIT.done : EXIT.failed))
  try {
    if (name === undefined || name === '--help' || name === '-h' || name === 'help') {
      const topic = name === 'help' && !rest[0]?.startsWith('-') ? rest[0] : undefined
      if (topic !== undefined) return await dispatch(topic, ['--help'], places)
      await print(await overview())
      return name === undefined ? EXIT.badInput : EXIT.done
    }
    if (name === '--version' || name === 'version') {
      await print(version)
      return EXIT.done
    }
    return await dispatch(name, rest, places)
  } catch (error) {
    return explain(error)
  }
}
