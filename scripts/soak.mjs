import { spawn } from 'node:child_process'
import { join } from 'node:path'
import { bootstrap } from './bootstrap.mjs'
import { MODULES, nodeProgram, ROOT } from './paths.mjs'
import { explain, say, StepError } from './say.mjs'
import { readSoakArguments, SOAK_HELP } from './soak-arguments.mjs'
import { dieWithNpm, followChild, TIED } from './tie.mjs'

// Long runs of the attacks that `npm test` makes a few of: each row in a process of its own, then the table.

/** Runs one step to its end; its exit code. Signals reach it as they reach this process. */
function runStep(asked) {
  return new Promise((resolve, reject) => {
    const args = [...TIED, join(MODULES, 'vitest/vitest.mjs'), 'run', '--config', 'test/soak/vitest.config.ts']
    const env = { ...process.env, LAB_SOAK_ASKED: JSON.stringify(asked) }
    const child = spawn(nodeProgram(), args, { cwd: ROOT, stdio: 'inherit', env })
    child.on('error', reject)
    child.on('exit', (code, signal) =>
      signal ? reject(new StepError('soak', `it was ended by ${signal}.`, 'Start it again: it continues where it was.')) : resolve(code)
    )
    followChild(child)
  })
}

try {
  const asked = readSoakArguments(process.argv.slice(2))
  if (asked.help) say(SOAK_HELP)
  else {
    await bootstrap()
    dieWithNpm()
    let worst = 0
    if (!asked.list) for (const row of asked.rows) worst = Math.max(worst, await runStep({ ...asked, row }))
    if (asked.only === undefined) worst = Math.max(worst, await runStep(asked))
    process.exitCode = worst
  }
} catch (error) {
  explain(error)
}
