import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { shareCards } from '../../../src/main/agents/catalogue'
import { commandLine } from '../host/in-process'
import { AGENT, commandOf } from './trial'

/** What stands behind `--` is the program's: the data folder is named by the environment. */
let home: string
let lab: ReturnType<typeof commandLine>
let before: string | undefined

beforeAll(() => {
  home = mkdtempSync(join(tmpdir(), 'dmro-lab-test-'))
  before = process.env.DMRO_HOME
  process.env.DMRO_HOME = home
  lab = commandLine(undefined)
})

afterAll(() => {
  if (before === undefined) delete process.env.DMRO_HOME
  else process.env.DMRO_HOME = before
  shareCards([])
  rmSync(home, { recursive: true })
})

describe('lab agents', () => {
  it('registers, checks, runs and forgets a program', async () => {
    expect((await lab('agents', 'list')).out).toContain('No program is registered')
    const added = await lab('agents', 'add', 'tabular', '--answer-within', '30', '--', ...commandOf())
    expect(added).toMatchObject({ code: 0 })
    expect(added.out).toContain('✓ resume      two resumes agree: exact resume is claimed')
    expect((await lab.json('agents', 'list', '--json')).agents).toEqual([
      expect.objectContaining({ name: 'tabular', algorithm: 'agent-tabular', command: commandOf(), patience: { answer: 30 } })
    ])
    expect((await lab('algorithms')).out).toContain('agent-tabular')
    expect((await lab('algorithms', 'agent-tabular')).out).toContain('Share of a difference that is learned.')
    const set = ['--set', 'agent-tabular.learnSteps=40', '--set', 'agent-tabular.rate=0.1,0.2']
    const ran = await lab('run', 'one-edge-one-cloud', '--algorithms', 'agent-tabular', ...set, '--seeds', '1', '--json')
    expect(ran.code).toBe(0)
    expect((await lab.json('runs', 'list', '--json')).runs.map((run: { status: string }) => run.status)).toEqual(['completed', 'completed'])
    expect(await lab('agents', 'remove', 'tabular')).toMatchObject({ code: 0 })
    expect(await lab('run', 'one-edge-one-cloud', '--algorithms', 'agent-tabular')).toMatchObject({
      code: 2,
      err: expect.stringContaining('no program "tabular" is registered on this machine; register it: lab agents add tabular -- COMMAND')
    })
  })

  it('says what a program does wrong, with its stderr', async () => {
    const { code, out, err } = await lab('agents', 'add', 'broken', '--', ...commandOf('hello:exits'))
    expect(code).toBe(1)
    expect(out).toContain('✗ hello')
    expect(err).toContain('Traceback: nothing works')
    expect(err).toContain('"broken" is registered and cannot run yet: It ended with exit code 3 while saying hello.')
  })

  it.each([
    [['agents', 'add', 'Not a name', '--', 'node', AGENT], 'small letters, digits and hyphens'],
    [['agents', 'add', 'tabular'], 'lab agents add tabular -- python3 my_agent.py'],
    [['agents', 'check', 'nobody'], 'no program "nobody" is registered'],
    [['agents', 'sing'], 'agents takes one of list, add, check, remove']
  ])('refuses %j', async (given, says) => {
    expect(await lab(...given)).toMatchObject({ code: 2, err: expect.stringContaining(says) })
  })

  it('makes no data folder by looking', async () => {
    const nowhere = join(home, 'nowhere')
    await lab('agents', 'list', '--home', nowhere)
    expect(existsSync(nowhere)).toBe(false)
  })
})
