/** What can be done, as the palette, the shortcut sheet and the menu name it. */
export const commandsText = {
  commands: {
    everywhere: 'Everywhere',
    go: 'Pages',
    goTo: (page: string) => `Go to ${page}`,
    palette: 'Search or run a command',
    shortcuts: 'Show all shortcuts',
    settings: 'Settings',
    tour: 'Show the tour of first steps',
    newExperiment: 'New experiment',
    undo: 'Undo the last deletion',
    turnTheme: 'Turn the theme: as the system, light, dark',
    runs: {
      next: 'Next row',
      previous: 'Previous row',
      far: 'Twenty rows on',
      back: 'Twenty rows back',
      first: 'First row',
      last: 'Last row',
      open: 'Open the run or group',
      into: 'Open a group',
      out: 'Close a group, go to what the row belongs to',
      select: 'Select the row',
      compare: 'Compare the selected runs',
      pause: 'Pause or resume the selected runs',
      remove: 'Delete the selected runs',
      filter: 'Filter the runs',
      clear: 'Clear the selection',
      selectAll: 'Select all runs in sight',
      openAll: 'Open or close all groups'
    },
    run: {
      room: 'This run',
      back: 'Back to the runs',
      compare: 'Compare this run with its other seeds',
      pause: 'Pause or resume this run',
      cancel: 'Cancel this run',
      remove: 'Delete this run'
    },
    experiments: { start: 'Start the focused experiment', open: 'Open an experiment from a file' },
    planner: { start: 'Queue the missing runs of this plan' },
    document: { room: 'This document', undo: 'Undo the last edit', redo: 'Redo the edit' },
    compare: { choose: 'Choose other runs to compare' }
  }
}
