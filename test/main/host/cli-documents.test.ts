import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { presetOf } from '@shared/presets'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { commandLine, type Ended } from './in-process'

const folder = mkdtempSync(join(tmpdir(), 'dmro-cli-'))
const lab = commandLine(join(folder, 'home'))
const before = process.cwd()

beforeAll(() => process.chdir(folder))
afterAll(() => {
  process.chdir(before)
  rmSync(folder, { recursive: true, force: true })
})

function file(name: string, content: unknown): string {
  const path = join(folder, name)
  writeFileSync(path, typeof content === 'string' ? content : JSON.stringify(content))
  return path
}

describe('lab optimum and lab evaluate', () => {
  it('agree on the placement the one found', async () => {
    const optimum = await lab.json('optimum', 'one-edge-one-cloud', '--json')
    const placements = Object.fromEntries(
      optimum.workflows.map((workflow: { id: string; placement: object }) => [workflow.id, workflow.placement])
    )
    const placement = file('placement.json', { format: 'dmro-placement/1', placements })
    const evaluated = await lab.json('evaluate', 'one-edge-one-cloud', '--placement', placement, '--json')
    expect(evaluated).toEqual(optimum)
    expect(optimum.workflows[0].tasks[0]).toMatchObject({ id: 't1', node: expect.any(String), startSeconds: expect.any(Number) })
  })

  it('take a chain in the WfCommons form, with its measured sizes', async () => {
    expect((await lab('export', 'chain', '--to', 'chain.json')).code).toBe(0)
    const workload = await lab.json('import', 'chain.json')
    expect(workload.workflows[0].flows[0]).toEqual({ from: '@input', to: 'decode', megabytes: 62 })
    expect(workload.workflows[0].tasks[0].megacycles).toBeCloseTo(9.2 * 2400, 9)
    expect((await lab.json('optimum', 'chain.json', '--on', 'two-edges-two-clouds', '--json')).workflows).toHaveLength(1)
  })

  it('write presets out as files that run as they are', async () => {
    await lab('export', 'one-edge-one-cloud', '--as', 'topology', '--to', 'world.json')
    const scenario = file('mine.json', { format: 'dmro-scenario/1', name: 'mine', topology: 'world.json', workload: 'paper' })
    expect((await lab.json('optimum', scenario, '--json')).total).toEqual((await lab.json('optimum', 'one-edge-one-cloud', '--json')).total)
    expect(JSON.parse(readFileSync(join(folder, 'world.json'), 'utf8')).format).toBe('dmro-topology/1')
  })
})

describe('lab import', () => {
  const said = ({ code, out, err }: Ended) => ({ code, out, err: err.trim().split('\n') })

  it.each([
    ['UTF-8 with a byte order mark', (text: string) => Buffer.from(`\ufeff${text}`)],
    ['UTF-16, low byte first', (text: string) => Buffer.from(`\ufeff${text}`, 'utf16le')],
    ['UTF-16, high byte first', (text: string) => Buffer.from(`\ufeff${text}`, 'utf16le').swap16()]
  ])('reads %s', async (_what, encoded) => {
    const path = join(folder, 'encoded')
    for (const content of [
      JSON.stringify({ ...(presetOf('paper', 'workload') as object), name: 'Größe 大' }),
      'digraph { ä [size=1] }',
      '<adag name="ä"><job id="ä" runtime="1"/></adag>'
    ]) {
      writeFileSync(path, encoded(content))
      expect((await lab('import', path)).out).toMatch(/"ä"|"Größe 大"/)
    }
  })

  it('refuses bytes of another encoding rather than guess at letters', async () => {
    writeFileSync(join(folder, 'latin.json'), Buffer.from('{"name": "Größe"}', 'latin1'))
    const { code, err } = await lab('import', 'latin.json')
    expect([code, err]).toEqual([2, expect.stringContaining('is not text in UTF-8')])
  })

  it('says of a text in no format why it is in none, and of one that is believed what is wrong with it', async () => {
    const path = file('graph.txt', 'graph { a -- b }')
    const reasons = said(await lab('import', path)).err.join('\n')
    expect(reasons).toContain('is not JSON: line 1, column 1: "graph" is not a value')
    expect(reasons).toContain('could not be read as MRLCO task graph (Graphviz): its edges have no direction; it must be a "digraph"')
    expect(reasons).toContain('could not be read as Pegasus DAX: it does not begin with "<"')
    const asGraph = (await lab('import', path, '--as', 'mrlco')).err
    expect(asGraph).toContain('its edges have no direction')
    expect(asGraph).not.toMatch(/JSON|DAX/)
    const asTopology = (await lab('import', path, '--as', 'topology')).err
    expect(asTopology).toContain('is not JSON: line 1, column 1')
    expect(asTopology).not.toMatch(/digraph|DAX/)
    const asDax = (await lab('import', file('half.xml', '<adag><job id="a" runtime="1">'), '--as', 'dax')).err
    expect(asDax).toContain('unclosed tag: job')
    expect((await lab('import', 'quick', '--as', 'wfcommons')).err).toContain('$.workflow: is missing')
  })

  it('writes nothing that the lab then refuses', async () => {
    const task = (id: string, runtimeInSeconds = 1) => ({
      name: 'x',
      schemaVersion: '1.5',
      workflow: { specification: { tasks: [{ id }] }, execution: { tasks: [{ id, runtimeInSeconds }] } }
    })
    for (const [content, reason] of [
      [task('__proto__'), 'choose another'],
      [task('a'.repeat(250)), '200 characters at most'],
      [task('a', 1e15), 'megacycles must not exceed'],
      ['digraph { constructor [size=1] }', 'choose another'],
      ['<adag><job id="a" runtime="1e13"/></adag>', 'megacycles must not exceed']
    ] as const) {
      const ended = await lab('import', file('strange', content), '--to', 'never.json')
      expect([ended.code, ended.err]).toEqual([2, expect.stringContaining(reason)])
    }
    expect(existsSync(join(folder, 'never.json'))).toBe(false)
  })
})
