import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { commandLine } from './in-process'

const folder = mkdtempSync(join(tmpdir(), 'dmro-cli-adapt-'))
const lab = commandLine(join(folder, 'home'))

afterAll(() => rmSync(folder, { recursive: true, force: true }))

function file(name: string, content: unknown): string {
  const path = join(folder, name)
  writeFileSync(path, JSON.stringify(content))
  return path
}

const SCHEDULE = {
  format: 'dmro-schedule/1',
  name: 'slower',
  workflows: 160,
  changes: [{ at: 83, links: [{ from: 'device', to: 'edge', bandwidthFactor: 0.5 }], nodes: [] }]
}

describe('lab adapt', () => {
  it('meets a changing world from a run’s policy and tells detection and recovery of each start', async () => {
    const experiment = {
      format: 'dmro-experiment/1',
      name: 'small',
      scenarios: ['one-edge-one-cloud'],
      algorithms: [{ id: 'dmro-plus', parameters: { learnSteps: 60, units: 2, hidden: 16 } }],
      seeds: [1],
      heldOut: 20
    }
    const [{ id }] = (await lab.json('run', file('small.json', experiment), '--json')).runs
    const { code, out } = await lab('adapt', 'one-edge-one-cloud', '--policy', id, '--schedule', file('s.json', SCHEDULE), '--json')
    expect(code).toBe(0)
    const { worlds } = JSON.parse(out)
    expect(worlds).toMatchObject([
      { at: 0, learnSteps: 10 },
      { at: 83, detectedAt: 83, learnSteps: 9 }
    ])
    expect(Object.keys(worlds[1].starts)).toEqual(['psi', 'old', 'random'])
    // No meta-learning made these weights: they are not called ψ.
    const told = (await lab('adapt', 'one-edge-one-cloud', '--policy', id, '--schedule', join(folder, 's.json'))).out
    expect(told).toContain('from the given weights')
    expect(told).not.toContain('ψ')
  })

  it('says what else there is where a scenario is of graphs', async () => {
    const schedule = file('graphs.json', {
      ...SCHEDULE,
      changes: [{ at: 83, links: [{ from: 'device 1', to: 'edge', bandwidthFactor: 0.5 }], nodes: [] }]
    })
    const { code, err } = await lab('adapt', 'shared-4x10', '--policy', 'one policy, 3 places', '--schedule', schedule)
    expect(code).toBe(2)
    expect(err).toContain('learners adapt on chains only')
  })

  it('names every fault of a schedule with its place', async () => {
    const changes = [{ at: 500, nodes: [{ id: 'moon', speedFactor: 2 }] }]
    const schedule = file('bad.json', { ...SCHEDULE, changes })
    const { code, err } = await lab('adapt', 'one-edge-one-cloud', '--policy', 'x', '--schedule', schedule)
    expect(code).toBe(2)
    expect(err).toContain('$.changes[0].at: the schedule never reaches workflow 500')
    expect(err).toContain('$.changes[0].nodes[0].id: there is no node "moon"')
  })
})
