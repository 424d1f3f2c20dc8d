import { execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'

const { scripts } = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8')) as { scripts: Record<string, string> }

/** What the last program of a script is given, as npm itself hands it on: the programs themselves are left out. */
function givenTo(script: string, given: readonly string[]): string {
  const folder = mkdtempSync(join(tmpdir(), 'dmro-lab-npm-'))
  try {
    const quiet = Object.entries(scripts).map(([name, command]) => [
      name,
      command.replace(/^node \S+/, command.includes('&&') ? 'true' : 'echo')
    ])
    writeFileSync(join(folder, 'package.json'), JSON.stringify({ name: 'a', version: '1.0.0', scripts: Object.fromEntries(quiet) }))
    return execFileSync('npm', ['run', '-s', script, '--', ...given], {
      cwd: folder,
      encoding: 'utf8',
      shell: process.platform === 'win32'
    }).trim()
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

describe('npm hands on what is written behind "--"', () => {
  // An option that npm took for its own would be lost without a word: a lab would open in another data folder than the one named.
  it.each([
    ['start', ['--home', 'elsewhere', '--port', '0', '--browser']],
    ['test', ['--project', 'unit']],
    ['soak', ['--row', 'kill', '--cases', '9', '--list']]
  ])('npm %s', (script, given) => {
    expect(givenTo(script, given)).toBe(given.join(' '))
  })
})
