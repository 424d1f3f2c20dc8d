import { agentIdOf, AGENT_NAME, unregistered } from '@shared/algorithms/agents'
import type { AgentCheck } from '@shared/contract/agents'
import { checkProgram } from '../../agents/check'
import { AgentRegister, type RegisteredProgram } from '../../agents/register'
import { type Command, UsageError, wholeOf } from './command'
import { note, print, printJson, table } from './output'

const ACTIONS = ['list', 'add', 'check', 'remove']
const MOST_SECONDS = 86_400

function standingOf(check: AgentCheck | undefined): string {
  if (!check) return 'never checked'
  return check.fault ?? (check.isExact ? 'ready, resumes exactly' : 'ready')
}

async function printPrograms(programs: readonly RegisteredProgram[], json: boolean): Promise<void> {
  if (json) {
    await printJson({ agents: programs.map(({ hello: _, ...program }) => ({ ...program, algorithm: agentIdOf(program.name) })) })
    return
  }
  if (programs.length === 0) {
    await print('No program is registered. lab agents add NAME -- COMMAND registers one; docs/own-algorithm.md says how to write it.')
    return
  }
  const rows = programs.map(({ name, command, check }) => [agentIdOf(name), command.join(' '), standingOf(check), check?.made ?? ''])
  await print(table([{ head: 'algorithm' }, { head: 'command, on this machine only' }, { head: 'standing' }, { head: 'made with' }], rows))
}

/** Starts a program and keeps what came of it; the exit code. */
async function checked(register: AgentRegister, program: RegisteredProgram, json: boolean): Promise<number> {
  const { check, hello = program.hello } = await checkProgram(program)
  register.put({ ...program, check, ...(hello && { hello }) })
  if (json) await printJson({ name: program.name, algorithm: agentIdOf(program.name), ...check })
  else {
    for (const { what, isGood, says, milliseconds } of check.steps) {
      await print(`${isGood ? '✓' : '✗'} ${what.padEnd(11)} ${says} (${Math.round(milliseconds)} ms)`)
    }
    if (check.stderr) note(`The end of its stderr:\n${check.stderr}`)
    if (check.fault) note(`"${program.name}" is registered and cannot run yet: ${check.fault}`)
    else
      await print(
        `Algorithm ${agentIdOf(program.name)} can be asked for: lab run one-edge-one-cloud --algorithms ${agentIdOf(program.name)}`
      )
  }
  return check.fault === undefined ? 0 : 1
}

export const agentsCommand: Command = {
  usage: 'agents list|add|check|remove [NAME] [-- COMMAND]',
  summary: 'programs of your own as algorithms',
  details: [
    'agents list                          programs registered on this machine, and how they stand',
    'agents add NAME -- COMMAND           registers a command, started in this folder without a shell, as algorithm agent-NAME; checks it',
    'agents check NAME                    starts it, trains it a little, resumes it twice',
    'agents remove NAME                   forgets the command; runs of it stay',
    '',
    '--answer-within SECONDS   how long it may take for each answer; default 60',
    '--hello-within SECONDS    how long it may take until its first word; default 20',
    '',
    'Documents and bundles name a program and never carry its command. docs/own-algorithm.md says how to write one.'
  ].join('\n'),
  options: { 'answer-within': { type: 'string' }, 'hello-within': { type: 'string' } },
  async run({ arguments: [action = 'list', name, ...command], options, home, json }) {
    if (!ACTIONS.includes(action)) throw new UsageError(`agents takes one of ${ACTIONS.join(', ')}`)
    const register = new AgentRegister(home)
    if (action === 'list') {
      await printPrograms(register.list(), json)
      return 0
    }
    if (name === undefined || !AGENT_NAME.test(name))
      throw new UsageError(`agents ${action} needs a name: small letters, digits and hyphens, 40 at most`)
    if (action === 'add') {
      if (command.length === 0) throw new UsageError(`agents add needs a command: lab agents add ${name} -- python3 my_agent.py`)
      const answer = wholeOf(options, 'answer-within', 1, MOST_SECONDS)
      const hello = wholeOf(options, 'hello-within', 1, MOST_SECONDS)
      const patience = { ...(answer !== undefined && { answer }), ...(hello !== undefined && { hello }) }
      return checked(register, { name, command, folder: process.cwd(), patience }, json)
    }
    if (command.length > 0) throw new UsageError(`agents ${action} takes one name`)
    const known = register.find(name)
    if (!known) throw new UsageError(unregistered(name))
    if (action === 'check') return checked(register, known, json)
    register.remove(name)
    note(`Forgotten: ${name}. Its runs stay.`)
    await printPrograms(register.list(), json)
    return 0
  }
}
