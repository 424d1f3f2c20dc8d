import { spawnSync } from 'node:child_process'
import { readdirSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'

/** The Python package's own tests, where there is a Python to run them. `DMRO_PYTHON` names one that has numpy and gymnasium. */
const PACKAGE = fileURLToPath(new URL('../../python', import.meta.url))
const LEAST = [3, 10]

function pythonHere(): string | undefined {
  const asked = process.env.DMRO_PYTHON
  for (const name of asked ? [asked] : ['python3', 'python']) {
    const { status, stdout } = spawnSync(name, ['-c', 'import sys, sqlite3; print(*sys.version_info[:2])'], { encoding: 'utf8' })
    const [major, minor] = status === 0 ? stdout.trim().split(' ').map(Number) : [0, 0]
    if (major > LEAST[0] || (major === LEAST[0] && minor >= LEAST[1])) return name
  }
}

const python = pythonHere()
const files = readdirSync(`${PACKAGE}/tests`).filter((name) => /^test_.*\.py$/.test(name))

describe.skipIf(python === undefined)(`the Python package${python ? '' : ' (skipped: there is no Python 3.10 or newer here)'}`, () => {
  it('has tests of every part', () => {
    expect(files).toEqual(['test_agents.py', 'test_environments.py', 'test_history.py', 'test_wire.py'])
  })

  it.each(files)('passes %s', { timeout: 300_000 }, (file) => {
    const module = `tests.${file.slice(0, -'.py'.length)}`
    const { status, stderr, stdout } = spawnSync(python ?? '', ['-m', 'unittest', module], { cwd: PACKAGE, encoding: 'utf8' })
    expect(status, `${stdout}\n${stderr}`).toBe(0)
  })
})
