import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { lineOf } from '@shared/algorithms/looks'
import type { RunRow } from '@shared/contract/records'
import { algorithmCards } from '../../../src/main/algorithms'
import { shareCards } from '../../../src/main/agents/catalogue'
import { directClient, type Lab } from '../../../src/main/api'
import { paperColor } from '../../../src/main/drawing/palette'
import { bundled, imported } from '../bundle/histories'
import { isRunning } from '../../processes'
import { openTestLab, refusalOf } from '../api/hosts'
import { AGENT, commandOf } from './trial'

/** Programs in a lab whose workers are the ones that are shipped. */

let lab: Lab
let client: ReturnType<typeof directClient>
let close: () => Promise<void>

beforeEach(() => {
  ;({ lab, close } = openTestLab())
  client = directClient(lab)
})

afterEach(async () => {
  await close()
  shareCards([])
})

const experiment = (algorithms: { id: string; parameters?: object; initialWeights?: string }[], seeds = [1]) => ({
  format: 'dmro-experiment/1',
  name: 'programs',
  scenarios: ['one-edge-one-cloud'],
  algorithms,
  seeds,
  heldOut: 20
})
const SHORT = { learnSteps: 60, evaluateEvery: 20, checkpointEvery: 20 }

async function until(run: string, passes: (row: RunRow) => boolean): Promise<RunRow> {
  return new Promise((resolve) => {
    const look = () => {
      const row = lab.store.runs.row(run)
      if (!row || !passes(row)) return
      stop?.()
      resolve(row)
    }
    const stop = lab.supervisor?.subscribe({ onEvent: look })
    look()
  })
}

const isOver = ({ status }: RunRow) => ['completed', 'failed', 'cancelled'].includes(status)

describe('a registered program', () => {
  it('is checked, and is an algorithm like any other', async () => {
    const row = await client.agents.add({ name: 'tabular', command: commandOf() })
    expect(row.check?.fault).toBeUndefined()
    expect(row.check?.steps.map(({ what, isGood }) => [what, isGood])).toEqual(
      ['hello', 'parameters', 'start', 'train', 'evaluate', 'checkpoint', 'resume'].map((what) => [what, true])
    )
    expect(row).toMatchObject({ algorithm: 'agent-tabular', check: { title: 'Tabular Q', made: 'Node', parameters: 2, isExact: true } })
    const card = (await client.system.catalogue({})).algorithms.find(({ id }) => id === 'agent-tabular')
    expect(card?.parameters.map(({ key }) => key)).toEqual(['learnSteps', 'rate', 'epsilon', 'evaluateEvery', 'checkpointEvery'])
    const document = experiment([{ id: 'agent-tabular', parameters: { ...SHORT, rate: [0.1, 0.3] } }, { id: 'greedy' }], [1, 2])
    const { runs } = await client.experiments.start({ source: { document } })
    expect(runs).toHaveLength(6)
    const rows = await Promise.all(runs.map((run) => until(run, isOver)))
    expect(rows.map(({ status }) => status)).toEqual(runs.map(() => 'completed'))
    const own = rows.filter(({ algorithm }) => algorithm === 'agent-tabular')
    expect(new Set(own.map(({ evaluation }) => evaluation?.gapMean)).size).toBeGreaterThan(1)
    expect(lab.store.curves.summaries(own[0].id).map(({ metric }) => metric)).toEqual(
      expect.arrayContaining(['loss', 'epsilon', 'cost', 'gap', 'delay', 'energy', 'speed'])
    )
    expect((await client.agents.list({}))[0].runs).toBe(4)
    // Figures on paper have its line, whenever it was registered.
    expect(paperColor(lineOf(algorithmCards, 'agent-tabular').color)).toBe(card?.look?.light)
  })

  it('is refused for parameters that it does not have, and for weights', async () => {
    await client.agents.add({ name: 'tabular', command: commandOf() })
    const document = experiment([{ id: 'agent-tabular', parameters: { rate: 7, speed: 1 }, initialWeights: 'psi' }])
    const { message } = await refusalOf(client.experiments.start({ source: { document } }))
    expect(message).toContain('rate must be between 0 and 1, not 7')
    expect(message).toContain('agent-tabular has no parameter "speed"; it has learnSteps, rate, epsilon, evaluateEvery, checkpointEvery')
    expect(message).toContain('cannot start from one of the lab')
  })

  it('is not claimed to resume exactly where its resumes differ', async () => {
    const { check } = await client.agents.add({ name: 'forgetful', command: commandOf('never:forgetful') })
    expect(check).toMatchObject({ isExact: false })
    expect(check?.fault).toBeUndefined()
    expect(check?.steps.at(-1)?.says).toContain('not claimed')
  })

  it('is registered with what it does wrong, and told so when it is asked for', async () => {
    const { check } = await client.agents.add({ name: 'broken', command: commandOf('hello:exits') })
    expect(check).toMatchObject({ fault: 'It ended with exit code 3 while saying hello.', stderr: 'Traceback: nothing works' })
    const { message } = await refusalOf(client.experiments.start({ source: { document: experiment([{ id: 'agent-broken' }]) } }))
    expect(message).toContain('lab agents add broken -- COMMAND')
  })

  it('is unknown by another name, with the way to register it', async () => {
    const document = experiment([{ id: 'agent-nobody' }])
    const { message } = await refusalOf(client.experiments.start({ source: { document } }))
    expect(message).toContain('no program "nobody" is registered on this machine; register it: lab agents add nobody -- COMMAND')
    expect(await refusalOf(client.agents.check({ name: 'nobody' }))).toMatchObject({ code: 'NOT_FOUND' })
  })

  it('stands in a file of its owner’s alone, and in nothing that leaves the machine', async () => {
    await client.agents.add({ name: 'tabular', command: commandOf() })
    const file = join(lab.store.home, 'agents.json')
    if (process.platform !== 'win32') expect(statSync(file).mode & 0o077).toBe(0)
    expect(readFileSync(file, 'utf8')).toContain(AGENT)
    const { runs, experimentId } = await client.experiments.start({
      source: { document: experiment([{ id: 'agent-tabular', parameters: SHORT }]) }
    })
    await until(runs[0], isOver)
    expect(
      JSON.stringify([lab.store.runs.spec(runs[0]), lab.store.experiments.get(experimentId), lab.store.log.of(runs[0])])
    ).not.toContain(AGENT)
  })

  it('is seen in a lab that is open when it is registered beside it', async () => {
    expect((await client.system.catalogue({})).algorithms.some(({ program }) => program)).toBe(false)
    const elsewhere = mkdtempSync(join(tmpdir(), 'dmro-lab-test-'))
    try {
      const other = openTestLab()
      await directClient(other.lab).agents.add({ name: 'tabular', command: commandOf() })
      writeFileSync(join(lab.store.home, 'agents.json'), readFileSync(join(other.lab.store.home, 'agents.json')))
      await other.close()
    } finally {
      rmSync(elsewhere, { recursive: true })
    }
    expect((await client.system.catalogue({})).algorithms.some(({ program }) => program === 'tabular')).toBe(true)
    writeFileSync(join(lab.store.home, 'agents.json'), 'not json')
    expect((await client.system.catalogue({})).algorithms.some(({ program }) => program)).toBe(false)
    await expect(client.agents.list({})).rejects.toThrow(/cannot be read.*register them again/)
  })
})

describe('what a program placed', () => {
  it('is kept to be looked at, on chains and in batches, though it cannot be asked again; it is not a policy', async () => {
    await client.agents.add({ name: 'tabular', command: commandOf() })
    const document = {
      ...experiment([{ id: 'agent-tabular', parameters: { ...SHORT, learnSteps: 2 } }]),
      scenarios: ['one-edge-one-cloud', 'shared-1x20'],
      heldOut: 3
    }
    const { runs } = await client.experiments.start({ source: { document } })
    for (const run of runs) {
      const { status, evaluation } = await until(run, isOver)
      expect(status).toBe('completed')
      const { workflows } = await client.runs.placements({ id: run })
      expect(workflows.map(({ cost }) => cost)).toEqual(lab.store.evaluations.get(run)?.costs)
      expect(evaluation?.workflows).toBe(workflows.length)
      await expect(client.policies.keep({ name: 'theirs', from: { run } })).rejects.toThrow()
      expect((await client.runs.get({ id: run })).policy).toBeUndefined()
    }
    const [chain] = (await client.runs.placements({ id: runs[0] })).workflows
    const { policy } = await client.runs.inspect({ id: runs[0], workflow: chain.id })
    expect(policy.cost).toBeCloseTo(chain.cost)
    const [batch] = (await client.runs.placements({ id: runs[1] })).workflows
    expect((await client.runs.inspectBatch({ id: runs[1], batch: batch.id })).policy.cost).toBeCloseTo(batch.cost)
  })
})

describe('a bundle that names a program', () => {
  it('opens where none of that name is registered: its runs are there, and new ones are refused with the way out', async () => {
    await client.agents.add({ name: 'tabular', command: commandOf() })
    const document = experiment([{ id: 'agent-tabular', parameters: SHORT }])
    const { runs } = await client.experiments.start({ source: { document } })
    const done = await until(runs[0], isOver)
    const bytes = await bundled(lab.store, { runs })
    expect(Buffer.from(bytes).includes(AGENT)).toBe(false)
    const { lab: other, close: closeOther } = openTestLab()
    try {
      shareCards([])
      const outcome = await imported(other.store, bytes)
      const row = other.store.runs.row(outcome.runs[0].id)
      expect(row).toMatchObject({ status: 'completed', algorithm: 'agent-tabular' })
      expect(row?.evaluation?.gapMean).toBe(done.evaluation?.gapMean)
      const theirs = directClient(other)
      expect(await theirs.agents.list({})).toEqual([{ name: 'tabular', algorithm: 'agent-tabular', runs: 1 }])
      const { message } = await refusalOf(theirs.experiments.start({ source: { document } }))
      expect(message).toContain('lab agents add tabular -- COMMAND')
    } finally {
      await closeOther()
    }
  })
})

/** The program that a running run has started, by what the run's own worker says. */
const programsOf = () => algorithmCards.filter(({ program }) => program).length

describe('a run of a program', () => {
  it('is cancelled at once, and the next run goes on', async () => {
    await client.agents.add({ name: 'tabular', command: commandOf() })
    expect(programsOf()).toBe(1)
    const document = experiment([
      { id: 'agent-tabular', parameters: { learnSteps: 1_000_000, evaluateEvery: 1_000_000 } },
      { id: 'greedy' }
    ])
    const { runs } = await client.experiments.start({ source: { document } })
    await until(runs[0], ({ learnSteps }) => learnSteps > 0)
    await client.runs.cancel({ ids: [runs[0]] })
    expect((await until(runs[0], isOver)).status).toBe('cancelled')
    expect((await until(runs[1], isOver)).status).toBe('completed')
  })

  it('pauses and resumes to the same bits', async () => {
    await client.agents.add({ name: 'tabular', command: commandOf() })
    const parameters = { learnSteps: 400, evaluateEvery: 10, checkpointEvery: 1000 }
    const { runs } = await client.experiments.start({ source: { document: experiment([{ id: 'agent-tabular', parameters }]) } })
    await until(runs[0], ({ learnSteps }) => learnSteps > 0)
    await client.runs.pause({ ids: [runs[0]] })
    const paused = await until(runs[0], (row) => row.status === 'paused' || isOver(row))
    if (paused.status === 'paused') await client.runs.resume({ ids: [runs[0]] })
    const done = await until(runs[0], isOver)
    const again = await client.experiments.start({ source: { document: experiment([{ id: 'agent-tabular', parameters }]) } })
    const whole = await until(again.runs[0], isOver)
    expect([done.status, whole.status]).toEqual(['completed', 'completed'])
    expect(done.evaluation).toEqual({ ...whole.evaluation, decisionMs: done.evaluation?.decisionMs })
    for (const metric of ['loss', 'gap']) expect(lab.store.curves.read(done.id, metric)).toEqual(lab.store.curves.read(whole.id, metric))
  })

  it('fails by what the program does wrong, with its stderr in its log, and others go on', async () => {
    await client.agents.add({ name: 'tabular', command: commandOf() })
    // It was good when it was checked.
    const good = lab.agents.find('tabular')
    if (!good) throw new Error('it is registered')
    lab.agents.put({ ...good, command: commandOf('train:exits') })
    const document = experiment([{ id: 'agent-tabular', parameters: SHORT }, { id: 'greedy' }])
    const { runs } = await client.experiments.start({ source: { document } })
    const failed = await until(runs[0], isOver)
    expect(failed).toMatchObject({
      status: 'failed',
      message: expect.stringContaining('tabular: It ended with exit code 3 while training')
    })
    expect(lab.store.log.of(runs[0]).map(({ text }) => text)).toContainEqual('The end of its stderr:\nTraceback: nothing works')
    expect((await until(runs[1], isOver)).status).toBe('completed')
    lab.agents.remove('tabular')
    await client.runs.resume({ ids: [runs[0]] })
    const refused = await until(runs[0], ({ status, message }) => status === 'failed' && message?.includes('register') === true)
    expect(refused.message).toContain('No program "tabular" is registered on this machine; register it: lab agents add tabular -- COMMAND')
    const unknown = (await client.agents.list({}))[0]
    expect(unknown).toEqual({ name: 'tabular', algorithm: 'agent-tabular', runs: 1 })
  })

  it('leaves no program behind where its worker is killed', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'dmro-lab-test-'))
    const file = join(folder, 'pids')
    // Tells who it is and who started it, then is as good as any other.
    const script = `require('fs').appendFileSync(${JSON.stringify(file)}, process.pid + ' ' + process.ppid + '\\n'); import(${JSON.stringify(AGENT)})`
    await client.agents.add({ name: 'tabular', command: [process.execPath, '-e', script] })
    const parameters = { learnSteps: 1_000_000, evaluateEvery: 1_000_000 }
    const { runs } = await client.experiments.start({ source: { document: experiment([{ id: 'agent-tabular', parameters }]) } })
    await until(runs[0], ({ learnSteps }) => learnSteps > 0)
    const [program, worker] = readFileSync(file, 'utf8').trim().split('\n').at(-1)?.split(' ').map(Number) ?? []
    expect(isRunning(program)).toBe(true)
    // Stopped, it would not see that its stdin has ended.
    process.kill(program, 'SIGSTOP')
    process.kill(worker, 'SIGKILL')
    expect((await until(runs[0], isOver)).status).toBe('failed')
    await expect.poll(() => isRunning(program)).toBe(false)
    rmSync(folder, { recursive: true })
  })

  it('resumes from its last checkpoint where its program is killed, to the same bits', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'dmro-lab-test-'))
    const file = join(folder, 'pid')
    const script = `require('fs').writeFileSync(${JSON.stringify(file)}, String(process.pid)); import(${JSON.stringify(AGENT)})`
    await client.agents.add({ name: 'tabular', command: [process.execPath, '-e', script] })
    const parameters = { learnSteps: 1500, evaluateEvery: 500, checkpointEvery: 20 }
    const document = experiment([{ id: 'agent-tabular', parameters }])
    const [run] = (await client.experiments.start({ source: { document } })).runs
    await until(run, () => (lab.store.checkpoints.get(run)?.learnSteps ?? 0) > 0)
    process.kill(Number(readFileSync(file, 'utf8')), 'SIGKILL')
    const failed = await until(run, isOver)
    expect(failed).toMatchObject({ status: 'failed', message: expect.stringContaining('It was ended by SIGKILL while') })
    await client.runs.resume({ ids: [run] })
    const done = await until(run, isOver)
    const [again] = (await client.experiments.start({ source: { document } })).runs
    const whole = await until(again, isOver)
    expect([done.status, whole.status]).toEqual(['completed', 'completed'])
    expect(lab.store.log.of(run).map(({ text }) => text)).toContainEqual(
      expect.stringMatching(/^Resumes from learn step \d+ \(attempt 2\)/)
    )
    for (const metric of ['loss', 'gap']) expect(lab.store.curves.read(run, metric)).toEqual(lab.store.curves.read(again, metric))
    rmSync(folder, { recursive: true })
  })
})
