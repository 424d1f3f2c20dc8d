import type { Catalogue } from '../catalogue'
import type { libraryText as english } from '../en/library'

/** Was von Hand gemacht und vom Labor behalten wird. */
export const libraryText: Catalogue<typeof english> = {
  library: {
    earlier: 'frühere Änderungen',
    notKept: (why) => `Diese Änderungen sind noch nicht gesichert: ${why}`,
    notSaved: (why) => `Nichts wurde gespeichert: ${why}`,
    saved: (name, version) => `${name}: als Version ${version} gespeichert`,
    stale: (why) => `Nicht gespeichert: ${why}`,
    saveOver: 'Darüber speichern',
    draft: 'Änderungen als Entwurf gesichert',
    never: 'neu, als Entwurf gesichert',
    saving: 'wird gesichert …',
    version: (n) => `Version ${n}`,
    save: 'Speichern',
    undo: (what) => `Rückgängig: ${what}`,
    redo: (what) => `Wiederholen: ${what}`,
    nothingToUndo: 'Nichts rückgängig zu machen',
    nothingToRedo: 'Nichts zu wiederholen',
    name: 'Name',
    missing: 'Das ist nicht mehr da. Vielleicht wurde es gelöscht.',
    loading: 'Wird gelesen …',
    failed: (why) => `Es konnte nicht gelesen werden: ${why}`,
    deleted: (name) => `${name} gelöscht`,
    undoDelete: 'Rückgängig',
    duplicate: 'Duplizieren',
    remove: 'Löschen',
    exportJson: 'JSON-Export',
    failedTo: (what, why) => `${what} ging nicht: ${why}`
  }
}
