import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, describe, expect, it } from 'vitest'
import { directClient, type Lab, openLab } from '../../../src/main/api'
import { comparisonFile, reportedComparison } from '../../../src/main/api/comparison-results'
import { forkWorkers } from '../../../src/main/processes/fork'
import { openStore } from '../../../src/main/store'
import { BUILT_WORKER } from './hosts'

const homes: string[] = []
const labs: Lab[] = []
const before = process.env.LAB_BACKEND

afterEach(async () => {
  await Promise.all(labs.splice(0).map((lab) => lab.close()))
  for (const home of homes.splice(0)) rmSync(home, { recursive: true, force: true })
  if (before === undefined) delete process.env.LAB_BACKEND
  else process.env.LAB_BACKEND = before
})

function temporaryHome(): string {
  const home = mkdtempSync(join(tmpdir(), 'dmro-approximate-'))
  homes.push(home)
  return home
}

/** A lab whose workers compute with one backend. */
function labOn(backend: 'native' | 'wasm', home: string): { lab: Lab; client: ReturnType<typeof directClient> } {
  const spawn = forkWorkers(BUILT_WORKER)
  const spawnWorker = () => {
    process.env.LAB_BACKEND = backend
    return spawn()
  }
  const lab = openLab({ store: openStore(home), spawnWorker, parallel: 1 })
  labs.push(lab)
  return { lab, client: directClient(lab) }
}

const experiment = {
  format: 'dmro-experiment/1',
  name: 'moved',
  scenarios: ['one-edge-one-cloud'],
  algorithms: [{ id: 'dqn', parameters: { learnSteps: 600, evaluateEvery: 100, checkpointEvery: 50 } }],
  seeds: [1],
  heldOut: 20
}

/** A run that was paused midway on the native backend; its lab is closed. */
async function pausedRun(home: string): Promise<{ id: string; learnSteps: number }> {
  const { lab, client } = labOn('native', home)
  const { runs } = await client.experiments.start({ source: { document: experiment } })
  const row = async () => (await client.runs.get({ id: runs[0] })).row
  await expect.poll(async () => (await row()).learnSteps, { timeout: 60_000, interval: 5 }).toBeGreaterThan(50)
  await client.runs.pause({ ids: runs })
  await expect.poll(async () => (await row()).status, { timeout: 30_000 }).toBe('paused')
  const { learnSteps } = await row()
  await lab.close()
  return { id: runs[0], learnSteps }
}

describe('a run that is resumed on another backend', () => {
  it('is refused as exact by a sentence that names both backends and the way out, and stays as it was', async () => {
    const home = temporaryHome()
    const { id } = await pausedRun(home)
    const { client } = labOn('wasm', home)
    const refused = client.runs.resume({ ids: [id] })
    await expect(refused).rejects.toMatchObject({ code: 'INEXACT', data: { ids: [id] } })
    await expect(refused).rejects.toThrow(/backend native .* → wasm .*--approximate/)
    expect((await client.runs.get({ id })).row).toMatchObject({ status: 'paused' })
  })

  it('fails before it learns where it is resumed past that question, and can still go on where it was trained', async () => {
    const home = temporaryHome()
    const { id, learnSteps } = await pausedRun(home)
    const other = labOn('wasm', home)
    expect(other.lab.supervisor?.resume([id])).toEqual({ changed: [id] })
    await expect.poll(async () => (await other.client.runs.get({ id })).row.status, { timeout: 60_000 }).toBe('failed')
    const failed = await other.client.runs.get({ id })
    expect(failed.row.message).toMatch(/backend native .* → wasm/)
    expect(failed.checkpoint?.learnSteps).toBe(learnSteps)
    expect(failed.machine?.backend).toBe('native')
    await other.lab.close()
    const { client } = labOn('native', home)
    await client.runs.resume({ ids: [id] })
    await expect.poll(async () => (await client.runs.get({ id })).row.status, { timeout: 60_000 }).toBe('completed')
    const { row, attempts } = await client.runs.get({ id })
    expect(row.approximate).toBeUndefined()
    expect(attempts.map(({ fromStep, machine }) => [fromStep, machine.backend])).toEqual([
      [0, 'native'],
      [learnSteps, 'native']
    ])
  })

  it('goes on approximately where that is asked for, labelled so wherever it is told of, with both machines', async () => {
    const home = temporaryHome()
    const { id, learnSteps } = await pausedRun(home)
    const { lab, client } = labOn('wasm', home)
    await client.runs.resume({ ids: [id], approximate: true })
    await expect.poll(async () => (await client.runs.get({ id })).row.status, { timeout: 60_000 }).toBe('completed')
    const { row, attempts, log } = await client.runs.get({ id })
    expect(row.approximate).toMatch(
      new RegExp(`^Approximate: it went on from learn step ${learnSteps} on another machine \\(backend native .* → wasm`)
    )
    expect(attempts.map(({ fromStep, machine }) => [fromStep, machine.backend])).toEqual([
      [0, 'native'],
      [learnSteps, 'wasm']
    ])
    expect(log.map(({ text }) => text)).toContain(row.approximate)
    expect((await client.runs.list({}))[0].approximate).toBe(row.approximate)

    const comparison = await reportedComparison(lab, { ids: [id] })
    const said = `it went on from learn step ${learnSteps} on another machine`
    expect(await comparisonFile(lab, comparison, 'html')).toContain(said)
    expect(await comparisonFile(lab, comparison, 'latex')).toContain(said)
    const [head, first] = (await comparisonFile(lab, comparison, 'csv')).split('\r\n').map((line) => line.split(','))
    expect(first[head.indexOf('approximate')]).toBe(id)
    const exported = JSON.parse(Buffer.from(await (await client.runs.export({ ids: [id] })).arrayBuffer()).toString('utf8'))
    expect(exported.runs[0]).toMatchObject({ approximate: row.approximate, attempts: [{ fromStep: 0 }, { fromStep: learnSteps }] })
  })

  it('starts from scratch as exact as ever where it has no checkpoint', async () => {
    const home = temporaryHome()
    const { id } = await pausedRun(home)
    const { lab, client } = labOn('wasm', home)
    lab.store.checkpoints.clear(id)
    await client.runs.resume({ ids: [id] })
    await expect.poll(async () => (await client.runs.get({ id })).row.status, { timeout: 60_000 }).toBe('completed')
    const { row, attempts } = await client.runs.get({ id })
    expect(row.approximate).toBeUndefined()
    expect(attempts.map(({ fromStep, machine }) => [fromStep, machine.backend])).toEqual([[0, 'wasm']])
  })
})
