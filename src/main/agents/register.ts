import { readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { AGENT_NAME, unregistered } from '@shared/algorithms/agents'
import type { AlgorithmCard } from '@shared/algorithms/card'
import type { AgentCheck } from '@shared/contract/agents'
import { StoreError } from '../store'
import { makePrivateFolder, writePrivate } from '../store/private'
import { programCard } from './card'
import { shareCards } from './catalogue'
import type { Hello } from './hello'
import type { ProgramCommand } from './lines'
import { PROGRAM_PATIENCE, type ProgramPatience } from './program'
import type { StartedProgram } from './started'

const FILE = 'agents.json'
const FORMAT = 'dmro-agents/1'

/** A program as it is registered. */
export interface RegisteredProgram extends ProgramCommand {
  name: string
  /** How long it may take, in seconds, where that is not as long as usual. */
  patience?: Partial<ProgramPatience>
  /** What it said and did when it was last checked. */
  check?: AgentCheck
  /** What it declared then. */
  hello?: Hello
}

/**
 * The programs of a data folder, in a file of its own there: commands belong to a machine and stand in no document, no bundle and no database.
 * The file is read again whenever it has changed, so that `lab agents add` beside a running lab is seen there.
 */
export class AgentRegister {
  readonly #home: string
  readonly #file: string
  #stamp = ''
  /** Which state of the file the catalogue holds. */
  #shared: string | undefined
  #programs: readonly RegisteredProgram[] = []

  constructor(home: string) {
    this.#home = home
    this.#file = join(home, FILE)
  }

  /** Throws StoreError where the file cannot be read. */
  list(): readonly RegisteredProgram[] {
    const found = statSync(this.#file, { throwIfNoEntry: false })
    const stamp = found ? `${found.mtimeMs} ${found.size} ${found.ino}` : ''
    if (stamp !== this.#stamp) {
      this.#programs = found ? this.#read() : []
      this.#stamp = stamp
    }
    return this.#programs
  }

  find(name: string): RegisteredProgram | undefined {
    return this.list().find((program) => program.name === name)
  }

  /** Puts a program in place of one of its name, or after all others. */
  put(program: RegisteredProgram): void {
    const programs = this.list()
    const at = programs.findIndex(({ name }) => name === program.name)
    this.#write(at < 0 ? [...programs, program] : programs.with(at, program))
  }

  remove(name: string): void {
    this.#write(this.list().filter((program) => program.name !== name))
  }

  /** Programs as algorithms: those that have said what they are. */
  cards(): AlgorithmCard[] {
    return this.list().flatMap(({ name, hello, check }, position) => (hello ? [programCard(name, hello, position, check?.isExact)] : []))
  }

  /** Has the catalogue of algorithms hold these programs. What is wrong with their list, as a sentence; then it holds none. */
  share(): string | undefined {
    try {
      this.list()
      if (this.#stamp !== this.#shared) shareCards(this.cards())
      this.#shared = this.#stamp
    } catch (error) {
      if (!(error instanceof StoreError)) throw error
      shareCards([])
      this.#shared = undefined
      return error.message
    }
  }

  /** A program as a run is started with it. Throws StoreError where it cannot be started, with the way out. */
  started(name: string): StartedProgram {
    const program = this.find(name)
    if (!program) throw new StoreError(capitalised(`${unregistered(name)}.`))
    const { command, folder, patience, hello, check } = program
    if (!hello)
      throw new StoreError(
        `The program "${name}" has not said what it is: ${check?.fault ?? 'it was never checked.'} Check it again: lab agents check ${name}`
      )
    return { name, command, folder, patience: { ...PROGRAM_PATIENCE, ...patience }, hello, isExact: check?.isExact === true }
  }

  #read(): RegisteredProgram[] {
    try {
      const { format, agents } = JSON.parse(readFileSync(this.#file, 'utf8')) as { format: unknown; agents: unknown }
      if (format === FORMAT && Array.isArray(agents) && agents.every(isProgram)) return agents
    } catch {
      // Told below.
    }
    throw new StoreError(
      `The list of programs in ${this.#file} cannot be read. Move it away and register them again: lab agents add NAME -- COMMAND`
    )
  }

  #write(agents: readonly RegisteredProgram[]): void {
    makePrivateFolder(this.#home)
    writePrivate(this.#file, `${JSON.stringify({ format: FORMAT, agents }, null, 2)}\n`)
  }
}

function isProgram(value: unknown): value is RegisteredProgram {
  const { name, command, folder } = (value ?? {}) as Partial<RegisteredProgram>
  if (typeof name !== 'string' || !AGENT_NAME.test(name) || typeof folder !== 'string') return false
  return Array.isArray(command) && command.length > 0 && command.every((part) => typeof part === 'string')
}

function capitalised(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1)
}
