import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, describe, expect, it } from 'vitest'

const CLI = fileURLToPath(new URL('../../../out/main/cli.js', import.meta.url))
const folder = mkdtempSync(join(tmpdir(), 'dmro-cli-adapt-'))

afterAll(() => rmSync(folder, { recursive: true, force: true }))

function lab(...given: string[]) {
  return spawnSync(process.execPath, [CLI, ...given, '--home', join(folder, 'home')], { encoding: 'utf8', cwd: folder, timeout: 60_000 })
}

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
  it('meets a changing world from a run’s policy and tells detection and recovery of each start', () => {
    const experiment = {
      format: 'dmro-experiment/1',
      name: 'small',
      scenarios: ['one-edge-one-cloud'],
      algorithms: [{ id: 'dmro-plus', parameters: { learnSteps: 60, units: 2, hidden: 16 } }],
      seeds: [1],
      heldOut: 20
    }
    const [{ id }] = JSON.parse(lab('run', file('small.json', experiment), '--json').stdout).runs
    const { status, stdout } = lab('adapt', 'one-edge-one-cloud', '--policy', id, '--schedule', file('s.json', SCHEDULE), '--json')
    expect(status).toBe(0)
    const { worlds } = JSON.parse(stdout)
    expect(worlds).toMatchObject([
      { at: 0, learnSteps: 10 },
      { at: 83, detectedAt: 83, learnSteps: 9 }
    ])
    expect(Object.keys(worlds[1].starts)).toEqual(['psi', 'old', 'random'])
    // No meta-learning made these weights: they are not called ψ.
    const told = lab('adapt', 'one-edge-one-cloud', '--policy', id, '--schedule', join(folder, 's.json')).stdout
    expect(told).toContain('from the given weights')
    expect(told).not.toContain('ψ')
  })

  it('names every fault of a schedule with its place', () => {
    const changes = [{ at: 500, nodes: [{ id: 'moon', speedFactor: 2 }] }]
    const { status, stderr } = lab('adapt', 'one-edge-one-cloud', '--policy', 'x', '--schedule', file('bad.json', { ...SCHEDULE, changes }))
    expect(status).toBe(2)
    expect(stderr).toContain('$.changes[0].at: the schedule never reaches workflow 500')
    expect(stderr).toContain('$.changes[0].nodes[0].id: there is no node "moon"')
  })
})
