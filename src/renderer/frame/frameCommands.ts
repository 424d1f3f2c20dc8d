import { useRouter } from 'vue-router'
import { text } from '../ui/text'
import { useCommands } from '../services/commands'
import { changeTextSize, TEXT_SIZES, textSize } from '../services/settings'
import { turnTheme } from '../services/theme'
import { canUndo, undoLatest } from '../services/toasts'

/** What the frame opens. */
export interface FrameHosts {
  palette(): void
  shortcuts(): void
  settings(): void
}

/** What can be done on every page. */
export function useFrameCommands(open: FrameHosts): void {
  const router = useRouter()
  useCommands(text.commands.everywhere, [
    { id: 'frame.palette', label: text.commands.palette, shortcuts: ['Mod+K'], whileTyping: true, menu: 'view', run: open.palette },
    {
      id: 'frame.newExperiment',
      label: text.commands.newExperiment,
      shortcuts: ['N'],
      menu: 'file',
      run: () => void router.push({ name: 'experiments' })
    },
    { id: 'frame.undo', label: text.commands.undo, shortcuts: ['Mod+Z'], menu: 'edit', enabled: canUndo, run: () => void undoLatest() },
    { id: 'frame.theme', label: text.commands.turnTheme, menu: 'view', run: turnTheme },
    { id: 'frame.settings', label: text.commands.settings, shortcuts: ['Mod+,'], menu: 'file', run: open.settings },
    { id: 'frame.larger', label: text.settings.larger, menu: 'view', run: () => changeTextSize(TEXT_SIZES.step) },
    { id: 'frame.smaller', label: text.settings.smaller, menu: 'view', run: () => changeTextSize(-TEXT_SIZES.step) },
    { id: 'frame.usualSize', label: text.settings.usualSize, menu: 'view', run: () => changeTextSize(TEXT_SIZES.usual - textSize.value) },
    { id: 'frame.shortcuts', label: text.commands.shortcuts, shortcuts: ['?'], menu: 'help', run: open.shortcuts }
  ])
}
