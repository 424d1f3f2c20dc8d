/** What users make by hand and the lab keeps. */
export const libraryText = {
  library: {
    earlier: 'earlier edits',
    notKept: (why: string) => `These edits are not kept yet: ${why}`,
    notSaved: (why: string) => `Nothing was saved: ${why}`,
    saved: (name: string, version: number) => `${name}: saved as version ${version}`,
    stale: (why: string) => `Not saved: ${why}`,
    saveOver: 'Save on top',
    unreadable: (field: string, why: string) => `First put ${field} right. ${why}`,
    leftOut: (field: string, written: string) => `${field}: “${written}” could not be read and is left out.`,
    draft: 'unsaved edits, kept',
    never: 'draft, kept',
    saving: 'keeping …',
    version: (n: number) => `version ${n}`,
    save: 'Save',
    undo: (what: string) => `Undo: ${what}`,
    redo: (what: string) => `Redo: ${what}`,
    nothingToUndo: 'Nothing to undo',
    nothingToRedo: 'Nothing to redo',
    name: 'Name',
    missing: 'This is not there any more. It may have been deleted.',
    loading: 'Reading …',
    failed: (why: string) => `It could not be read: ${why}`,
    deleted: (name: string) => `${name} deleted`,
    undoDelete: 'Undo',
    duplicate: 'Duplicate',
    remove: 'Delete',
    exportJson: 'Export JSON',
    failedTo: (what: string, why: string) => `${what} did not work: ${why}`
  }
}
