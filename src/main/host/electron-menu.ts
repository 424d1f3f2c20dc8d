import type { MenuItemConstructorOptions } from 'electron'
import type { MenuContent, MenuPlace } from '@shared/contract/desktop'

type Item = MenuItemConstructorOptions
type Command = MenuContent['groups'][number]['commands'][number]

export interface MenuOptions {
  isMac: boolean
  isPackaged: boolean
  /** Asks the page to do what a command stands for. */
  run(id: string): void
}

const SEPARATOR: Item = { type: 'separator' }
const KEYS: Readonly<Record<string, string>> = {
  Mod: 'CmdOrCtrl',
  ArrowUp: 'Up',
  ArrowDown: 'Down',
  ArrowLeft: 'Left',
  ArrowRight: 'Right',
  Enter: 'Return',
  Escape: 'Esc'
}

/** A shortcut as menus write it. */
export function acceleratorOf(shortcut: string): string {
  return shortcut
    .split('+')
    .map((part) => KEYS[part] ?? part)
    .join('+')
}

/**
 * The native menu, drawn from the page's own register of commands. Keys are shown but not handled: the page handles them itself,
 * since letters are commands only where nothing is being typed. A Mac cannot show a key without handling it, so bare letters are left out there.
 */
export function menuTemplate({ titles, groups }: MenuContent, options: MenuOptions): Item[] {
  const commands = groups.flatMap((group) => group.commands)
  const at = (place: MenuPlace): Item[] => commands.filter(({ menu }) => menu === place).map((command) => itemOf(command, options))
  const pages = groups.flatMap(({ room, commands: all }): Item[] => {
    const own = all.filter(({ menu }) => menu === undefined)
    return own.length === 0 ? [] : [{ label: plain(room), submenu: own.map((command) => itemOf(command, options)) }]
  })
  const developer: Item[] = options.isPackaged ? [] : [SEPARATOR, { role: 'toggleDevTools' }]
  const edit: Item[] = [...at('edit'), SEPARATOR, { role: 'cut' }, { role: 'copy' }, { role: 'paste' }, { role: 'selectAll' }]
  return [
    ...(options.isMac ? [{ role: 'appMenu' } as const] : []),
    { label: plain(titles.file), submenu: [...at('file'), SEPARATOR, options.isMac ? { role: 'close' } : { role: 'quit' }] },
    { label: plain(titles.edit), submenu: edit },
    { label: plain(titles.go), submenu: at('go') },
    { label: plain(titles.view), submenu: [...at('view'), SEPARATOR, { role: 'togglefullscreen' }, ...developer] },
    ...pages,
    ...(options.isMac ? [{ role: 'windowMenu' } as const] : []),
    { label: plain(titles.help), role: 'help', submenu: at('help') }
  ]
}

function itemOf({ id, label, shortcut, enabled }: Command, { isMac, run }: MenuOptions): Item {
  const isShown = shortcut !== undefined && (!isMac || shortcut.startsWith('Mod+'))
  return {
    id,
    label: plain(label),
    enabled,
    ...(isShown && { accelerator: acceleratorOf(shortcut), registerAccelerator: false }),
    click: () => run(id)
  }
}

/** Menus take the letter after an & for a key. */
const plain = (label: string): string => label.replaceAll('&', '&&')
