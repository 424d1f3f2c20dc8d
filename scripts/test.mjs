import { spawn } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { bootstrap } from './bootstrap.mjs'
import { runChecks } from './check.mjs'
import { MODULES, nodeProgram, ROOT } from './paths.mjs'
import { explain } from './say.mjs'

// Checks, a fresh build, every test. The last line is the sum; nothing is printed after it.

/** Counts what the test runner's report holds; a file that could not be loaded is one failure, and so is an error outside any test. */
function countTests(report) {
  const broken = report.testResults.filter(
    (file) => file.status === 'failed' && !file.assertionResults.some((test) => test.status === 'failed')
  )
  const failed = report.numFailedTests + broken.length
  return { passed: report.numPassedTests, failed: failed === 0 && !report.success ? 1 : failed }
}

function runTests() {
  const folder = mkdtempSync(join(tmpdir(), 'lab-tests-'))
  const path = join(folder, 'report.json')
  const args = ['run', '--reporter=default', '--reporter=json', `--outputFile.json=${path}`, ...process.argv.slice(2)]
  return new Promise((resolve) => {
    const child = spawn(nodeProgram(), [join(MODULES, 'vitest/vitest.mjs'), ...args], { cwd: ROOT, stdio: ['ignore', 1, 1] })
    child.on('error', (error) => explain(error))
    child.on('close', (code) => {
      let counts = { passed: 0, failed: 1 }
      try {
        counts = countTests(JSON.parse(readFileSync(path, 'utf8')))
      } catch {
        console.log('The test runner ended without a report.')
      }
      rmSync(folder, { recursive: true, force: true })
      resolve(code === 0 || counts.failed > 0 ? counts : { ...counts, failed: 1 })
    })
  })
}

const sum = { passed: 0, failed: 0 }
const add = ({ passed, failed }) => {
  sum.passed += passed
  sum.failed += failed
}

try {
  await bootstrap()
  add({ passed: 1, failed: 0 })
  console.log('passed  set-up and build')
  add(await runChecks({ withHouse: false }))
  add(await runTests())
} catch (error) {
  explain(error)
  add({ passed: 0, failed: 1 })
}
process.exitCode = sum.failed === 0 ? 0 : 1
console.log(`tests: ${sum.passed} passed, ${sum.failed} failed`)
