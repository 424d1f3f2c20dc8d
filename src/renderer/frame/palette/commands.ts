import { commandGroups, isEnabled } from '../../services/commands'
import { text } from '../../ui/text'
import { type PaletteEntry, type PaletteSource, searchText } from './entry'

/** What can be done now, the current page's commands first. */
export function useCommandEntries(): PaletteSource {
  return {
    heading: text.palette.commands,
    isShownEmpty: true,
    entries: () =>
      commandGroups.value.toReversed().flatMap(({ room, commands }) =>
        commands
          .filter((command) => !command.isMove && isEnabled(command))
          .map<PaletteEntry>(({ id, label, shortcuts, run }) => ({
            id: `command-${id}`,
            label,
            hint: room,
            icon: 'command',
            shortcut: shortcuts?.[0],
            search: searchText(label, room),
            run
          }))
      )
  }
}
