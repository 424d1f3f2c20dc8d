import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, it } from 'vitest'
import { openStore } from '../../../src/main/store'

const CLI = fileURLToPath(new URL('../../../out/main/cli.js', import.meta.url))
const canLimit = spawnSync('prlimit', ['--version']).status === 0

/** Lets no file of a process grow beyond `bytes`: for the database the disk is then full. */
function limitFiles(pid: number, bytes: number | 'unlimited'): void {
  const result = spawnSync('prlimit', ['--pid', String(pid), `--fsize=${bytes}:unlimited`])
  if (result.status !== 0) throw new Error(`prlimit: ${result.stderr}`)
}

it.skipIf(!canLimit)('a full disk stops no run: it waits, says so, and continues when there is room', { timeout: 180_000 }, async () => {
  const home = mkdtempSync(join(tmpdir(), 'dmro-disk-'))
  try {
    const file = join(home, 'experiment.json')
    const algorithms = [{ id: 'dqn', parameters: { learnSteps: 2000, checkpointEvery: 50, evaluateEvery: 500 } }]
    writeFileSync(
      file,
      JSON.stringify({
        format: 'dmro-experiment/1',
        name: 'full',
        scenarios: ['one-edge-one-cloud'],
        algorithms,
        seeds: [1, 2],
        heldOut: 10
      })
    )
    const child = spawn(process.execPath, [CLI, 'run', file, '--home', home, '--json'], { stdio: ['ignore', 'ignore', 'pipe'] })
    let said = ''
    child.stderr.setEncoding('utf8').on('data', (text: string) => (said += text))
    const ended = once(child, 'exit')
    // Full as soon as there is something to lose.
    const logBytes = () => statSync(join(home, 'lab.sqlite-wal'), { throwIfNoEntry: false })?.size ?? 0
    await expect.poll(logBytes, { timeout: 60_000, interval: 20 }).toBeGreaterThan(300_000)
    limitFiles(child.pid ?? 0, logBytes())
    await expect.poll(() => said, { timeout: 60_000 }).toContain('waits and resumes by itself')
    limitFiles(child.pid ?? 0, 'unlimited')
    const [code] = await ended
    expect(code, said).toBe(0)
    const store = openStore(home)
    expect(store.runs.list().map((run) => [run.status, run.learnSteps])).toEqual([
      ['completed', 2000],
      ['completed', 2000]
    ])
    expect(store.verify()).toEqual([])
    // Nothing was left out while there was no room.
    for (const run of store.runs.list()) expect(store.curves.read(run.id, 'loss').steps.at(-1)).toBe(2000)
    store.close()
  } finally {
    rmSync(home, { recursive: true, force: true })
  }
})
