import { count, integer } from '@shared/format'
import type { ParameterValues } from '@shared/algorithms/parameters'
import { actionsIn, wired } from './arrays'
import { excerpt, ProgramFault } from './fault'
import { type Hello, PROTOCOL, readHello } from './hello'
import { readReset, type ResetRequest } from './reset'
import { LineProgram, type ProgramCommand } from './lines'

/** How long a program may take, in seconds. */
export interface ProgramPatience {
  /** For its first word: it may have libraries to load. */
  hello: number
  /** For every further message. */
  answer: number
}

export const PROGRAM_PATIENCE: ProgramPatience = { hello: 20, answer: 60 }

/** What a program is told of the run it is started for. */
export interface RunTold {
  seed: number
  parameters: ParameterValues
  /** The world as numbers (docs/own-algorithm.md). */
  world: object
  /** Learn steps of the whole run; absent where nothing is trained. */
  learnSteps?: number
  /** Where it resumes from, with what it handed over there. */
  resume?: { step: number; state: Uint8Array }
}

/** States of several episodes, row by row. */
export interface States {
  rows: number
  inputs: number
  places: number
  /** [rows·inputs] */
  observations: Float32Array
  /** [rows·places] 1 where the next task may go. */
  moves: Uint8Array
}

/** What a program may ask for while it trains, and tell. Throws ProgramFault where what it asks makes no sense. */
export interface TrainingServer {
  reset(request: ResetRequest): object
  step(actions: unknown): object
  metrics(step: number, values: Record<string, number>): void
  log(text: string): void
}

/** Bytes that a program may hand over to be resumed from. */
export const MOST_CHECKPOINT_BYTES = 32 * 2 ** 20
/** Lines of metrics and log in one turn, beside some for each of its learn steps. */
const MOST_TOLD = 1000
const TOLD_PER_STEP = 8
const LONGEST_LOG = 2000

/** A program of the protocol dmro-agent/1. Whatever it does that it was not asked for is a ProgramFault; who made it then kills it. */
export class Program {
  readonly #lines: LineProgram
  readonly #patience: ProgramPatience
  readonly #meanwhile: (() => void) | undefined

  /** `meanwhile`: called ten times a second while it is waited for; what it throws ends the waiting. */
  constructor(command: ProgramCommand, patience: ProgramPatience = PROGRAM_PATIENCE, meanwhile?: () => void) {
    this.#patience = patience
    this.#meanwhile = meanwhile
    this.#lines = new LineProgram(command)
  }

  get pid(): number | undefined {
    return this.#lines.pid
  }

  get lastWords(): string {
    return this.#lines.lastWords
  }

  async hello(lab: string): Promise<Hello> {
    const doing = 'saying hello'
    this.#lines.send({ type: 'hello', protocol: PROTOCOL, lab })
    return readHello(await this.#answer('hello', doing, this.#patience.hello))
  }

  async start({ resume, ...told }: RunTold): Promise<void> {
    const from = resume
      ? { step: resume.step, checkpoint: Buffer.from(resume.state.buffer, resume.state.byteOffset, resume.state.length).toString('base64') }
      : { step: 0 }
    this.#lines.send({ type: 'start', ...told, ...from })
    await this.#answer('ready', resume ? 'taking its checkpoint back' : 'starting a run')
  }

  /** Lets it train from one learn step to another. */
  async train(from: number, until: number, trainer: TrainingServer): Promise<void> {
    this.#lines.send({ type: 'train', until })
    let told = 0
    let last = from
    for (;;) {
      const doing = `training from learn step ${from} to ${until}`
      const message = await this.#next(doing)
      const { type } = message
      if (type === 'trained') {
        if (message.step !== until)
          throw new ProgramFault(`It says that it has trained until learn step ${excerpt(message.step)}, not ${until}.`)
        return
      }
      if (type === 'reset') this.#lines.send(trainer.reset(readReset(message)))
      else if (type === 'step') this.#lines.send(trainer.step(message.actions))
      else if (type === 'metrics' || type === 'log') {
        if (++told > MOST_TOLD + TOLD_PER_STEP * (until - from))
          throw new ProgramFault(`It sent ${told} lines of metrics and log while ${doing}.`)
        if (type === 'log') trainer.log(String(message.text).slice(0, LONGEST_LOG))
        else {
          last = stepIn(message, last, until)
          trainer.metrics(last, valuesIn(message, last))
        }
      } else throw unexpected(message, 'reset, step, metrics, log or trained', doing)
    }
  }

  /** [rows] where it places the next task of each of `rows`; `first`: of episodes that begin. */
  async decide(rows: Int32Array, { inputs, places, observations, moves }: Omit<States, 'rows'>, first: boolean): Promise<Int32Array> {
    this.#lines.send({
      type: 'decide',
      first,
      rows: wired(rows, rows.length),
      observations: wired(observations, rows.length, inputs),
      moves: wired(moves, rows.length, places)
    })
    const { actions } = await this.#answer('actions', 'placing workflows')
    return actionsIn(actions, rows.length)
  }

  /** What it wants to be given back when it is resumed. */
  async checkpoint(): Promise<Uint8Array> {
    this.#lines.send({ type: 'checkpoint' })
    const { state } = await this.#answer('checkpoint', 'handing over a checkpoint')
    if (typeof state !== 'string') throw new ProgramFault(`The state of its checkpoint is not a text in base64: ${excerpt(state)}.`)
    const bytes = Buffer.from(state, 'base64')
    if (bytes.length <= MOST_CHECKPOINT_BYTES) return bytes
    throw new ProgramFault(
      `Its checkpoint takes ${count(bytes.length, 'byte', 'bytes')}; at most ${integer(MOST_CHECKPOINT_BYTES)} are kept.`
    )
  }

  end(): Promise<void> {
    return this.#lines.end()
  }

  kill(): Promise<void> {
    return this.#lines.kill()
  }

  async #next(doing: string, seconds = this.#patience.answer): Promise<Record<string, unknown>> {
    return this.#lines.next({ seconds, doing, meanwhile: this.#meanwhile })
  }

  async #answer(type: string, doing: string, seconds?: number): Promise<Record<string, unknown>> {
    const message = await this.#next(doing, seconds)
    if (message.type !== type) throw unexpected(message, type, doing)
    if (this.#lines.hasUnread) throw new ProgramFault(`It sent more than the one "${type}" it was asked for while ${doing}.`)
    return message
  }
}

/** A program may say by itself what went wrong. */
function unexpected(message: Record<string, unknown>, wanted: string, doing: string): ProgramFault {
  if (message.type === 'fault') return new ProgramFault(`It says, while ${doing}: ${String(message.message).slice(0, LONGEST_LOG)}`)
  return new ProgramFault(`It sent a message of type ${excerpt(message.type)} while ${doing}; ${wanted} was expected.`)
}

function stepIn({ step }: Record<string, unknown>, last: number, until: number): number {
  if (typeof step === 'number' && Number.isInteger(step) && step >= last && step <= until) return step
  throw new ProgramFault(`It reported metrics of learn step ${excerpt(step)}; between ${last} and ${until} they were expected.`)
}

function valuesIn({ values }: Record<string, unknown>, step: number): Record<string, number> {
  if (typeof values !== 'object' || values === null)
    throw new ProgramFault(`The values of its metrics are not an object: ${excerpt(values)}.`)
  for (const [key, value] of Object.entries(values)) {
    if (typeof value !== 'number' || !Number.isFinite(value))
      throw new ProgramFault(`Its ${excerpt(key)} at learn step ${step} is not a finite number: ${excerpt(value)}.`)
  }
  return values as Record<string, number>
}
