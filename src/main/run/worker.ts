import type { Machine } from '@shared/contract/records'
import { type Backend, describeProcessor, loadBackend } from '../learn/backend'
import { isLearned } from '../learn/learner'
import { type FromWorker, MAX_UNACKNOWLEDGED, type RunEnd, type ToWorker } from './protocol'
import { playgroundIn } from './playground-worker'
import { version } from '../version'
import { algorithmOf, place, type TrainingEnd, type TrainingHooks, train } from './training'

/**
 * Entry of a worker process: trains one run after another and knows neither database nor window. It ends with
 * its parent, whatever ends that.
 */
interface Parent {
  post(message: FromWorker): void
  onMessage(listener: (message: ToWorker) => void): void
}

/** The port of an Electron utility process, as far as it is used here. */
interface UtilityPort {
  postMessage(message: unknown): void
  on(event: 'message', listener: (event: { data: unknown }) => void): void
}

function connect(): Parent {
  const port = (process as unknown as { parentPort?: UtilityPort }).parentPort
  if (port) {
    return {
      post: (message) => port.postMessage(message),
      onMessage: (listener) => port.on('message', (event) => listener(event.data as ToWorker))
    }
  }
  process.on('disconnect', () => process.exit(0))
  return {
    // A parent that is gone cannot be told anything; "disconnect" then ends this process.
    post: (message) => void process.send?.(message, undefined, undefined, () => {}),
    onMessage: (listener) => process.on('message', (message) => listener(message as ToWorker))
  }
}

const parent = connect()

interface Current {
  run: string
  attempt: number
  wanted: 'go' | 'pause' | 'cancel'
  sent: number
  acknowledged: number
  wake: () => void
}
let current: Current | undefined

const turn = () => new Promise<void>((resolve) => setImmediate(resolve))

function hooksOf(job: Current): TrainingHooks {
  return {
    wanted: () => job.wanted,
    async report(progress) {
      parent.post({ type: 'batch', run: job.run, attempt: job.attempt, sequence: job.sent++, ...progress })
      await turn()
      while (job.sent - job.acknowledged >= MAX_UNACKNOWLEDGED) await new Promise<void>((resolve) => (job.wake = resolve))
    }
  }
}

function machineOf(backend: Backend): Machine {
  return {
    app: version,
    node: process.version,
    platform: `${process.platform}-${process.arch}`,
    ...describeProcessor(),
    backend: backend.name,
    library: backend.library,
    tfjs: backend.tfjs,
    threads: backend.threads
  }
}

async function work(message: Extract<ToWorker, { type: 'start' }>, job: Current): Promise<TrainingEnd> {
  const { spec, checkpoint, initialPolicy } = message
  const algorithm = algorithmOf(spec)
  if (!isLearned(algorithm)) return place(algorithm, spec)
  const backend = await loadBackend()
  parent.post({ type: 'machine', run: job.run, attempt: job.attempt, machine: machineOf(backend) })
  return train(backend, algorithm, spec, checkpoint, hooksOf(job), initialPolicy)
}

async function start(message: Extract<ToWorker, { type: 'start' }>): Promise<void> {
  const { run, attempt } = message
  const job: Current = { run, attempt, wanted: 'go', sent: 0, acknowledged: 0, wake: () => {} }
  current = job
  try {
    const end = await work(message, job)
    const ended: RunEnd = { type: 'end', run, attempt, ...end }
    parent.post(ended)
  } catch (error) {
    parent.post({ type: 'fail', run, attempt, message: error instanceof Error ? error.message : String(error) })
  } finally {
    current = undefined
  }
}

const play = playgroundIn((id, answer) => parent.post({ type: 'played', id, answer }))

parent.onMessage((message) => {
  if (message.type === 'play') {
    void play(message.id, message.ask)
    return
  }
  if (message.type === 'start') {
    void start(message)
    return
  }
  if (message.type === 'describe') {
    void loadBackend().then((backend) => parent.post({ type: 'described', machine: machineOf(backend) }))
    return
  }
  // What concerns a run that has ended meanwhile is late, not wrong.
  if (current?.run !== message.run) return
  if (message.type === 'pause' || message.type === 'cancel') current.wanted = message.type
  else if (message.attempt === current.attempt) {
    current.acknowledged = Math.max(current.acknowledged, message.sequence + 1)
    current.wake()
  }
})
parent.post({ type: 'ready' })
