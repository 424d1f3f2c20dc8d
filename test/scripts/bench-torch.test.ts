import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { delimiter, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, describe, expect, it } from 'vitest'

const SCRIPT = fileURLToPath(new URL('../../scripts/bench-torch.mjs', import.meta.url))
const folder = mkdtempSync(join(tmpdir(), 'lab-bench-torch-'))

afterAll(() => rmSync(folder, { recursive: true, force: true }))

/** A Python that knows of PyTorch what it is told here, and of any program how long it took. */
function bench(python: { hasOpenBlas: boolean; says: string }, ...given: string[]) {
  const about = python.hasOpenBlas ? 'True' : 'False'
  const lines = [
    '#!/bin/sh',
    `if [ "$1" = -c ]; then echo 1.13.1; echo ${about}; exit 0; fi`,
    'if [ -n "$OPENBLAS_CORETYPE$OPENBLAS_L2_SIZE" ]; then exit 4; fi',
    python.says
  ]
  writeFileSync(join(folder, 'python3'), lines.join('\n'), { mode: 0o755 })
  const { status, stdout, stderr } = spawnSync(process.execPath, [SCRIPT, ...given], {
    encoding: 'utf8',
    env: { ...process.env, PATH: `${folder}${delimiter}${process.env.PATH}`, OPENBLAS_CORETYPE: 'Haswell', OPENBLAS_L2_SIZE: '1' }
  })
  return { code: status, out: stdout, err: stderr }
}

const SMALL = ['yardstick.py', '--units', '2', '--batch', '8', '--learn-steps', '5', '--json']

describe.skipIf(process.platform === 'win32')('the comparison with PyTorch', () => {
  it('times runs here and there in turn, by the seconds that each tells', () => {
    const says = `echo started; echo "{\\"seconds\\": 8, \\"given\\": \\"$*\\"}"`
    const { code, out, err } = bench({ hasOpenBlas: true, says }, ...SMALL, '--pairs', '2')
    expect([code, err]).toEqual([0, expect.stringContaining('Pair 2 of 2')])
    const told = JSON.parse(out)
    expect(told).toMatchObject({ units: 2, batch: 8, learnSteps: 5, nets: 'stacked', torch: '1.13.1', torchSeconds: 8 })
    expect(told.pairs).toEqual([
      { lab: expect.any(Number), torch: 8 },
      { lab: expect.any(Number), torch: 8 }
    ])
    expect(told.ratio).toBeCloseTo(told.labSeconds / 8, 12)
  })

  it('refuses a PyTorch that does not multiply with OpenBLAS, and says what to install', () => {
    const { code, out, err } = bench({ hasOpenBlas: false, says: 'exit 1' }, ...SMALL)
    expect([code, out]).toEqual([1, ''])
    expect(err).toContain('libopenblas0-pthread')
  })

  it('says which program failed, and how', () => {
    const { code, err } = bench({ hasOpenBlas: true, says: 'exit 3' }, ...SMALL, '--pairs', '1')
    expect([code, err]).toEqual([1, expect.stringContaining('python3 ended with exit code 3')])
  })

  it('asks for what is missing among its arguments', () => {
    expect(bench({ hasOpenBlas: true, says: '' }).err).toContain('bench:torch -- PROGRAM.py')
    expect(bench({ hasOpenBlas: true, says: '' }, 'a.py', '--pairs', '0').err).toContain('--pairs must be a whole number')
  })
})
