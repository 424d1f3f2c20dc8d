import { type ChildProcess, spawn } from 'node:child_process'
import { excerpt, ProgramFault } from './fault'
import { killGroup, watchGroup } from './group'

/** How a program is started: what the shell would make of its command, without a shell. */
export interface ProgramCommand {
  /** The program and its arguments. */
  command: readonly string[]
  /** The folder it is started in: where it was registered. */
  folder: string
}

/** Characters of a line, and of what lies unread: a checkpoint of some 48 MB is the most that fits. */
const MOST_CHARACTERS = 64 * 2 ** 20
/** Lines that lie unread before no more are taken from the program. */
const MOST_LINES = 256
/** The end of its stderr that is kept, in characters. */
const LAST_WORDS = 8192
/** How long a program has to end once it was told to, in milliseconds. */
const GRACE_MS = 2000
/** Between two looks at whether an answer is still waited for, in milliseconds. */
const LOOK_MS = 100

/** Runs train side by side, a core each: libraries of matrices are not to take all of them, unless they are told so. */
const ONE_THREAD = { OMP_NUM_THREADS: '1', OPENBLAS_NUM_THREADS: '1', MKL_NUM_THREADS: '1', VECLIB_MAXIMUM_THREADS: '1' }

/** How long an answer is waited for. */
export interface Wait {
  seconds: number
  /** What it was asked for, after "while". */
  doing: string
  /** Looked at ten times a second while nothing comes; what it throws ends the waiting. */
  meanwhile?(): void
}

/** A program that is spoken to in lines of JSON, over stdin and stdout. */
export class LineProgram {
  readonly #child: ChildProcess
  readonly #lines: string[] = []
  /** The pieces of a line that has not ended. */
  #pieces: string[] = []
  #unread = 0
  #read = 0
  #words = ''
  #end: string | undefined
  #tooLong = false
  #wake = (): void => {}
  readonly #gone: Promise<void>

  constructor({ command: [file, ...given], folder }: ProgramCommand) {
    const child = spawn(file, given, {
      cwd: folder,
      detached: process.platform !== 'win32',
      stdio: ['pipe', 'pipe', 'pipe'],
      windowsHide: true,
      env: { ...ONE_THREAD, ...process.env, PYTHONUNBUFFERED: '1' }
    })
    this.#child = child
    if (child.pid !== undefined) watchGroup(child.pid)
    child.stdout.setEncoding('utf8').on('data', (text: string) => this.#hear(text))
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      this.#words = (this.#words + text).slice(-LAST_WORDS)
    })
    // A program that is gone cannot be told anything; its end says so.
    child.stdin.on('error', () => {})
    this.#gone = new Promise((resolve) => {
      const ended = (how: string): void => {
        this.#end ??= how
        this.#wake()
        resolve()
      }
      child.on('error', (error) => child.pid === undefined && ended(`could not be started: ${error.message}`))
      child.on('exit', (code, signal) => {
        const how = signal !== null ? `was ended by ${signal}` : `ended with exit code ${code}`
        // What it said last may still be under way, unless something it started holds the pipe open.
        const deadline = setTimeout(() => ended(how), GRACE_MS)
        child.once('close', () => {
          clearTimeout(deadline)
          ended(how)
        })
      })
    })
  }

  get pid(): number | undefined {
    return this.#child.pid
  }

  /** The end of what it wrote to stderr. */
  get lastWords(): string {
    return this.#words.trim()
  }

  send(message: object): void {
    if (this.#child.stdin?.writable) this.#child.stdin.write(`${JSON.stringify(message)}\n`)
  }

  /** The next line, read. Throws ProgramFault where it is not a JSON object, too long, or does not come in time. */
  async next({ seconds, doing, meanwhile }: Wait): Promise<Record<string, unknown>> {
    const deadline = performance.now() + seconds * 1000
    for (;;) {
      const line = this.#lines.shift()
      if (line !== undefined) return this.#parsed(line)
      if (this.#tooLong) {
        throw new ProgramFault(`It sent more than ${MOST_CHARACTERS / 2 ** 20} MiB without the end of a line while ${doing}.`)
      }
      if (this.#end !== undefined) throw new ProgramFault(`It ${this.#end} while ${doing}.`)
      meanwhile?.()
      const left = deadline - performance.now()
      if (left <= 0) throw new ProgramFault(`It did not answer within ${seconds} s while ${doing}.`)
      await this.#somethingNew(Math.min(left, LOOK_MS))
    }
  }

  /** Whether it has said something that nobody asked for. */
  get hasUnread(): boolean {
    return this.#lines.length > 0
  }

  /** Tells it that there is nothing more to do, gives it a moment, and kills what is left of it. */
  async end(): Promise<void> {
    this.send({ type: 'end' })
    this.#child.stdin?.end()
    let timer: NodeJS.Timeout | undefined
    const late = new Promise<void>((resolve) => {
      timer = setTimeout(resolve, GRACE_MS)
    })
    await Promise.race([this.#gone, late]).finally(() => clearTimeout(timer))
    await this.kill()
  }

  /** Kills it and all it has started. Resolves once it is gone. */
  async kill(): Promise<void> {
    if (this.pid !== undefined) killGroup(this.pid)
    this.#child.stdout?.destroy()
    await this.#gone
  }

  #hear(text: string): void {
    const parts = text.split('\n')
    parts.forEach((part, i) => {
      this.#pieces.push(part)
      this.#unread += part.length
      if (i === parts.length - 1) return
      this.#lines.push(this.#pieces.join(''))
      this.#pieces = []
    })
    if (this.#unread > MOST_CHARACTERS && this.#lines.length === 0) {
      this.#tooLong = true
      this.#pieces = []
    }
    if (this.#tooLong || this.#lines.length > MOST_LINES || this.#unread > MOST_CHARACTERS) this.#child.stdout?.pause()
    this.#wake()
  }

  #parsed(line: string): Record<string, unknown> {
    this.#unread -= line.length
    this.#read++
    if (this.#lines.length === 0 && this.#child.stdout?.isPaused()) this.#child.stdout.resume()
    let value: unknown
    try {
      value = JSON.parse(line)
    } catch {
      // Told below.
    }
    if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value as Record<string, unknown>
    throw new ProgramFault(
      `Line ${this.#read} of its stdout is not a JSON object: ${excerpt(line)} – what is for people belongs on stderr, and JSON has no NaN.`
    )
  }

  async #somethingNew(milliseconds: number): Promise<void> {
    let timer: NodeJS.Timeout | undefined
    await new Promise<void>((resolve) => {
      timer = setTimeout(resolve, milliseconds)
      this.#wake = resolve
    })
    clearTimeout(timer)
    this.#wake = () => {}
  }
}
