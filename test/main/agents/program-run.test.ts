import { describe, expect, it } from 'vitest'
import { isAlive } from '../../processes'
import { ProgramListener, specOf, started } from './trial'

describe('a program of the user’s', () => {
  it('trains, is evaluated by the lab, and ends', async () => {
    const run = await new ProgramListener().run(started(), specOf({ learnSteps: 300 }))
    expect(run.failure).toBeUndefined()
    expect(run.ended).toMatchObject({ outcome: 'completed', learnSteps: 300, evaluation: { workflows: 20, inSample: false } })
    expect(run.steps('gap')).toEqual([0, 20, 40, 60, 80, 100, 120, 140, 160, 180, 200, 220, 240, 260, 280, 300])
    expect(run.points.get('loss')?.length).toBe(300)
    const gaps = run.points.get('gap')?.map(([, gap]) => gap) ?? []
    expect(gaps.at(-1)).toBeLessThan(gaps[0])
    expect(run.ended?.evaluation?.gapMean).toBe(gaps.at(-1))
    expect([...run.pids.values()]).toEqual([false])
    for (const pid of run.pids.keys()) expect(isAlive(pid)).toBe(false)
  })

  it('comes to the same curves whenever it runs', async () => {
    const [a, b] = await Promise.all([new ProgramListener().run(started()), new ProgramListener().run(started())])
    for (const metric of ['loss', 'gap', 'cost']) expect(b.points.get(metric)).toEqual(a.points.get(metric))
    const other = await new ProgramListener().run(started(), specOf({}, 2))
    expect(other.points.get('loss')).not.toEqual(a.points.get('loss'))
  })

  it('resumes from what it handed over to what it would have come to', async () => {
    const whole = await new ProgramListener().run(started())
    const [, kept] = whole.checkpoints
    expect(kept.learnSteps).toBe(40)
    const rest = await new ProgramListener().run(started(), specOf(), kept.bytes.slice())
    expect(rest.failure).toBeUndefined()
    expect(rest.points.get('loss')).toEqual(whole.points.get('loss')?.slice(40))
    expect(rest.ended?.evaluation?.costs).toEqual(whole.ended?.evaluation?.costs)
    expect(rest.notes).toEqual([])
  })

  it('says where nothing is claimed of a resumption', async () => {
    const whole = await new ProgramListener().run(started())
    const rest = await new ProgramListener().run(started('', { isExact: false }), specOf(), whole.checkpoints[0].bytes)
    expect(rest.notes).toEqual([expect.stringContaining('may differ from an uninterrupted run')])
  })

  it('pauses with a checkpoint, and continues from there', async () => {
    const first = await new ProgramListener({ after: 3, what: 'pause' }).run(started())
    expect(first.ended).toMatchObject({ outcome: 'paused' })
    const { bytes, learnSteps } = first.checkpoints.at(-1) ?? { bytes: undefined, learnSteps: 0 }
    expect(learnSteps).toBe(first.ended?.learnSteps)
    const second = await new ProgramListener().run(started(), specOf(), bytes)
    const whole = await new ProgramListener().run(started())
    expect([...(first.points.get('loss') ?? []), ...(second.points.get('loss') ?? [])]).toEqual(whole.points.get('loss'))
  })

  it('is gone at once where it is cancelled while it is waited for', async () => {
    const run = await new ProgramListener({ after: 2, what: 'cancel' }).run(started('train:silent'))
    expect(run.ended).toMatchObject({ outcome: 'cancelled' })
    for (const pid of run.pids.keys()) expect(isAlive(pid)).toBe(false)
  })

  it('places without training where it declares no learn steps', async () => {
    const { learnSteps: _, ...hello } = started().hello
    const { rate, epsilon } = specOf().parameters
    const run = await new ProgramListener().run(started('never:rule', { hello }), { ...specOf(), parameters: { rate, epsilon } })
    expect(run.ended).toMatchObject({ outcome: 'completed', learnSteps: 20, evaluation: { workflows: 20 } })
    expect(run.points.size).toBe(0)
  })
})

/** What a program can do wrong, when, and what is said of it. */
const WRONGS: [wrong: string, says: RegExp][] = [
  ['hello:silent', /did not answer within 1 s while saying hello/],
  ['hello:stopped', /did not answer within 1 s while saying hello/],
  ['hello:exits', /ended with exit code 3 while saying hello/],
  ['hello:protocol', /protocol must be "dmro-agent\/1", not "dmro-agent\/9"|protocol must be "dmro-agent\/1", not dmro-agent\/9/],
  ['hello:parameter', /parameters\[0\]\.default does not fit: rate must be between 0 and 1, not 7/],
  ['hello:reserved', /must not be "learnSteps", which the lab itself asks for/],
  ['hello:untyped', /parameters\[0\]\.type must be integer, number, choice or switch/],
  ['hello:metric', /metrics must be among loss, reward, epsilon, learningRate, .*not gap/],
  ['hello:other', /declares other parameters than when it was last checked.*lab agents check tabular/],
  ['hello:text', /Line 1 of its stdout is not a JSON object: learning rate 0\.01/],
  ['hello:nothing', /Line 1 of its stdout is not a JSON object/],
  ['hello:bytes', /Line 1 of its stdout is not a JSON object/],
  ['hello:list', /Line 1 of its stdout is not a JSON object/],
  ['hello:half', /Line 1 of its stdout is not a JSON object/],
  ['hello:twice', /sent more than the one "hello"|sent a message of type hello while starting a run/],
  ['hello:endless', /more than 64 MiB without the end of a line/],
  ['start:stranger', /a message of type banana while starting a run; ready was expected/],
  ['start:fault', /It says, while starting a run: ValueError: no such thing/],
  ['decide:short', /sent 19 actions where 20 were asked for/],
  ['decide:long', /sent 21 actions where 20 were asked for/],
  ['decide:none', /neither a list of numbers nor an array/],
  ['decide:null', /action of row 0 is not a number: null/],
  ['decide:bare', /not a JSON object.*JSON has no NaN/],
  ['decide:nan', /action of row 0 is not a number/],
  ['decide:half_place', /action of row 0 is 0\.5, not the number of a place/],
  ['decide:illegal', /illegal move: row 0: place 99 is not among the/],
  ['decide:negative', /illegal move: row 0: place -1 is not among the/],
  ['decide:shape', /actions have the shape \[20, 1\]/],
  ['decide:size', /actions hold 80 bytes, which is not what int32 of shape \[21\] takes/],
  ['decide:dtype', /neither a list of numbers nor an array of dtype float32, int32, uint8/],
  ['decide:stopped', /did not answer within 2 s while placing workflows/],
  ['decide:crashes', /was ended by SIGKILL while placing workflows/],
  ['decide:closes', /did not answer within 2 s while placing workflows/],
  ['train:rows', /asked for 1000000000 rows; a whole number between 1 and 4096/],
  ['train:early', /asked for a step before a reset/],
  ['train:late', /trained until learn step 1000000, not 1/],
  ['train:flood', /lines of metrics and log while training/],
  ['train:exits', /ended with exit code 3 while training from learn step 0 to 1/],
  ['metrics:past', /metrics of learn step -1; between 0 and 1/],
  ['metrics:loss', /Its loss at learn step 1 is not a finite number: null/],
  ['metrics:undeclared', /reported "reward", which is not among the metrics it declared: loss, epsilon/],
  ['checkpoint:large', /checkpoint takes 41,943,040 bytes; at most 33,554,432 are kept/],
  ['checkpoint:wordless', /state of its checkpoint is not a text in base64: 17/]
]

describe('a program that does wrong', () => {
  it.each(WRONGS)('fails its run with that sentence and leaves nothing behind: %s', async (wrong, says) => {
    const run = await new ProgramListener().run(
      started(wrong, {
        patience: { hello: wrong.endsWith('silent') || wrong.endsWith('stopped') ? 1 : 20, answer: /stopped|closes/.test(wrong) ? 2 : 20 }
      })
    )
    expect(run.ended).toBeUndefined()
    expect(run.failure).toMatch(says)
    expect(run.failure).toMatch(/^tabular: /)
    expect([...run.pids.values()]).toEqual([false])
    for (const pid of run.pids.keys()) expect(isAlive(pid)).toBe(false)
  })

  it('has the end of its stderr in the log of its run', async () => {
    const run = await new ProgramListener().run(started('train:exits'))
    expect(run.notes).toEqual(['The end of its stderr:\nTraceback: nothing works'])
  })

  it('is told where its command cannot be started', async () => {
    const run = await new ProgramListener().run(started('', { command: ['no-such-program-anywhere'] }))
    expect(run.failure).toMatch(/could not be started: spawn no-such-program-anywhere ENOENT/)
  })
})
