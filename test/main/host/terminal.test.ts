import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { WebSocket } from 'ws'
import { shown, styled, table } from '../../../src/main/host/cli/output'
import { openStore } from '../../../src/main/store'
import { harmless, harmlessJson } from '../../../src/main/terminal'
import { sampleSpec } from '../store/samples'

const CLI = fileURLToPath(new URL('../../../out/main/cli.js', import.meta.url))
const folder = mkdtempSync(join(tmpdir(), 'dmro-terminal-'))
const home = join(folder, 'home')

/** The clipboard, the title, the screen, a C1 introducer, what hides what was written before, and letters turned around. */
const HOSTILE = '\u001b]52;c;b3duZWQ=\u0007\u001b]0;owned\u0007\u001b[2J\u009b31m\r\u007f\u202egpj.exe\u2066'
const ACTING = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]/
const VISIBLE = '\\x1b]52;c;b3duZWQ=\\x07\\x1b]0;owned\\x07\\x1b[2J\\x9b31m\\x0d\\x7fU+202Egpj.exeU+2066'

let id: string

function lab(given: readonly string[], env: NodeJS.ProcessEnv = {}): { code: number | null; out: string; err: string } {
  const args = [CLI, ...given, '--home', home]
  const { status, stdout, stderr } = spawnSync(process.execPath, args, {
    encoding: 'utf8',
    cwd: folder,
    timeout: 60_000,
    env: { ...process.env, ...env }
  })
  return { code: status, out: stdout, err: stderr }
}

beforeAll(() => {
  const store = openStore(home)
  const spec = sampleSpec()
  const scenario = { ...spec.scenario, name: HOSTILE, topology: { ...spec.scenario.topology, note: `one\ntwo ${HOSTILE}` } }
  id = store.addExperiment({ name: HOSTILE }, [{ spec: { ...spec, scenario }, totalLearnSteps: 100 }], 1).runs[0]
  store.runs.update(id, { status: 'failed', message: HOSTILE })
  store.log.add(id, { at: 1, level: 'error', text: HOSTILE })
  store.marks.update(id, { note: HOSTILE, tags: [HOSTILE] })
  store.close()
})

afterAll(() => rmSync(folder, { recursive: true, force: true }))

describe('what people wrote', () => {
  it.each([['list'], ['show']])('is shown by lab runs %s instead of being obeyed', (action) => {
    const { code, out, err } = lab(['runs', action, ...(action === 'show' ? [id] : [])])
    expect(code).toBe(0)
    expect(out).toContain(VISIBLE)
    expect(out + err).not.toMatch(ACTING)
    // One row per run, whatever it is called.
    if (action === 'list') expect(out.trimEnd().split('\n')).toHaveLength(2)
  })

  it('keeps its lines where it has several', () => {
    expect(lab(['runs', 'show', id]).out).toContain(`  one\ntwo ${VISIBLE}`)
  })

  it('says the same in JSON, without a letter that acts', () => {
    for (const given of [
      ['runs', 'list', '--json'],
      ['runs', 'show', id, '--json'],
      ['runs', 'export', id]
    ]) {
      const { out } = lab(given)
      expect(out).not.toMatch(ACTING)
      expect(JSON.stringify(JSON.parse(out))).toContain(JSON.stringify(HOSTILE).slice(1, -1))
    }
  })

  it('is shown in errors and notes too: of arguments, files, runs', () => {
    const file = join(folder, 'hostile.json')
    writeFileSync(
      file,
      JSON.stringify({ format: 'dmro-experiment/1', name: 'x', scenarios: [HOSTILE], algorithms: [{ id: HOSTILE }], [HOSTILE]: 1 })
    )
    for (const given of [
      [HOSTILE],
      ['runs', 'show', HOSTILE],
      ['runs', 'list', '--where', HOSTILE],
      ['run', file],
      ['serve', `--${HOSTILE}`]
    ]) {
      const { code, out, err } = lab(given)
      expect(code).toBe(2)
      expect(err).toContain('\\x1b]')
      expect(out + err).not.toMatch(ACTING)
    }
    expect(lab(['compare', id]).err).not.toMatch(ACTING)
  })
})

it('what a page sends is shown by lab serve instead of being obeyed', async () => {
  const child = spawn(process.execPath, [CLI, 'serve', '--port', '0', '--home', home], { stdio: ['ignore', 'pipe', 'pipe'] })
  try {
    let err = ''
    child.stderr.setEncoding('utf8').on('data', (text: string) => (err += text))
    const [said] = (await once(child.stdout.setEncoding('utf8'), 'data')) as [string]
    const url = new URL(/http:\S+/.exec(said)?.[0] ?? '')
    const cookie = (await fetch(url, { redirect: 'manual' })).headers.get('set-cookie')?.split(';')[0] ?? ''
    const socket = new WebSocket(`ws://${url.host}/rpc`, { headers: { cookie, origin: url.origin } })
    await once(socket, 'open')
    socket.send(`{"a": ${HOSTILE}}`)
    await expect.poll(() => err).toContain('\\x1b]52')
    socket.close()
    expect(err).not.toMatch(ACTING)
  } finally {
    child.kill('SIGKILL')
  }
})

describe('our own styling', () => {
  it('stays, and nobody can borrow it', () => {
    const { out } = lab(['runs', 'list'], { FORCE_COLOR: '1', NO_COLOR: undefined })
    expect(out.replaceAll(/^\u001b\[2m[^\u001b]*\u001b\[22m$/gm, '')).not.toMatch(ACTING)
    expect(out.startsWith('\u001b[2mrun')).toBe(true)
    expect(shown('\u001b[2mdim\u001b[22m')).toBe('\\x1b[2mdim\\x1b[22m')
    expect(styled('dim', 'x')).not.toContain('\u001b')
  })

  it('leaves columns aligned by what is seen', () => {
    const lines = shown(
      table(
        [{ head: 'a' }, { head: 'b' }],
        [
          ['\u001b', '1'],
          ['long', '2\n3']
        ]
      )
    ).split('\n')
    expect(lines.slice(1)).toEqual(['\\x1b  1', 'long  2\\x0a3'])
  })
})

it('every letter that acts is shown, every other stays', () => {
  for (let code = 0; code < 0x3000; code++) {
    const letter = String.fromCharCode(code)
    expect(harmless(letter)).not.toMatch(ACTING)
    if (!ACTING.test(letter)) expect(harmless(letter)).toBe(letter)
    const json = harmlessJson(JSON.stringify(letter))
    expect(json).not.toMatch(ACTING)
    expect(JSON.parse(json)).toBe(letter)
  }
  expect(harmless('one\r\ntwo')).toBe('one\ntwo')
})
