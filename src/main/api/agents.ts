import { homedir } from 'node:os'
import { statSync } from 'node:fs'
import { agentIdOf, agentNameOf } from '@shared/algorithms/agents'
import type { AgentRow } from '@shared/contract/agents'
import { checkProgram } from '../agents/check'
import type { RegisteredProgram } from '../agents/register'
import { BadDocumentError } from '../computing/documents'
import { api } from './context'
import { orInvalid } from './documents'
import type { Lab } from './lab'

function rowOf(lab: Lab, { name, command, folder, check }: RegisteredProgram): AgentRow {
  const algorithm = agentIdOf(name)
  return { name, algorithm, command: [...command], folder, ...(check && { check }), runs: runsNaming(lab).get(algorithm) ?? 0 }
}

/** Runs of each program, by its algorithm. */
function runsNaming({ store }: Lab): Map<string, number> {
  const counts = new Map<string, number>()
  for (const { algorithm } of store.runs.list()) {
    if (agentNameOf(algorithm) !== undefined) counts.set(algorithm, (counts.get(algorithm) ?? 0) + 1)
  }
  return counts
}

/** Starts a program, and keeps what came of it. */
async function checked(lab: Lab, program: RegisteredProgram): Promise<AgentRow> {
  const { check, hello = program.hello } = await checkProgram(program)
  const known = { ...program, check, ...(hello && { hello }) }
  lab.agents.put(known)
  lab.agents.share()
  return rowOf(lab, known)
}

export const agentsRoom = {
  list: api.agents.list.handler(({ context: { lab } }) => {
    const registered = lab.agents.list()
    const strange = [...runsNaming(lab)].flatMap(([algorithm, runs]): AgentRow[] => {
      const name = agentNameOf(algorithm)
      return name === undefined || registered.some((program) => program.name === name) ? [] : [{ name, algorithm, runs }]
    })
    return [...registered.map((program) => rowOf(lab, program)), ...strange]
  }),

  add: api.agents.add.handler(({ input: { name, command, folder = homedir() }, errors, context: { lab } }) =>
    orInvalid(errors.INVALID, () => {
      if (lab.store.readOnly !== undefined) throw new BadDocumentError([{ path: '$', message: lab.store.readOnly }])
      if (!statSync(folder, { throwIfNoEntry: false })?.isDirectory())
        throw new BadDocumentError([{ path: '$.folder', message: `there is no folder ${folder}` }])
      // What another command said of itself under this name is not this one's word.
      return checked(lab, { name, command, folder, patience: lab.agents.find(name)?.patience })
    })
  ),

  check: api.agents.check.handler(async ({ input: { name }, errors, context: { lab } }) => {
    const program = lab.agents.find(name)
    if (!program) throw errors.NOT_FOUND({ message: `No program is registered as "${name}".`, data: { name } })
    return checked(lab, program)
  }),

  remove: api.agents.remove.handler(({ input: { name }, errors, context: { lab } }) => {
    if (!lab.agents.find(name)) throw errors.NOT_FOUND({ message: `No program is registered as "${name}".`, data: { name } })
    lab.agents.remove(name)
    lab.agents.share()
    return { name }
  })
}
