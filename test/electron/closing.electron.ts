import { once } from 'node:events'
import { afterEach, describe, expect, it } from 'vitest'
import { lineThrough } from './line'
import { answerQuestions, asked, PROGRAMS, type Started, start } from './program'

const LONG = {
  format: 'dmro-experiment/1',
  name: 'long',
  scenarios: ['one-edge-one-cloud'],
  algorithms: [{ id: 'dqn', parameters: { learnSteps: 1_000_000, evaluateEvery: 1_000_000 } }],
  seeds: [1],
  heldOut: 5
}
const [KEEP, STOP, CANCEL] = [0, 1, 2]

describe.each(PROGRAMS)('closing the window over a run, $name', (program) => {
  let started: Started
  afterEach(() => started?.close())

  /** A window over a run that trains. */
  async function training(): Promise<void> {
    started = await start(program)
    const { client } = await lineThrough(started.page)
    await client.experiments.start({ source: { document: LONG } })
    await expect.poll(async () => (await client.runs.list({}))[0]?.status).toBe('running')
  }
  const close = () => started.app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0].close())
  const isVisible = () => started.app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows().map((each) => each.isVisible()))

  it('asks, and leaves all as it is where that is dismissed', async () => {
    await training()
    await answerQuestions(started.app, [CANCEL])
    await close()
    await expect.poll(() => asked(started.app)).toEqual(['One run is training.'])
    expect(await isVisible()).toEqual([true])
  })

  it('hides the window and goes on training, and shows it at another start', async () => {
    await training()
    await answerQuestions(started.app, [KEEP])
    await close()
    await expect.poll(isVisible).toEqual([false])
    await started.app.evaluate(({ app }) => app.emit('second-instance', {}, [], '/'))
    await expect.poll(isVisible).toEqual([true])
  })

  it('stops at a checkpoint and ends', async () => {
    await training()
    await answerQuestions(started.app, [STOP])
    const ended = once(started.app.process(), 'exit')
    await close().catch(() => {}) // it may end before it has answered
    expect((await ended)[0]).toBe(0)
  })
})
