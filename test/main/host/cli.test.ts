import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { commandLine, type Ended } from './in-process'

const CLI = fileURLToPath(new URL('../../../out/main/cli.js', import.meta.url))
const folder = mkdtempSync(join(tmpdir(), 'dmro-cli-'))
const home = join(folder, 'home')

const lab = commandLine(home)
/** In a lab of another folder. */
const elsewhere = commandLine(join(folder, 'elsewhere'))
const before = process.cwd()

beforeAll(() => process.chdir(folder))
afterAll(() => {
  process.chdir(before)
  rmSync(folder, { recursive: true, force: true })
})

/** What a process of its own does with its arguments, streams and exit code; all else of a command is tested in this process. */
function spawned(...given: string[]): Ended {
  const { status, stdout, stderr } = spawnSync(process.execPath, [CLI, ...given, '--home', home], {
    encoding: 'utf8',
    cwd: folder,
    timeout: 60_000
  })
  return { code: status, out: stdout, err: stderr }
}

function file(name: string, content: unknown): string {
  const path = join(folder, name)
  writeFileSync(path, typeof content === 'string' ? content : JSON.stringify(content))
  return path
}

const small = {
  format: 'dmro-experiment/1',
  name: 'small',
  scenarios: ['one-edge-one-cloud'],
  algorithms: [{ id: 'dmro', parameters: { learnSteps: 40, evaluateEvery: 20, units: 2 } }, { id: 'local-only' }, { id: 'optimum' }],
  seeds: [1, 2],
  heldOut: 20
}

describe('the command line', () => {
  it('says so where the Node that runs it is too old for its native parts', () => {
    const old = "data:text/javascript,Object.defineProperty(process, 'versions', { value: { ...process.versions, node: '20.1.0' } })"
    const { status, stdout, stderr } = spawnSync(process.execPath, ['--import', old, CLI, 'runs', 'list', '--home', home], {
      encoding: 'utf8'
    })
    expect(stderr).toMatch(/^This is Node 20\.1\.0; the lab needs 24 or newer\..+npm run lab/)
    expect([status, stdout]).toEqual([1, ''])
  })

  it('ends with its exit code, results on stdout and reasons on stderr', () => {
    expect(spawned('version')).toEqual({ code: 0, out: expect.stringMatching(/^\d+\.\d+\.\d+\n$/), err: '' })
    expect(spawned('dance')).toEqual({ code: 2, out: '', err: expect.stringContaining('unknown command "dance"') })
    expect(spawned('runs', 'show', 'ffffffff')).toEqual({ code: 2, out: '', err: expect.stringContaining('run ffffffff does not exist') })
  })
})

describe('lab run', () => {
  it('trains, saves and answers with one row per run and one per group', () => {
    const ended = spawned('run', file('small.json', small), '--set', 'dmro.batch=16', '--json')
    expect(ended.err).toContain('small: 6 runs')
    expect(ended.code).toBe(0)
    const { runs, groups } = JSON.parse(ended.out)
    expect(runs).toHaveLength(6)
    expect(runs[0]).toMatchObject({
      scenario: 'one-edge-one-cloud',
      algorithm: 'dmro',
      parameters: { batch: 16, units: 2 },
      seed: 1,
      status: 'completed',
      learnSteps: 40,
      evaluation: { gapMean: expect.any(Number), gapP95: expect.any(Number), share: { device: expect.any(Number) } }
    })
    expect(groups.map((group: { algorithm: string; seeds: number }) => [group.algorithm, group.seeds])).toEqual([
      ['dmro', 2],
      // Fixed places and the optimum draw nothing at random: the second seed is a repeat.
      ['local-only', 1],
      ['optimum', 1]
    ])
    expect(groups[0].gapCI95).toHaveLength(2)
    expect(groups[2]).toMatchObject({ gapMean: 0, gapCI95: null, repeats: [expect.any(String)] })
  })

  it('searches along evaluations, and names them', async () => {
    const settings = ['--algorithms', 'local-search', '--set', 'local-search.evaluations=12']
    const { runs } = await elsewhere.json('run', 'one-edge-one-cloud', ...settings, '--json')
    expect(runs[0]).toMatchObject({ status: 'completed', learnSteps: 12, evaluation: { gapMean: expect.any(Number) } })
    const { id } = runs[0]
    expect((await elsewhere('runs', 'list')).out).toMatch(/12 of 12 evaluations/)
    const { out } = await elsewhere('runs', 'show', id)
    expect(out).toContain('Completed after 12 evaluations.')
    const { curves } = (await elsewhere.json('runs', 'export', id)).runs[0]
    expect(curves.gap.evaluations).toEqual(Array.from({ length: 12 }, (_, i) => i + 1))
    expect(curves.gap.values.at(-1)).toBe(runs[0].evaluation.gapMean)
    await elsewhere('runs', 'delete', id)
  })

  it('says infinite gaps by name, as the files it writes do', async () => {
    const flows = [
      { from: '@input', to: 'a', megabytes: 5 },
      { from: 'a', to: '@output', megabytes: 5 }
    ]
    const workflows = [{ id: 'w', device: 'device', tasks: [{ id: 'a', megacycles: 0 }], flows }]
    const workload = { format: 'dmro-workload/1', name: 'free', workflows }
    const scenarios = [{ format: 'dmro-scenario/1', name: 'free', topology: 'one-edge-one-cloud', workload }]
    const experiment = file('free.json', { ...small, name: 'free', scenarios, algorithms: [{ id: 'edge-only' }] })
    const { runs, groups } = await elsewhere.json('run', experiment, '--json')
    expect(runs[0].evaluation).toMatchObject({ gapMean: 'Infinity', gapP95: 'Infinity', gapMax: 'Infinity', meanCost: 10 })
    expect(groups[0]).toMatchObject({ gapMean: 'Infinity', gapCI95: null })
    const [first, second] = runs.map(({ id }: { id: string }) => id)
    expect((await elsewhere('compare', first, second)).out).toMatch(/edge-only +1, 1 repeated +∞ % +∞ %/)
    await elsewhere('runs', 'delete', first, second)
  })

  it('leaves runs that list, show, compare, decide, export and delete know', async () => {
    const { runs } = await lab.json('runs', 'list', '--json')
    const [{ id }] = runs
    expect(await lab.json('runs', 'show', id.slice(0, 5), '--json')).toMatchObject({ id, machine: { backend: expect.any(String) } })
    expect((await lab.json('compare', runs[0].id, runs[1].id, '--json')).groups.length).toBeGreaterThan(0)
    const decided = await lab.json('decide', 'one-edge-one-cloud', '--policy', id, '--json')
    expect(decided.total.optimalityGap).toBeGreaterThanOrEqual(0)
    const policy = join(folder, 'policy.bin')
    expect((await lab('runs', 'export', id, '--policy', '--to', policy)).code).toBe(0)
    expect((await lab.json('decide', 'one-edge-one-cloud', '--policy', policy, '--json')).total).toEqual(decided.total)
    expect((await lab.json('runs', 'export', id)).runs[0].curves.gap.learnSteps).toEqual([0, 20, 40])
    expect(await lab.json('runs', 'delete', id, '--json')).toMatchObject({ deleted: [id], bin: expect.stringMatching(/^run-/) })
    expect((await lab.json('runs', 'list', '--json')).runs).toHaveLength(5)
  })

  it('lists what was deleted, says how it comes back, restores it and empties the bin', async () => {
    const { runs } = await lab.json('runs', 'list', '--json')
    const before = await lab.json('runs', 'export', runs[0].id)
    const deleted = await lab('runs', 'delete', runs[0].id, runs[1].id)
    const entry = /Restore it with: lab bin restore (run-\w+)/.exec(deleted.err)?.[1] ?? ''
    expect(deleted.err).toContain('in the bin for 30 days')
    const listed = await lab.json('bin', 'list', '--json')
    expect(listed.entries.map(({ id, runs: of }: { id: string; runs: string[] }) => [id, of.length])).toEqual([
      [entry, 2],
      [expect.stringMatching(/^run-/), 1]
    ])
    expect(listed.bytes).toBeGreaterThan(0)
    expect((await lab('bin')).out).toContain('2 runs')
    expect(await lab('bin', 'restore', 'nothing')).toMatchObject({ code: 2, err: expect.stringContaining('see "lab bin list"') })
    expect((await lab.json('bin', 'restore', runs[1].id, '--json')).restored).toMatchObject([{ id: runs[1].id, kind: 'run' }])
    expect((await lab('bin', 'restore', entry)).err).toMatch(/^Restored: /)
    expect((await lab.json('runs', 'export', runs[0].id)).runs).toEqual(before.runs)
    expect((await lab('bin', 'empty', '--older-than', '1')).err).toContain('Nothing in the bin was deleted 1 day ago or earlier')
    expect(await lab.json('bin', 'empty', '--json')).toMatchObject({ gone: [listed.entries[1].id], left: [] })
    expect((await lab('bin', 'list')).err).toContain('The bin is empty.')
    expect((await lab.json('runs', 'list', '--json')).runs).toHaveLength(5)
    expect((await lab('bin', 'burn')).code).toBe(2)
  })

  it('refuses a policy in a world it was not made for, naming both', async () => {
    const { runs } = await lab.json('runs', 'list', '--json')
    const { id } = runs.find((run: { algorithm: string }) => run.algorithm === 'dmro')
    const ended = await lab('decide', 'two-edges-two-clouds', '--policy', id)
    expect(ended.code).toBe(2)
    expect(ended.err).toContain('3 places (K), this scenario has 5')
  })

  it('lists every fault of bad input by its path, exits with 2 and keeps nothing', async () => {
    const before = (await lab.json('runs', 'list', '--json')).runs.length
    const scenario = {
      format: 'dmro-scenario/1',
      name: 's',
      topology: {
        format: 'dmro-topology/1',
        name: 't',
        nodes: [
          { id: 'd', tier: 'device', computeMHz: -1, energyPerMegacycle: 1 },
          { id: 'd', tier: 'edge', computeMHz: 5, energyPerMegacycle: 1 }
        ],
        links: [{ from: 'd', to: 'x', bandwidthMBps: 0 }]
      },
      workload: 'paper',
      objective: { energyWeight: 'much' }
    }
    const ended = await lab(
      'run',
      file('bad.json', { ...small, scenarios: [scenario], algorithms: [{ id: 'dqn', parameters: { batch: 0 } }], extra: 1 })
    )
    expect(ended.code).toBe(2)
    const paths = ended.err
      .trim()
      .split('\n')
      .map((line) => line.split(': ')[0])
    expect(paths).toEqual(
      expect.arrayContaining([
        '$.extra',
        '$.scenarios[0].objective.energyWeight',
        '$.scenarios[0].topology.nodes[0].computeMHz',
        '$.scenarios[0].topology.nodes[1].id',
        '$.scenarios[0].topology.links[0].to',
        '$.scenarios[0].topology.links[0].bandwidthMBps',
        '$.algorithms[0].parameters.batch'
      ])
    )
    expect(ended.out).toBe('')
    expect((await lab.json('runs', 'list', '--json')).runs).toHaveLength(before)
  })

  it.each([
    [['run'], 'is missing'],
    [['run', 'nowhere.json'], '"nowhere.json" is not a file'],
    [['run', 'quick', '--seeds', '1,x'], '“x” is not a seed'],
    [['run', 'quick', '--seeds', '1.5'], '“1.5” is not a seed'],
    [['run', 'quick', '--seeds', '0x10'], '“0x10” is not a seed'],
    [['run', 'quick', '--set', 'dmro.discount=0,5'], '“0,5” can mean 0.5 or the values 0 and 5: write 0.5 or 0; 5.'],
    [['run', 'quick', '--set', 'dmro.learnSteps=1,500'], '“1,500” can mean 1500 or the values 1 and 500'],
    [['run', 'quick', '--set', 'dmro.units=five'], '“five” is not a number'],
    [['run', 'quick', '--set', 'dmro.units='], 'units needs a number'],
    [['run', 'quick', '--parallel', '1,5'], '--parallel must be a whole number'],
    [['runs', 'list', '--where', 'cost < 1,234'], '“1,234” can mean 1234 or 1.234: write 1234 or 1.234.'],
    [['run', 'quick', '--set', 'dmro.nope=1'], 'unknown parameter'],
    [['run', 'quick', '--set', 'dmro.units=0'], 'units must be between'],
    [['runs', 'show', 'ffffffff'], 'run ffffffff does not exist'],
    [['runs', 'dance'], 'runs does not know "dance"'],
    [['dance'], 'unknown command "dance"'],
    [['optimum', 'quick'], '"quick" is not a file'],
    [['evaluate', 'one-edge-one-cloud'], '--placement'],
    [['serve', '--port', '99999999'], '--port must be a whole number'],
    [['import', 'quick', '--as', 'poem'], '"poem" cannot be imported']
  ])('lab %j exits with 2 and says why', async (given, reason) => {
    const ended = await lab(...given)
    expect(ended.err).toContain(reason)
    expect(ended.code).toBe(2)
  })
})

describe('lab runs', () => {
  it('notes things down and finds runs by them', async () => {
    const [first, second] = (await lab.json('runs', 'list', '--where', 'seed >= 0', '--json')).runs
    expect((await lab('runs', 'tag', first.id, second.id, '--add', 'paper,b')).code).toBe(0)
    expect((await lab('runs', 'tag', second.id, '--remove', 'paper')).code).toBe(0)
    expect((await lab('runs', 'note', first.id, '--text', '**why**')).code).toBe(0)
    expect((await lab('runs', 'pin', first.id)).code).toBe(0)
    const [found, ...others] = (await lab.json('runs', 'list', '--where', 'tag:paper and pinned note:why', '--json')).runs
    expect(others).toEqual([])
    expect(found).toMatchObject({ id: first.id, tags: ['b', 'paper'], note: '**why**', pinned: true })
    await lab('runs', 'archive', first.id)
    const shown = (await lab.json('runs', 'list', '--json')).runs.map((run: { id: string }) => run.id)
    expect(shown).not.toContain(first.id)
    expect((await lab.json('runs', 'list', '--where', 'archived', '--json')).runs).toHaveLength(1)
    await lab('runs', 'archive', first.id, '--off')
  })

  it('says in a sentence what is wrong with a condition or a tag', async () => {
    const ended = await lab('runs', 'list', '--where', 'gap < 1')
    expect([ended.code, ended.err]).toEqual([2, expect.stringContaining('--where: gap needs its unit: gap < 1 %.')])
    expect((await lab('runs', 'tag', '0', '--add', 'a b')).code).toBe(2)
  })
})

describe('lab help', () => {
  it('tells of every command, and of the parameters of an algorithm', async () => {
    const help = (await lab('help')).out
    for (const command of ['run', 'evaluate', 'optimum', 'decide', 'runs', 'compare', 'import', 'export', 'serve', 'bench'])
      expect(help).toContain(`lab ${command}`)
    expect((await lab('algorithms', 'dmro')).out).toMatch(/units +s +5/)
    expect((await lab('runs', '--help')).out).toContain('runs resume')
  })
})

describe('a bundle', () => {
  it('goes from one lab to another and is known when it comes again', async () => {
    const ids: string[] = (await lab.json('runs', 'list', '--json')).runs.slice(0, 2).map((run: { id: string }) => run.id)
    const out = join(folder, 'two.dmro')
    expect(await lab.json('runs', 'export', ...ids, '--out', out, '--with', 'policy,topology', '--json')).toMatchObject({
      file: out,
      runs: ids
    })
    const first = await elsewhere('import', out, '--json')
    expect(first.code).toBe(0)
    const taken: { id: string; from: string }[] = JSON.parse(first.out).runs
    expect(taken.map(({ from }) => from)).toEqual(ids)
    const [there, here] = [await lab.json('runs', 'show', ids[0], '--json'), await elsewhere.json('runs', 'show', taken[0].id, '--json')]
    expect(here).toMatchObject({ status: 'completed', evaluation: there.evaluation, parameters: there.parameters, seed: there.seed })
    const again = await elsewhere('import', out)
    expect(again.err).toContain(`Already here: ${ids[0]} is ${taken[0].id}`)
    expect((await elsewhere.json('runs', 'list', '--json')).runs).toHaveLength(2)
  })

  it('that is damaged is bad input, named by its file and place', async () => {
    const bytes = readFileSync(join(folder, 'two.dmro'))
    bytes[200] ^= 0xff
    const damaged = join(folder, 'damaged.dmro')
    writeFileSync(damaged, bytes)
    const ended = await elsewhere('import', damaged)
    expect([ended.code, ended.out]).toEqual([2, ''])
    expect(ended.err).toMatch(/^\S+.*: (is damaged|does not match|has a header)/)
  })

  it('takes of the library only what there is', async () => {
    expect((await lab('runs', 'export', '0', '--out', join(folder, 'x.dmro'), '--with', 'everything')).code).toBe(2)
  })
})
