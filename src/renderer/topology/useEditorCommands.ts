import { useCommands } from '../services/commands'
import { text } from '../ui/text'

/** What the keys of the editor do. */
export interface EditorDeeds {
  add(what: string): void
  link(): void
  group(): void
  ungroup(): void
  step(by: 1 | -1): void
  nudge(x: number, y: number): void
  edit(): void
  remove(): void
  undo(): void
  redo(): void
  copy(): void
  cut(): void
  paste(): void
  duplicate(): void
  all(): void
  none(): void
  save(): void
  find(): void
  fit(): void
  zoomIn(): void
  zoomOut(): void
  tidy(): void
  nextFault(): void
  hasSelection(): boolean
  hasNodes(): boolean
}

/** The editor's keys, in the register that sheet and palette are drawn from. */
export function useEditorCommands(deeds: EditorDeeds): void {
  const words = text.topology.keys
  const some = () => deeds.hasSelection()
  useCommands(words.room, [
    { id: 'topology.device', label: words.addDevice, shortcuts: ['1'], run: () => deeds.add('device') },
    { id: 'topology.edge', label: words.addEdge, shortcuts: ['2'], run: () => deeds.add('edge') },
    { id: 'topology.cloud', label: words.addCloud, shortcuts: ['3'], run: () => deeds.add('cloud') },
    { id: 'topology.cell', label: words.addCell, shortcuts: ['4'], run: () => deeds.add('cell') },
    { id: 'topology.site', label: words.addSite, shortcuts: ['5'], run: () => deeds.add('site') },
    { id: 'topology.link', label: words.link, shortcuts: ['L'], enabled: some, run: deeds.link },
    { id: 'topology.group', label: words.group, shortcuts: ['G'], enabled: some, run: deeds.group },
    { id: 'topology.ungroup', label: words.ungroup, shortcuts: ['Shift+G'], enabled: some, run: deeds.ungroup },
    { id: 'topology.edit', label: words.edit, shortcuts: ['Enter', 'F2'], enabled: some, run: deeds.edit },
    { id: 'topology.remove', label: words.remove, shortcuts: ['Delete', 'Backspace'], enabled: some, run: deeds.remove },
    { id: 'topology.undo', label: words.undo, shortcuts: ['Mod+Z'], run: deeds.undo },
    { id: 'topology.redo', label: words.redo, shortcuts: ['Mod+Shift+Z', 'Mod+Y'], run: deeds.redo },
    { id: 'topology.copy', label: words.copy, shortcuts: ['Mod+C'], enabled: some, run: deeds.copy },
    { id: 'topology.cut', label: words.cut, shortcuts: ['Mod+X'], enabled: some, run: deeds.cut },
    { id: 'topology.paste', label: words.paste, shortcuts: ['Mod+V'], run: deeds.paste },
    { id: 'topology.duplicate', label: words.duplicate, shortcuts: ['Mod+D'], enabled: some, run: deeds.duplicate },
    { id: 'topology.all', label: words.all, shortcuts: ['Mod+A'], enabled: deeds.hasNodes, run: deeds.all },
    { id: 'topology.none', label: words.none, shortcuts: ['Escape'], run: deeds.none },
    { id: 'topology.save', label: words.save, shortcuts: ['Mod+S'], whileTyping: true, run: deeds.save },
    { id: 'topology.find', label: words.find, shortcuts: ['/', 'Mod+F'], run: deeds.find },
    { id: 'topology.fit', label: words.fit, shortcuts: ['F', '0'], run: deeds.fit },
    { id: 'topology.zoomIn', label: words.zoomIn, shortcuts: ['Plus'], run: deeds.zoomIn },
    { id: 'topology.zoomOut', label: words.zoomOut, shortcuts: ['-'], run: deeds.zoomOut },
    { id: 'topology.tidy', label: words.tidy, shortcuts: ['T'], enabled: deeds.hasNodes, run: deeds.tidy },
    { id: 'topology.nextFault', label: words.nextFault, shortcuts: ['F8'], run: deeds.nextFault },
    { id: 'topology.next', label: words.next, shortcuts: ['Tab'], isMove: true, enabled: () => false, run: () => deeds.step(1) },
    {
      id: 'topology.previous',
      label: words.previous,
      shortcuts: ['Shift+Tab'],
      isMove: true,
      enabled: () => false,
      run: () => deeds.step(-1)
    },
    {
      id: 'topology.left',
      label: `${words.move}: ${words.left}`,
      shortcuts: ['ArrowLeft'],
      isMove: true,
      enabled: some,
      run: () => deeds.nudge(-1, 0)
    },
    {
      id: 'topology.right',
      label: `${words.move}: ${words.right}`,
      shortcuts: ['ArrowRight'],
      isMove: true,
      enabled: some,
      run: () => deeds.nudge(1, 0)
    },
    {
      id: 'topology.up',
      label: `${words.move}: ${words.up}`,
      shortcuts: ['ArrowUp'],
      isMove: true,
      enabled: some,
      run: () => deeds.nudge(0, -1)
    },
    {
      id: 'topology.down',
      label: `${words.move}: ${words.down}`,
      shortcuts: ['ArrowDown'],
      isMove: true,
      enabled: some,
      run: () => deeds.nudge(0, 1)
    }
  ])
}
