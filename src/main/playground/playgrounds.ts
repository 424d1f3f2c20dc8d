import { randomBytes } from 'node:crypto'
import type { AdaptBatch } from '@shared/contract/playground'
import type { GraphPlay } from '@shared/contract/playground-graphs'
import type { PlaygroundAnswer, PlaygroundAsk, PlaygroundReady, SpawnWorker, WorkerHandle } from '../processes/protocol'

/** More open playgrounds than this cost more memory than they are worth: the one idle longest gives way. */
const MOST_SESSIONS = 3

/** A playground nobody has asked anything for this long is ended. */
const IDLE_MS = 10 * 60_000

/** What a playground refused, by what was wrong. */
export class PlaygroundError extends Error {
  override name = 'PlaygroundError'
  constructor(
    readonly why: 'misfit' | 'invalid' | 'fault' | 'ended',
    message: string
  ) {
    super(message)
  }
}

const ENDED = 'This playground has ended: it was idle, made space for another, or its process died. Open it again.'

type Listener = (answer: PlaygroundAnswer | undefined) => void

/** One playground: a worker of its own, asked and answered by numbers. */
class Playground {
  readonly id = randomBytes(12).toString('base64url')
  usedAt = Date.now()
  /** Adaptations that continue. */
  busy = 0
  readonly #worker: WorkerHandle
  readonly #listeners = new Map<number, Listener>()
  readonly #ready: Promise<void>
  #last = 0
  #gone = false

  constructor(spawnWorker: SpawnWorker, onEnd: () => void) {
    this.#worker = spawnWorker()
    this.#ready = new Promise((resolve) => {
      this.#worker.onMessage((message) => {
        if (message.type === 'ready') resolve()
        else if (message.type === 'played') this.#listeners.get(message.id)?.(message.answer)
      })
    })
    this.#worker.onExit(() => {
      this.#gone = true
      for (const listener of this.#listeners.values()) listener(undefined)
      this.#listeners.clear()
      onEnd()
    })
  }

  /** Asks, and hands every answer to `listener`; undefined where the process is gone. Returns the question's number and how to listen no more. */
  ask(ask: PlaygroundAsk, listener: Listener): { id: number; forget: () => void } {
    this.usedAt = Date.now()
    const id = ++this.#last
    if (this.#gone) listener(undefined)
    else {
      this.#listeners.set(id, listener)
      void this.#ready.then(() => this.#worker.post({ type: 'play', id, ask }))
    }
    return { id, forget: () => void this.#listeners.delete(id) }
  }

  once(ask: PlaygroundAsk): Promise<PlaygroundAnswer> {
    return new Promise((resolve, reject) => {
      const { forget } = this.ask(ask, (answer) => {
        forget()
        if (answer && answer.what !== 'refused') resolve(answer)
        else reject(refusalOf(answer))
      })
    })
  }

  end(): void {
    this.#worker.kill()
  }
}

function refusalOf(answer: PlaygroundAnswer | undefined): PlaygroundError {
  return answer?.what === 'refused' ? new PlaygroundError(answer.why, answer.message) : new PlaygroundError('ended', ENDED)
}

/** The open playgrounds of a lab, each a process. */
export class Playgrounds {
  readonly #spawnWorker: SpawnWorker
  readonly #sessions = new Map<string, Playground>()
  readonly #watch: NodeJS.Timeout

  constructor(spawnWorker: SpawnWorker, idleMs = IDLE_MS) {
    this.#spawnWorker = spawnWorker
    this.#watch = setInterval(
      () => {
        for (const session of this.#sessions.values()) if (session.busy === 0 && Date.now() - session.usedAt > idleMs) session.end()
      },
      Math.min(idleMs / 2, 30_000)
    )
    this.#watch.unref()
  }

  /** How many are open. */
  get size(): number {
    return this.#sessions.size
  }

  /** Opens one. Rejects with PlaygroundError where the policy does not fit. */
  async open(ask: Omit<Extract<PlaygroundAsk, { what: 'open' }>, 'what'>): Promise<{ session: string; ready: PlaygroundReady }> {
    if (this.#sessions.size >= MOST_SESSIONS) {
      const [oldest] = [...this.#sessions.values()].sort((a, b) => a.usedAt - b.usedAt)
      this.#end(oldest)
    }
    const session: Playground = new Playground(this.#spawnWorker, () => void this.#sessions.delete(session.id))
    this.#sessions.set(session.id, session)
    try {
      const answer = await session.once({ what: 'open', ...ask })
      if (answer.what !== 'opened') throw new PlaygroundError('fault', `the playground answered "${answer.what}"`)
      const { what: _, ...ready } = answer
      return { session: session.id, ready }
    } catch (error) {
      this.#end(session)
      throw error
    }
  }

  /** Rejects with PlaygroundError. */
  async decide(id: string, ask: Omit<Extract<PlaygroundAsk, { what: 'decide' }>, 'what'>) {
    const answer = await this.#of(id).once({ what: 'decide', ...ask })
    if (answer.what !== 'decided') throw new PlaygroundError('fault', `the playground answered "${answer.what}"`)
    return answer.decision
  }

  /** Rejects with PlaygroundError. */
  async observe(id: string, ask: Omit<Extract<PlaygroundAsk, { what: 'observe' }>, 'what'>) {
    const answer = await this.#of(id).once({ what: 'observe', ...ask })
    if (answer.what !== 'observed') throw new PlaygroundError('fault', `the playground answered "${answer.what}"`)
    return answer.detection
  }

  /** Batches until the adaptation ends or the reader leaves, which stops it. Throws PlaygroundError. */
  async *adapt(
    id: string,
    ask: Omit<Extract<PlaygroundAsk, { what: 'adapt' }>, 'what'>,
    signal?: AbortSignal
  ): AsyncGenerator<AdaptBatch, void> {
    for await (const answer of this.#answers(id, { what: 'adapt', ...ask }, signal)) {
      if (answer.what !== 'adapting') throw refusalOf(answer)
      yield answer.batch
      if (answer.batch.ended) return
    }
  }

  /** What a policy of graphs does, as far as it is known, until all of it is, the reader leaves or asks again. Throws PlaygroundError. */
  async *play(
    id: string,
    ask: Omit<Extract<PlaygroundAsk, { what: 'play' }>, 'what'>,
    signal?: AbortSignal
  ): AsyncGenerator<GraphPlay, void> {
    for await (const answer of this.#answers(id, { what: 'play', ...ask }, signal)) {
      if (answer.what === 'stopped') return
      if (answer.what !== 'playing') throw refusalOf(answer)
      yield answer.play
      if (answer.play.ended) return
    }
  }

  /** The answers to a question that come one after another, until the reader leaves, which stops them. Throws PlaygroundError. */
  async *#answers(id: string, ask: PlaygroundAsk, signal?: AbortSignal): AsyncGenerator<PlaygroundAnswer, void> {
    const session = this.#of(id)
    const waiting: (PlaygroundAnswer | undefined)[] = []
    let wake = (): void => {}
    const { id: asked, forget } = session.ask(ask, (answer) => {
      waiting.push(answer)
      wake()
    })
    const leave = () => wake()
    signal?.addEventListener('abort', leave)
    session.busy++
    try {
      while (!signal?.aborted) {
        if (waiting.length === 0) {
          await new Promise<void>((resolve) => {
            wake = resolve
          })
          continue
        }
        const answer = waiting.shift()
        if (!answer) throw refusalOf(answer)
        session.usedAt = Date.now()
        yield answer
      }
    } finally {
      session.busy--
      forget()
      signal?.removeEventListener('abort', leave)
      // What has ended takes no notice; a worker that is gone already has stopped.
      if (this.#sessions.has(id)) await session.once({ what: 'stop', of: asked }).catch(() => {})
    }
  }

  close(id: string): void {
    const session = this.#sessions.get(id)
    if (session) this.#end(session)
  }

  closeAll(): void {
    clearInterval(this.#watch)
    for (const session of [...this.#sessions.values()]) this.#end(session)
  }

  #of(id: string): Playground {
    const session = this.#sessions.get(id)
    if (!session) throw new PlaygroundError('ended', ENDED)
    return session
  }

  #end(session: Playground): void {
    this.#sessions.delete(session.id)
    session.end()
  }
}
