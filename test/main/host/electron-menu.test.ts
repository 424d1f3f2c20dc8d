import { describe, expect, it } from 'vitest'
import type { MenuItemConstructorOptions } from 'electron'
import type { MenuContent } from '@shared/contract/desktop'
import { acceleratorOf, menuTemplate } from '../../../src/main/host/electron-menu'

const content: MenuContent = {
  titles: { file: 'File', edit: 'Edit', go: 'Go', view: 'View', help: 'Help' },
  groups: [
    {
      room: 'Everywhere',
      commands: [
        { id: 'frame.open', label: 'Open…', shortcut: 'Mod+O', enabled: true, menu: 'file' },
        { id: 'frame.undo', label: 'Undo', shortcut: 'Mod+Z', enabled: false, menu: 'edit' },
        { id: 'frame.shortcuts', label: 'Shortcuts', shortcut: '?', enabled: true, menu: 'help' }
      ]
    },
    { room: 'Runs & more', commands: [{ id: 'runs.compare', label: 'Compare & see', shortcut: 'C', enabled: true }] }
  ]
}

const asked: string[] = []
const template = (isMac: boolean, isPackaged = true) => menuTemplate(content, { isMac, isPackaged, run: (id) => asked.push(id) })
const itemsOf = (items: MenuItemConstructorOptions[]): MenuItemConstructorOptions[] =>
  items.flatMap((item) => [item, ...(Array.isArray(item.submenu) ? itemsOf(item.submenu) : [])])
const find = (id: string, isMac = false) => itemsOf(template(isMac)).find((item) => item.id === id)

describe('the native menu', () => {
  it('holds every command of the page once, and a click asks the page for it', () => {
    const ids = itemsOf(template(false)).flatMap(({ id }) => id ?? [])
    expect(ids.sort()).toEqual(['frame.open', 'frame.shortcuts', 'frame.undo', 'runs.compare'])
    for (const id of ids) find(id)?.click?.({} as never, undefined, {} as never)
    expect(asked).toEqual(ids)
  })

  it('greys what cannot be done now', () => {
    expect(find('frame.undo')?.enabled).toBe(false)
    expect(find('runs.compare')?.enabled).toBe(true)
  })

  it('gives a page a menu of its name', () => {
    expect(template(false).map(({ label }) => label)).toEqual(['File', 'Edit', 'Go', 'View', 'Runs && more', 'Help'])
    expect(find('runs.compare')?.label).toBe('Compare && see')
  })

  it('shows keys without taking them from the page, where letters are typed too', () => {
    for (const item of itemsOf(template(false))) if (item.accelerator !== undefined) expect(item.registerAccelerator).toBe(false)
    expect(find('runs.compare')?.accelerator).toBe('C')
    // A Mac would take them.
    expect(find('runs.compare', true)?.accelerator).toBeUndefined()
    expect(find('frame.open', true)?.accelerator).toBe('CmdOrCtrl+O')
  })

  it('has the menus a Mac expects, and developer tools only before it is packaged', () => {
    expect(template(true).flatMap(({ role }) => role ?? [])).toEqual(['appMenu', 'windowMenu', 'help'])
    const roles = (isPackaged: boolean) => itemsOf(template(false, isPackaged)).flatMap(({ role }) => role ?? [])
    expect(roles(true)).not.toContain('toggleDevTools')
    expect(roles(false)).toContain('toggleDevTools')
    expect(roles(true)).not.toContain('reload')
  })

  it.each([
    ['Mod+Shift+Z', 'CmdOrCtrl+Shift+Z'],
    ['ArrowDown', 'Down'],
    ['Enter', 'Return'],
    ['Delete', 'Delete']
  ])('writes %s as %s', (shortcut, accelerator) => expect(acceleratorOf(shortcut)).toBe(accelerator))
})
