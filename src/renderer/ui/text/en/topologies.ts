import { count } from '@shared/format'

const parts = (devices: number, edges: number, clouds: number, links: number) =>
  [
    count(devices, 'device', 'devices'),
    count(edges, 'edge', 'edges'),
    count(clouds, 'cloud', 'clouds'),
    count(links, 'link', 'links')
  ].join(' · ')

/** The gallery of topologies. */
export const topologiesText = {
  topologies: {
    title: 'Topologies',
    subtitle: 'the devices, edges and clouds that tasks may run on',
    mine: 'Yours',
    mineHint: 'Every save is a version; nothing is overwritten.',
    presets: 'Presets',
    presetsHint: 'Opening one makes your own copy; the preset does not change.',
    create: 'New topology',
    import: 'Import a file',
    paste: 'Paste a table',
    pasteHint:
      'Cells of a spreadsheet or CSV: a table of nodes with a column id, one of links with from and to, an empty line between them. Links alone are enough. What is assumed of the rest is said before it is taken.',
    pasteExample:
      'id\ttier\tcomputeMHz\nphone\tdevice\t2000\ngateway\tedge\t8000\n\nfrom\tto\tbandwidthMBps\tlatencyMs\nphone\tgateway\t10\t2',
    pasteLook: 'Read',
    pastedName: 'pasted table',
    parts,
    version: (n: number) => `v${n}`,
    unsaved: 'unsaved edits',
    neverSaved: 'not saved yet',
    faults: (n: number) => count(n, 'fault', 'faults'),
    savedAt: (when: string) => `saved ${when}`,
    editedAt: (when: string) => `edited ${when}`,
    open: (name: string) => `Open ${name}`,
    copyPreset: (name: string) => `Open a copy of ${name}`,
    duplicate: 'Duplicate',
    duplicated: (name: string) => `Made “${name}”.`,
    rename: 'Rename',
    renamed: (name: string) => `Renamed to “${name}”.`,
    remove: 'Delete',
    removed: (name: string) => `“${name}” deleted`,
    restored: (name: string) => `“${name}” restored.`,
    failed: (what: string, reason: string) => `${what} failed: ${reason}`,
    undo: 'Undo',
    actions: (name: string) => `Actions on ${name}`,
    use: 'Use in an experiment',
    empty: 'You have not drawn a topology yet.',
    emptyHint:
      'A topology says where tasks may run: devices that own the work, edges near them, clouds further away, and the links between. Start with an empty canvas, or with a copy of a preset below.',
    picture: (name: string) => `Picture of ${name}`,
    untitled: 'New topology',
    imported: (name: string) => `Read “${name}”. It is kept as unsaved edits until you save a version.`,
    notRead: (file: string, reason: string) => `${file} was not read: ${reason}`,
    noTopology: (file: string) => `${file} is not a topology: it does not say "format": "dmro-topology/1" or "dmro-topology/2".`
  }
}
