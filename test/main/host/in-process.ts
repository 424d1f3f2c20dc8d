import { fileURLToPath } from 'node:url'
import { main } from '../../../src/main/host/cli/main'

const inRoot = (path: string) => fileURLToPath(new URL(`../../../${path}`, import.meta.url))
const PLACES = { worker: inRoot('out/main/worker.js'), page: inRoot('out/renderer') }

export interface Ended {
  code: number | null
  out: string
  err: string
}

/** A command line of one data folder. `json` reads what it printed. */
export interface CommandLine {
  (...given: string[]): Promise<Ended>
  // biome-ignore lint/suspicious/noExplicitAny: what the program printed; each test states what it must hold
  json(...given: string[]): Promise<any>
}

type Write = typeof process.stdout.write

/** Keeps what a stream is given; `end` gives the stream back and tells it. */
function kept(stream: NodeJS.WriteStream): { end(): string } {
  const before = stream.write
  let said = ''
  stream.write = ((text: string | Uint8Array, encoding?: unknown, done?: unknown) => {
    said += typeof text === 'string' ? text : Buffer.from(text).toString()
    const written = typeof encoding === 'function' ? encoding : done
    if (typeof written === 'function') process.nextTick(written as () => void)
    return true
  }) as Write
  return {
    end: () => {
      stream.write = before
      return said
    }
  }
}

/** Runs the command line in this process; what it changes of the process is put back. One at a time. */
async function ended(given: readonly string[]): Promise<Ended> {
  const listeners = new Set(process.stdout.listeners('error'))
  const { error, warn } = console
  const [out, err] = [kept(process.stdout), kept(process.stderr)]
  let code: number | null = null
  try {
    code = await main(given, PLACES)
  } finally {
    Object.assign(console, { error, warn })
    for (const listener of process.stdout.listeners('error'))
      if (!listeners.has(listener)) process.stdout.off('error', listener as () => void)
  }
  return { code, out: out.end(), err: err.end() }
}

/**
 * The command line of the data folder `home`, of the one that the environment names where it is undefined: everything but starting and ending a
 * process, which takes longer than most commands.
 */
export function commandLine(home: string | undefined): CommandLine {
  const run = (...given: string[]) => ended(home === undefined ? given : [...given, '--home', home])
  return Object.assign(run, { json: async (...given: string[]) => JSON.parse((await run(...given)).out) })
}
