// A worker that speaks the protocol and learns nothing. What it does is in the run's parameters:
// learnSteps, stepMs, and `fault` with the step it happens at, in all seeds or in `faultSeed` alone.
import { Worker } from 'node:worker_threads'

const parameters = { learnSteps: 20, stepMs: 1, fault: '', faultAt: 5, checkpointEvery: 10 }
const wait = (ms) => new Promise((resolve) => setTimeout(resolve, ms))
const jobs = new Map()

// The shipped thread gives the signs of life; `count` is what the work has come to.
const count = new Int32Array(new SharedArrayBuffer(4))
const giveSigns = () =>
  new Promise((resolve) => {
    const thread = new Worker(new URL('../../../out/main/heartbeat.js', import.meta.url), { workerData: { count } })
    thread.unref()
    thread.once('online', resolve)
  })
const block = (ms) => Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, ms)

const faults = {
  // Long work in one go, which gets on all the while.
  long: async () => {
    await giveSigns()
    for (let i = 0; i < 50; i++) {
      block(100)
      Atomics.add(count, 0, 1)
    }
  },
  // It lives, and gets nowhere for good.
  loop: async () => {
    await giveSigns()
    for (;;) block(1000)
  },
  // Stopped although a thread of its own gave signs of life.
  halt: async () => {
    await giveSigns()
    process.kill(process.pid, 'SIGSTOP')
  },
  exit: () => process.exit(1),
  throw: () => {
    throw new Error('a fake fault')
  },
  kill: () => process.kill(process.pid, 'SIGKILL'),
  stop: () => process.kill(process.pid, 'SIGSTOP'),
  // A step back breaks the curve: the recorder must refuse it.
  backwards: (send) => send([{ metric: 'loss', steps: Float64Array.of(-5), values: Float64Array.of(0) }])
}

async function train({ run, attempt, spec, checkpoint }) {
  const { learnSteps, stepMs, fault, faultAt, faultSeed, checkpointEvery } = { ...parameters, ...spec.parameters }
  let step = checkpoint ? new DataView(checkpoint.buffer, checkpoint.byteOffset).getFloat64(0, true) : 0
  let sequence = 0
  const job = { wish: 'go', acknowledged: 0, wake: () => {} }
  jobs.set(run, job)
  const seconds = () => step / 1000
  const send = async (points, withCheckpoint = false) => {
    const state = withCheckpoint ? new Uint8Array(Float64Array.of(step).buffer) : undefined
    process.send({ type: 'batch', run, attempt, sequence: sequence++, learnSteps: step, seconds: seconds(), points, checkpoint: state })
    while (sequence - job.acknowledged >= 4 && job.wish !== 'cancel') await new Promise((resolve) => (job.wake = resolve))
  }
  const end = (outcome, more = {}) => process.send({ type: 'end', run, attempt, outcome, learnSteps: step, seconds: seconds(), ...more })
  process.send({
    type: 'machine',
    run,
    attempt,
    machine: { app: '0', node: process.version, platform: 'x', cpu: 'x', cpuFlags: '', backend: 'fake', library: '', tfjs: '', threads: 1 }
  })
  if (fault === 'fail') return process.send({ type: 'fail', run, attempt, message: 'nothing to learn' })
  while (step < learnSteps) {
    await wait(stepMs)
    step++
    if (fault && step === faultAt && !checkpoint && (faultSeed ?? spec.seed) === spec.seed) await faults[fault](send)
    const curve = (metric, value) => ({ metric, steps: Float64Array.of(step), values: Float64Array.of(value) })
    await send([curve('loss', 1 / step), curve('gap', step / 100), curve('speed', 7)], step % checkpointEvery === 0)
    if (job.wish === 'pause' && fault === 'deaf') job.wish = 'go'
    if (job.wish !== 'go') {
      await send([], true)
      return end(job.wish === 'pause' ? 'paused' : 'cancelled')
    }
  }
  end('completed', { policy: Uint8Array.of(1, step) })
}

process.on('disconnect', () => process.exit(0))
process.on('message', (message) => {
  if (message.type === 'start') for (const run of message.runs) train(run)
  const job = jobs.get(message.run)
  if (!job) return
  if (message.type === 'acknowledge') job.acknowledged = Math.max(job.acknowledged, message.sequence + 1)
  else job.wish = message.type
  job.wake()
})
process.send({ type: 'ready' })
