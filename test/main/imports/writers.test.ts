import { execFileSync, spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { filesAt } from '../../../src/main/imports/files'
import type { ForeignRun } from '../../../src/main/imports/foreign-run'
import { foreignRuns } from '../../../src/main/imports/found'

let home: string
beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), 'dmro-lab-writers-'))
})
afterEach(() => rmSync(home, { recursive: true, force: true }))

const pointsOf = (run: ForeignRun, metric: string) => {
  const curve = run.curves.find((each) => each.metric === metric)
  return curve && Array.from(curve.steps, (step, i) => [step, curve.values[i]])
}

/** A Python that has a module, by its name or as DMRO_PYTHON gives it; undefined where there is none. */
function pythonWith(module: string): string | undefined {
  const names = [process.env.DMRO_PYTHON, 'python3', 'python'].filter((name) => name !== undefined)
  return names.find((name) => spawnSync(name, ['-c', `import ${module}`], { timeout: 60_000 }).status === 0)
}

describe('written by their own programs', () => {
  const theirs = Array.from({ length: 50 }, (_, step) => [step, step / 7])
  const written = (python: string | undefined, form: string) => {
    const folder = join(home, 'theirs')
    execFileSync(python as string, [join(import.meta.dirname, 'writers.py'), form, folder], { stdio: 'pipe' })
    return [...foreignRuns(filesAt(folder)).runs]
  }

  const python = pythonWith('tensorboard.compat.proto')
  it.skipIf(python === undefined)('TensorBoard’s scalars of both kinds', { timeout: 180_000 }, () => {
    const [run] = written(python, 'tensorboard')
    const values = theirs.map(([step, value]) => [step, Math.fround(value)])
    expect(pointsOf(run, 'as tensor')).toEqual(values)
    expect(pointsOf(run, 'as value')).toEqual(values)
    expect(run).toMatchObject({ name: 'theirs', notes: [], troubles: [] })
  })

  const other = pythonWith('mlflow.tracking')
  it.skipIf(other === undefined)('MLflow’s runs with their parameters and every point', { timeout: 180_000 }, () => {
    const [run] = written(other, 'mlflow')
    expect(pointsOf(run, 'train/loss')).toEqual(theirs)
    expect(pointsOf(run, 'odd')).toEqual([[-3, Number.NaN]])
    expect(run).toMatchObject({
      name: 'theirs: "quoted"',
      experiment: 'an: experiment',
      parameters: { 'net/lr': '0.01' },
      status: 'failed'
    })
  })
})
