import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { tmpdir } from 'node:os'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { alone, PROGRAMS, type Started, start } from './program'

// A file that is named a bundle and is none: that the page says so shows that it was handed over, by whichever way.
describe.each(PROGRAMS)('a file that is opened with the program, $name', (program) => {
  const folder = mkdtempSync(join(tmpdir(), 'lab-files-'))
  const file = (name: string): string => {
    writeFileSync(join(folder, name), 'not a bundle')
    return join(folder, name)
  }
  let started: Started
  beforeAll(async () => {
    started = await start(program, [file('first.dmro')])
  })
  afterAll(async () => {
    await started?.close()
    rmSync(folder, { recursive: true, force: true })
  })
  const said = (name: string) => started.page.getByText(name).first().waitFor()

  it('comes in with the arguments of the first start', () => said('first.dmro'))

  it('comes in with those of another start, which ends at once', async () => {
    const { args, env } = alone(dirname(started.profile), program, [file('second.dmro')])
    const second = spawn(program.executable, args, { env, stdio: 'ignore' })
    expect((await once(second, 'exit'))[0]).toBe(0)
    await said('second.dmro')
  })

  it('comes in as a Mac hands it over', async () => {
    const path = file('third.dmro')
    await started.app.evaluate(({ app }, given) => app.emit('open-file', { preventDefault: () => {} }, given), path)
    await said('third.dmro')
  })
})
