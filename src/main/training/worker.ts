import { fileURLToPath } from 'node:url'
import { approximation, inexactResume, machineDifference } from '@shared/contract/machines'
import type { Machine } from '@shared/contract/records'
import { advanced } from '@shared/model/advance'
import { type Backend, describeProcessor, loadBackend } from '../learn/backend'
import { isLearned, type LearnedAlgorithm } from '../learn/learner'
import { shareCards } from '../agents/catalogue'
import { giveSigns } from '../processes/heartbeat'
import { type FromWorker, MAX_UNACKNOWLEDGED, type RunStart, type ToWorker } from '../processes/protocol'
import { playgroundIn } from '../playground/worker'
import { version } from '../version'
import { place } from './placing'
import { type ProgramHooks, runProgram } from './program-run'
import { algorithmOf, train } from './training'
import type { Trainee, TrainingHooks } from './training-member'

/**
 * Entry of a worker process: trains one group of runs after another, places where nothing is trained, and knows neither database nor window. It ends with
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

/** A run in hand. */
interface Job {
  attempt: number
  wanted: 'go' | 'pause' | 'cancel'
  sent: number
  acknowledged: number
  wake: () => void
}
const jobs = new Map<string, Job>()

const turn = () => new Promise<void>((resolve) => setImmediate(resolve))

function hooksOf(run: string, job: Job): TrainingHooks {
  const { attempt } = job
  return {
    wanted: () => job.wanted,
    async report(progress) {
      parent.post({ type: 'batch', run, attempt, sequence: job.sent++, ...progress })
      await turn()
      // Who is cancelled is heard no more: nothing of it needs to arrive.
      while (job.wanted !== 'cancel' && job.sent - job.acknowledged >= MAX_UNACKNOWLEDGED) {
        await new Promise<void>((resolve) => (job.wake = resolve))
      }
    },
    end(end) {
      if (jobs.delete(run)) parent.post({ type: 'end', run, attempt, ...end })
    },
    fail(error) {
      if (jobs.delete(run)) parent.post({ type: 'fail', run, attempt, message: error instanceof Error ? error.message : String(error) })
    }
  }
}

function programHooksOf(run: string, attempt: number): ProgramHooks {
  return {
    living: (pid, isLiving) => parent.post({ type: 'program', run, attempt, pid, isLiving }),
    note: (text) => parent.post({ type: 'note', run, attempt, text })
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

/** A run in hand that trains. */
interface Training {
  run: string
  before: RunStart['before']
  algorithm: LearnedAlgorithm
  trainee: Trainee
}

/** Says where a run is trained. One whose checkpoint was made elsewhere goes on only where it may do so approximately. */
function isExactOrApproximate({ run, before, trainee }: Training, machine: Machine): boolean {
  const difference = before && machineDifference(before.machine, machine)
  if (before && difference !== undefined && !before.mayApproximate) {
    trainee.hooks.fail(new Error(inexactResume(run, before.learnSteps, difference)))
    return false
  }
  const approximate = before && difference !== undefined ? approximation(before.learnSteps, difference) : undefined
  parent.post({ type: 'machine', run, attempt: jobs.get(run)?.attempt ?? 0, machine, ...(approximate !== undefined && { approximate }) })
  return true
}

async function start(runs: readonly RunStart[]): Promise<void> {
  const training: Training[] = []
  for (const { run, attempt, before, program, ...what } of runs) {
    const job: Job = { attempt, wanted: 'go', sent: 0, acknowledged: 0, wake: () => {} }
    jobs.set(run, job)
    const hooks = hooksOf(run, job)
    if (program) {
      await runProgram(program, { ...what, hooks }, programHooksOf(run, attempt))
      continue
    }
    try {
      const algorithm = algorithmOf(what.spec)
      if (isLearned(algorithm)) training.push({ run, before, algorithm, trainee: { ...what, hooks } })
      else await place(algorithm, { ...what, hooks })
    } catch (error) {
      hooks.fail(error)
    }
  }
  if (training.length === 0) return
  try {
    const backend = await loadBackend()
    const machine = machineOf(backend)
    const welcome = training.filter((each) => isExactOrApproximate(each, machine))
    if (welcome.length === 0) return
    await train(
      backend,
      welcome[0].algorithm,
      welcome.map(({ trainee }) => trainee)
    )
  } catch (error) {
    for (const { trainee } of training) trainee.hooks.fail(error)
  }
}

const play = playgroundIn((id, answer) => parent.post({ type: 'played', id, answer }))

/** What only computing processes need is loaded when it is first asked for. */
async function compute({ id, job, names, programs }: Extract<ToWorker, { type: 'compute' }>): Promise<void> {
  shareCards(programs)
  const { answer } = await import('../computing/answer')
  const outcome = await answer(job, names, ({ counts }) => parent.post({ type: 'computing', id, counts, from: advanced() }))
  parent.post({ type: 'computed', id, outcome })
}

parent.onMessage((message) => {
  if (message.type === 'compute') {
    void compute(message)
    return
  }
  if (message.type === 'play') {
    void play(message.id, message.ask)
    return
  }
  if (message.type === 'start') {
    void start(message.runs)
    return
  }
  if (message.type === 'describe') {
    void loadBackend().then((backend) => parent.post({ type: 'described', machine: machineOf(backend) }))
    return
  }
  // What concerns a run that has since ended is late, not wrong.
  const job = jobs.get(message.run)
  if (!job) return
  if (message.type !== 'acknowledge') {
    job.wanted = message.type
    job.wake()
  } else if (message.attempt === job.attempt) {
    job.acknowledged = Math.max(job.acknowledged, message.sequence + 1)
    job.wake()
  }
})
giveSigns(fileURLToPath(new URL('./heartbeat.js', import.meta.url)))
parent.post({ type: 'ready' })
