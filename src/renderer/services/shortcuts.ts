import { text } from '../ui/text'
import { isTyping } from './keys'

/**
 * A key as it is written down: `K`, `?`, `Delete`, `Mod+K`, `Mod+Shift+Z`. `Mod` is Ctrl, on a Mac the command key.
 * Letters are told apart by Shift only where it is named.
 */
export type Shortcut = string

type KeyPress = Pick<KeyboardEvent, 'key' | 'ctrlKey' | 'metaKey' | 'altKey' | 'shiftKey'>

const isMac = typeof navigator !== 'undefined' && /^Mac/.test(navigator.platform)

/** What a control that has the focus does something with of its own: a button with Enter, a menu with arrows. */
const OF_CONTROLS = new Set(['ArrowUp', 'ArrowDown', 'ArrowLeft', 'ArrowRight', 'PageUp', 'PageDown', 'Home', 'End', 'Enter', 'Space'])

const CAPS: Readonly<Record<string, string>> = {
  ArrowUp: '↑',
  ArrowDown: '↓',
  ArrowLeft: '←',
  ArrowRight: '→',
  Enter: '⏎',
  Plus: '+',
  ...text.keys,
  Mod: isMac ? '⌘' : text.keys.Control,
  ...(isMac && { Alt: '⌥', Shift: '⇧' })
}

/** `Mod+K` is `['Mod', 'K']`; the plus key is written `Plus`. */
const partsOf = (shortcut: Shortcut): string[] => shortcut.split('+')

/** How a shortcut stands on the keys of this machine, e.g. `['Ctrl', 'K']`. */
export function keyCaps(shortcut: Shortcut): string[] {
  return partsOf(shortcut).map((part) => CAPS[part] ?? part)
}

/** The same in one word, e.g. `Ctrl K`. */
export function keyText(shortcut: Shortcut): string {
  return keyCaps(shortcut).join(' ')
}

/** As `aria-keyshortcuts` wants it. */
export function ariaKeys(shortcut: Shortcut): string {
  return shortcut.replace('Mod', isMac ? 'Meta' : 'Control')
}

/** Whether a key press is this shortcut. */
export function matches(event: KeyPress, shortcut: Shortcut): boolean {
  const parts = partsOf(shortcut)
  const key = parts[parts.length - 1]
  const wants = (part: string) => parts.length > 1 && parts.slice(0, -1).includes(part)
  if (wants('Mod') !== (event.ctrlKey || event.metaKey) || wants('Alt') !== event.altKey) return false
  const isLetter = /^[a-z]$/i.test(key)
  // Signs such as ? and + need Shift on some keyboards and not on others.
  if ((isLetter || key.length > 1) && key !== 'Plus' && wants('Shift') !== event.shiftKey) return false
  const pressed = event.key === ' ' ? 'Space' : event.key === '+' ? 'Plus' : event.key
  return isLetter ? pressed.toLowerCase() === key.toLowerCase() : pressed === key
}

/** Whether a key press belongs to what has the focus: a field takes letters, a button takes Enter. */
export function belongsToFocus(event: KeyboardEvent, shortcut: Shortcut): boolean {
  if (isTyping(event)) return true
  const key = shortcut.slice(shortcut.lastIndexOf('+') + 1)
  if (shortcut.includes('+') || !OF_CONTROLS.has(key)) return false
  const { target } = event
  if (!(target instanceof HTMLElement) || target === document.body) return false
  return target.id !== 'content' && target.getAttribute('role') !== 'treegrid'
}
