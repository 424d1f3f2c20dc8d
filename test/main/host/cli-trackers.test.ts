import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { fillCompared } from '../../e2e/compared'
import { commandLine } from './in-process'

/** Runs on their way to other tools and back, by the command line. */
const folder = mkdtempSync(join(tmpdir(), 'dmro-trackers-'))
const lab = commandLine(join(folder, 'home'))
let ids: string[]
beforeAll(() => {
  ids = fillCompared(join(folder, 'home'), { groups: 2, seeds: 2 }).flat()
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

describe('runs export', () => {
  it('writes a table in each form, to stdout or a file, and refuses others by their names', { timeout: 180_000 }, async () => {
    for (const [form, head] of [
      ['csv', 'run,experiment,'],
      ['tsv', 'run\texperiment\t'],
      ['latex', '\\begin{tabular}'],
      ['saga', ',scheduler,makespan_ratio'],
      ['methods', '4 runs were made with'],
      ['bibtex', '@']
    ])
      expect((await lab('runs', 'export', ...ids, '--as', form)).out).toContain(head)
    const to = join(folder, 'runs.csv')
    expect(await lab('runs', 'export', ids[0], '--as', 'csv', '--to', to)).toMatchObject({ code: 0, out: '' })
    expect(await lab('runs', 'export', ids[0], '--as', 'xls')).toMatchObject({
      code: 2,
      err: expect.stringContaining('csv, tsv, latex, saga, methods, bibtex')
    })
    expect(await lab('runs', 'export', ids[0], '--tensorboard', 'a', '--mlflow', 'b')).toMatchObject({ code: 2 })
  })
})

describe('runs import', () => {
  it.each(['tensorboard', 'mlflow'])('takes in what was exported for %s, once', { timeout: 180_000 }, async (form) => {
    const to = join(folder, form)
    expect((await lab('runs', 'export', ...ids, `--${form}`, to)).code).toBe(0)
    const look = await lab('runs', 'import', to, '--look')
    expect(look).toMatchObject({ code: 0 })
    expect(look.out.trim().split('\n')).toHaveLength(1 + ids.length)
    const { ids: made } = await lab.json('runs', 'import', to, '--json')
    expect(made).toHaveLength(ids.length)
    const again = await lab('runs', 'import', to)
    expect(again.err.match(/^Already here: /gm)).toHaveLength(ids.length)
    const shown = await lab('runs', 'show', made[0])
    expect(shown.out).toContain('it has curves and no scenario, so no gap can be computed')
    expect(shown.out).toMatch(/curves: .*loss/)
  })

  it('tells what can only be done with the lab’s own runs, a sentence each', { timeout: 180_000 }, async () => {
    const rows: { id: string; algorithm: string }[] = (await lab.json('runs', 'list', '--json')).runs
    const [foreign] = rows.filter(({ algorithm }) => algorithm.includes(': '))
    const said = 'it has curves and no scenario'
    expect((await lab('runs', 'placements', foreign.id)).err).toContain(said)
    expect((await lab('runs', 'export', foreign.id, '--out', join(folder, 'x.dmro'))).err).toContain('a bundle cannot hold it')
    expect((await lab('runs', 'resume', foreign.id)).err).toContain('it cannot be resumed here')
    expect((await lab('compare', foreign.id)).err).toContain('they have curves and no scenario')
    const beside = await lab('compare', ids[0], foreign.id)
    expect(beside).toMatchObject({ code: 0, err: expect.stringContaining('it is in no figure below') })
    expect((await lab('runs', 'export', foreign.id, '--as', 'methods')).out).toContain('1 run was made by other programs')
    expect((await lab('runs', 'export', foreign.id, '--as', 'csv')).code).toBe(0)
    expect((await lab('export', foreign.id)).err).toContain('no scenario')
    expect((await lab('doctor')).err + (await lab('doctor')).out).not.toContain('damaged')
  })

  it('names the file and the place of what is wrong, and keeps nothing', { timeout: 180_000 }, async () => {
    const before = (await lab.json('runs', 'list', '--json')).runs.length
    const wrong = join(folder, 'events.out.tfevents.1.x')
    writeFileSync(wrong, 'nothing of the kind')
    expect(await lab('runs', 'import', wrong)).toMatchObject({
      code: 2,
      err: 'events.out.tfevents.1.x: at byte 0 there is no record of an event file: its checksum does not match\n'
    })
    expect(await lab('runs', 'import', join(folder, 'nowhere'))).toMatchObject({ code: 2, err: expect.stringContaining('cannot be read') })
    expect(await lab('runs', 'import')).toMatchObject({ code: 2, err: expect.stringContaining('import what?') })
    expect(await lab('runs', 'import', folder, '--rename', 'loss')).toMatchObject({ code: 2, err: expect.stringContaining('THERE=HERE') })
    expect((await lab.json('runs', 'list', '--json')).runs).toHaveLength(before)
    expect(readdirSync(folder)).not.toContain('x.dmro')
  })
})
