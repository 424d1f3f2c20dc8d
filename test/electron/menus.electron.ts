import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { PROGRAMS, type Started, start } from './program'

describe.each(PROGRAMS)('the menu of the window, $name', (program) => {
  let started: Started
  beforeAll(async () => {
    started = await start(program)
  })
  afterAll(() => started?.close())

  const labels = () => started.app.evaluate(({ Menu }) => Menu.getApplicationMenu()?.items.map(({ label }) => label) ?? [])

  it('is the page’s own', async () => {
    await expect.poll(labels).toEqual(expect.arrayContaining(['File', 'Edit', 'Go', 'View', 'Help']))
  })

  it('has developer tools only before it is packaged', async () => {
    await expect.poll(labels).toContain('View')
    const roles = await started.app.evaluate(({ Menu }) =>
      (Menu.getApplicationMenu()?.items ?? []).flatMap(({ submenu }) => submenu?.items.map(({ role }) => String(role).toLowerCase()) ?? [])
    )
    expect(roles.includes('toggledevtools')).toBe(program.name === 'as it is built')
  })

  it('does in the page what is clicked', async () => {
    const before = started.page.url()
    await started.app.evaluate(({ Menu }) => {
      const go = Menu.getApplicationMenu()?.items.find(({ label }) => label === 'Go')
      for (const item of go?.submenu?.items ?? []) item.click()
    })
    await expect.poll(() => started.page.url()).not.toBe(before)
  })
})
