/**
 * Programs of the lab's users that are algorithms like any other: `lab agents add NAME` makes `agent-NAME` one. Documents and bundles name
 * them so and never carry a command, since that belongs to a machine.
 */
const PREFIX = 'agent-'

/** What programs may be called: letters that mean the same in file names, conditions and style sheets. */
export const AGENT_NAME = /^[a-z0-9][a-z0-9-]{0,39}$/

/** The id of a program's algorithm. */
export function agentIdOf(name: string): string {
  return PREFIX + name
}

/** The name of the program that an algorithm's id stands for; undefined of the lab's own algorithms. */
export function agentNameOf(algorithm: string): string | undefined {
  const name = algorithm.startsWith(PREFIX) ? algorithm.slice(PREFIX.length) : ''
  return AGENT_NAME.test(name) ? name : undefined
}

/** Why a program cannot run here, and the way out. */
export function unregistered(name: string): string {
  return `no program "${name}" is registered on this machine; register it: lab agents add ${name} -- COMMAND`
}

/** The parts of a command as people type it: separated by spaces, in quotes where they hold some. Nothing else has a meaning. A fault is a sentence. */
export function commandParts(typed: string): string[] | { fault: string } {
  const parts: string[] = []
  let part: string | undefined
  let quote = ''
  for (const letter of typed) {
    if (quote !== '') {
      if (letter === quote) quote = ''
      else part += letter
    } else if (letter === '"' || letter === "'") {
      quote = letter
      part ??= ''
    } else if (/\s/.test(letter)) {
      if (part !== undefined) parts.push(part)
      part = undefined
    } else part = (part ?? '') + letter
  }
  if (quote !== '') return { fault: `A ${quote} is not closed.` }
  if (part !== undefined) parts.push(part)
  return parts
}

/** A command as it can be typed again. */
export function commandText(parts: readonly string[]): string {
  return parts.map((part) => (/^[^\s"']+$/.test(part) ? part : part.includes('"') ? `'${part}'` : `"${part}"`)).join(' ')
}
