import { createInterface } from 'node:readline'

// A program of the protocol dmro-agent/1: tabular Q-learning over the number of the task and the previous place. Its first argument is what it does
// wrong, and from when on: "hello:silent", "train:nan". Nothing but Node is needed.

const [wrong = '', moment = ''] = (process.argv[2] ?? '').split(':').reverse()

const send = (message) => process.stdout.write(`${JSON.stringify(message)}\n`)
const lines = createInterface({ input: process.stdin })[Symbol.asyncIterator]()
const hear = async () => {
  const { value, done } = await lines.next()
  if (done) process.exit(0)
  return JSON.parse(value)
}

const TYPES = { float32: Float32Array, int32: Int32Array, uint8: Uint8Array }
const arrayOf = ({ dtype, data }) => {
  const bytes = Uint8Array.from(Buffer.from(data, 'base64'))
  return new TYPES[dtype](bytes.buffer)
}

/** What a misbehaving program does in place of its answer; false where it behaves. */
async function misbehaves(where, answer) {
  if (where !== moment) return false
  const kinds = {
    silent: () => new Promise(() => setInterval(() => {}, 1000)),
    stopped: () => process.kill(process.pid, 'SIGSTOP'),
    exits: () => {
      process.stderr.write('Traceback: nothing works\n')
      process.exit(3)
    },
    crashes: () => process.kill(process.pid, 'SIGKILL'),
    closes: () => new Promise(() => process.stdout.end(() => setInterval(() => {}, 1000))),
    text: () => process.stdout.write('learning rate 0.01\n'),
    nothing: () => process.stdout.write('\n'),
    half: () => process.stdout.write(`${JSON.stringify(answer).slice(0, -3)}\n`),
    bytes: () => process.stdout.write(Buffer.from([0xff, 0xfe, 0x00, 0x0a])),
    list: () => send([answer]),
    bare: () => process.stdout.write('{"type":"actions","actions":[NaN]}\n'),
    stranger: () => send({ type: 'banana' }),
    twice: () => {
      process.stdout.write(`${JSON.stringify(answer)}\n${JSON.stringify(answer)}\n`)
    },
    endless: () => {
      const part = 'x'.repeat(2 ** 20)
      const more = () => {
        while (process.stdout.write(part));
        process.stdout.once('drain', more)
      }
      more()
    },
    fault: () => send({ type: 'fault', message: 'ValueError: no such thing' }),
    short: () => send({ ...answer, actions: answer.actions.slice(1) }),
    long: () => send({ ...answer, actions: [...answer.actions, 0] }),
    none: () => send({ type: answer.type }),
    null: () => send({ ...answer, actions: answer.actions.map(() => null) }),
    nan: () => send({ ...answer, actions: array(new Float32Array(answer.actions.length).fill(Number.NaN)) }),
    half_place: () => send({ ...answer, actions: answer.actions.map(() => 0.5) }),
    illegal: () => send({ ...answer, actions: answer.actions.map(() => 99) }),
    negative: () => send({ ...answer, actions: answer.actions.map(() => -1) }),
    shape: () => send({ ...answer, actions: { ...array(Int32Array.from(answer.actions)), shape: [answer.actions.length, 1] } }),
    size: () => send({ ...answer, actions: { ...array(Int32Array.from(answer.actions)), shape: [answer.actions.length + 1] } }),
    dtype: () => send({ ...answer, actions: { ...array(Int32Array.from(answer.actions)), dtype: 'float64' } }),
    protocol: () => send({ ...answer, protocol: 'dmro-agent/9' }),
    parameter: () => send({ ...answer, parameters: [{ key: 'rate', type: 'number', default: 7, min: 0, max: 1 }] }),
    reserved: () => send({ ...answer, parameters: [{ key: 'learnSteps', type: 'integer', default: 7, min: 0, max: 10 }] }),
    untyped: () => send({ ...answer, parameters: [{ key: 'rate', default: 7 }] }),
    metric: () => send({ ...answer, metrics: ['gap'] }),
    other: () => send({ ...answer, parameters: [] }),
    rows: () => send({ type: 'reset', rows: 1e9 }),
    early: () => send({ type: 'step', actions: [0] }),
    late: () => send({ type: 'trained', step: 1e6 }),
    past: () => send({ type: 'metrics', step: -1, values: { loss: 1 } }),
    loss: () => send({ type: 'metrics', step: answer.step, values: { loss: null } }),
    undeclared: () => send({ type: 'metrics', step: answer.step, values: { reward: 1 } }),
    flood: () => {
      const more = () => {
        while (process.stdout.write(`${JSON.stringify({ type: 'log', text: 'again' })}\n`));
        process.stdout.once('drain', more)
      }
      more()
    },
    large: () => send({ type: 'checkpoint', state: Buffer.alloc(40 * 2 ** 20).toString('base64') }),
    wordless: () => send({ type: 'checkpoint', state: 17 })
  }
  if (!kinds[wrong]) throw new Error(`no such wrong: ${wrong}`)
  await kinds[wrong]()
  return true
}

function array(values) {
  const dtype = values instanceof Float32Array ? 'float32' : 'int32'
  return { dtype, shape: [values.length], data: Buffer.from(values.buffer).toString('base64') }
}

/** [key] values of each place. */
let table = {}
let world
let run
let random

/** A generator whose state is one number, so that it can be handed over. */
const draw = () => {
  random = (Math.imul(random, 1664525) + 1013904223) >>> 0
  return random / 2 ** 32
}

const keyOf = (observations, row) => {
  const state = observations.subarray(row * world.inputs, (row + 1) * world.inputs)
  const left = state.subarray(world.places).reduce((sum, value) => sum + (value > 0), 0)
  return `${left} ${state.subarray(0, world.places).indexOf(1)}`
}
const valuesOf = (key) => (table[key] ??= new Array(world.places).fill(0))
const legalOf = (moves, row) => Array.from({ length: world.places }, (_, k) => k).filter((k) => moves[row * world.places + k])
const best = (key, legal) => legal.reduce((a, b) => (valuesOf(key)[b] > valuesOf(key)[a] ? b : a))

async function state() {
  const answer = await hear()
  return { ...answer, observations: arrayOf(answer.observations), moves: arrayOf(answer.moves) }
}

/** One learn step: eight workflows from start to end. */
async function learn(step) {
  const rows = 8
  send({ type: 'reset', rows, references: step === 1 })
  let now = await state()
  let error = 0
  for (;;) {
    const keys = Array.from({ length: rows }, (_, row) => keyOf(now.observations, row))
    const actions = keys.map((key, row) => {
      const legal = legalOf(now.moves, row)
      if (legal.length === 0) return 0
      return draw() < run.parameters.epsilon ? legal[Math.floor(draw() * legal.length)] : best(key, legal)
    })
    send({ type: 'step', actions })
    const before = now
    now = await state()
    const [rewards, dones] = [arrayOf(now.rewards), arrayOf(now.dones)]
    let left = 0
    for (let row = 0; row < rows; row++) {
      if (legalOf(before.moves, row).length === 0) continue
      const legal = legalOf(now.moves, row)
      const next = dones[row] ? 0 : valuesOf(keyOf(now.observations, row))[best(keyOf(now.observations, row), legal)]
      const values = valuesOf(keys[row])
      const difference = rewards[row] + next - values[actions[row]]
      values[actions[row]] += run.parameters.rate * difference
      error += difference ** 2
      if (!dones[row]) left++
    }
    if (left === 0) break
  }
  const answer = { type: 'metrics', step, values: { loss: error, epsilon: run.parameters.epsilon } }
  if (!(await misbehaves('metrics', answer))) send(answer)
}

const HELLO = {
  type: 'hello',
  protocol: 'dmro-agent/1',
  title: 'Tabular Q',
  summary: 'A table of values by tasks left and previous place.',
  made: 'Node',
  learnSteps: 200,
  metrics: ['loss', 'epsilon'],
  parameters: [
    {
      key: 'rate',
      type: 'number',
      default: 0.1,
      min: 0,
      max: 1,
      label: 'Rate',
      sentence: 'Share of a difference that is learned.',
      common: true
    },
    { key: 'epsilon', type: 'number', default: 0.2, min: 0, max: 1 }
  ]
}

for (;;) {
  const message = await hear()
  const { type } = message
  let answer
  if (type === 'hello') {
    answer = { ...HELLO }
    if (wrong === 'rule') delete answer.learnSteps
  } else if (type === 'start') {
    run = message
    world = message.world
    random = message.seed
    if (message.checkpoint) ({ table, random } = JSON.parse(Buffer.from(message.checkpoint, 'base64').toString()))
    // A program whose resumes differ.
    if (message.checkpoint && wrong === 'forgetful') random = process.pid
    run.at = message.step
    if (wrong === 'chatty') process.stderr.write('ready to learn\n')
    answer = { type: 'ready' }
  } else if (type === 'train') {
    if (!(await misbehaves('train', { type: 'trained', step: message.until }))) {
      while (run.at < message.until) await learn(++run.at)
      send({ type: 'trained', step: run.at })
    }
    continue
  } else if (type === 'decide') {
    const [observations, moves] = [arrayOf(message.observations), arrayOf(message.moves)]
    const rows = message.rows.shape[0]
    answer = {
      type: 'actions',
      actions: Array.from({ length: rows }, (_, row) => best(keyOf(observations, row), legalOf(moves, row)))
    }
  } else if (type === 'checkpoint') {
    answer = { type, state: Buffer.from(JSON.stringify({ table, random })).toString('base64') }
  } else process.exit(0)
  if (!(await misbehaves(type, answer))) send(answer)
}
