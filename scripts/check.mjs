import { spawn } from 'node:child_process'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { bootstrapPackages } from './bootstrap.mjs'
import { MODULES, nodeProgram, ROOT } from './paths.mjs'
import { explain } from './say.mjs'

const CHECKS = [
  { name: 'types', program: 'vue-tsc/bin/vue-tsc.js', args: ['--build', '--noEmit'] },
  { name: 'lint and format', program: '@biomejs/biome/bin/biome', args: ['check', '--error-on-warnings', '.'] },
  {
    name: 'floors',
    program: 'dependency-cruiser/bin/dependency-cruiser.mjs',
    args: ['--config', '.dependency-cruiser.mjs', 'src', 'test', 'scripts']
  },
  { name: 'the paper, line by line', program: '../scripts/paper.mjs', args: ['--check'] },
  { name: 'nothing unused', program: 'knip/bin/knip.js', args: ['--no-progress', '--no-config-hints'] }
]
/** The tests of the house that take no time; all of them are among the tests. */
const HOUSE = {
  name: 'house rules and reference',
  program: 'vitest/vitest.mjs',
  args: ['run', '--project', 'unit', 'test/house', '--exclude', 'test/house/floors.test.ts', '--exclude', 'test/house/set-up.test.ts']
}

/** Runs one check to its end; what it says is shown only where it fails. */
function runCheck({ name, program, args }) {
  const started = performance.now()
  return new Promise((resolve) => {
    let said = ''
    const child = spawn(nodeProgram(), [join(MODULES, program), ...args], {
      cwd: ROOT,
      stdio: ['ignore', 'pipe', 'pipe'],
      env: { ...process.env, NO_COLOR: '1' }
    })
    child.stdout.setEncoding('utf8').on('data', (text) => (said += text))
    child.stderr.setEncoding('utf8').on('data', (text) => (said += text))
    child.on('error', (error) => (said += error.message))
    child.on('close', (code) => {
      const seconds = ((performance.now() - started) / 1000).toFixed(1)
      console.log(`${code === 0 ? 'passed' : 'FAILED'}  ${name} (${seconds} s)`)
      if (code !== 0) console.log(`${said.trim().replace(/^/gm, '    ')}\n`)
      resolve(code === 0)
    })
  })
}

/**
 * Types, lint and format, floors, docs/paper.md, unused code, and the rules of the house but where all tests run anyway. Resolves with how many passed
 * and failed.
 */
export async function runChecks({ withHouse }) {
  // Types take as long as the others together.
  const [types, ...others] = withHouse ? [...CHECKS, HOUSE] : CHECKS
  const first = runCheck(types)
  const results = []
  for (const check of others) results.push(await runCheck(check))
  results.push(await first)
  const passed = results.filter(Boolean).length
  return { passed, failed: results.length - passed }
}

if (import.meta.url === pathToFileURL(process.argv[1]).href) {
  try {
    bootstrapPackages()
    const { failed } = await runChecks({ withHouse: true })
    process.exitCode = failed === 0 ? 0 : 1
  } catch (error) {
    explain(error)
  }
}
