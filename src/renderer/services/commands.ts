import type { MenuPlace } from '@shared/contract/desktop'
import { computed, onScopeDispose, shallowRef } from 'vue'
import { belongsToFocus, matches, type Shortcut } from './shortcuts'

/**
 * Something that can be done. One register of them is what the keys, the shortcut sheet, the palette and the native
 * menu are drawn from, so that none of them can know what another does not.
 */
export interface PageCommand {
  /** Unique among all, `page.action`. */
  id: string
  label: string
  shortcuts?: readonly Shortcut[]
  run(): void
  /** Default: always. Asked at the moment of a key press, and wherever the command is shown. */
  enabled?(): boolean
  /** Works while typing too, as Ctrl ⏎ does. */
  whileTyping?: boolean
  /** A movement of the hand rather than an action: on the shortcut sheet, but neither in the palette nor in a menu. */
  isMove?: boolean
  /** Where the native menu keeps a command of the frame; those of a page are in a menu of that page's name. */
  menu?: MenuPlace
}

/** Commands of one page. */
export interface CommandGroup {
  room: string
  commands: readonly PageCommand[]
}

type Given = readonly PageCommand[] | (() => readonly PageCommand[])

const registered = shallowRef<readonly { room: string; given: Given }[]>([])

/** Commands there are at the moment, the frame's first; groups of one page are merged, and an id occurs once. */
export const commandGroups = computed<CommandGroup[]>(() => {
  const groups = new Map<string, Map<string, PageCommand>>()
  for (const { room, given } of registered.value) {
    const commands = groups.get(room) ?? new Map<string, PageCommand>()
    groups.set(room, commands)
    for (const command of typeof given === 'function' ? given() : given) {
      // Of twins, as each card of a list has them, the one that can be done now stands for all.
      const twin = commands.get(command.id)
      if (!twin || (!isEnabled(twin) && isEnabled(command))) commands.set(command.id, command)
    }
  }
  return [...groups].map(([room, commands]) => ({ room, commands: [...commands.values()] })).filter(({ commands }) => commands.length > 0)
})

export function isEnabled(command: PageCommand): boolean {
  return command.enabled?.() ?? true
}

/** Adds commands for as long as the component lives. `room` is the heading they are listed under. */
export function useCommands(room: string, given: Given): void {
  const entry = { room, given }
  registered.value = [...registered.value, entry]
  onScopeDispose(() => {
    registered.value = registered.value.filter((other) => other !== entry)
  })
}

/** Runs a command by its id, as a menu does. False where there is none, or it cannot be done now. */
export function runPageCommand(id: string): boolean {
  for (const { commands } of commandGroups.value) {
    const command = commands.find((candidate) => candidate.id === id)
    if (!command || !isEnabled(command)) continue
    command.run()
    return true
  }
  return false
}

/** Does what a key press asks for. What was registered last comes first: a page may use a key for its own purpose. */
export function onCommandKey(event: KeyboardEvent): void {
  if (event.defaultPrevented || event.isComposing || document.querySelector('dialog[open]')) return
  for (const { given } of registered.value.toReversed()) {
    for (const command of typeof given === 'function' ? given() : given) {
      const shortcut = command.shortcuts?.find((candidate) => matches(event, candidate))
      if (shortcut === undefined || (!command.whileTyping && belongsToFocus(event, shortcut)) || !isEnabled(command)) continue
      event.preventDefault()
      command.run()
      return
    }
  }
}
