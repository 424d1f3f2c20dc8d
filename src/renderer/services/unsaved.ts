/** Everything that holds words which the program does not have yet. */
const sources = new Set<() => boolean>()

/** Says of something whether it would be lost if the page closed now; the result takes that back. */
export function addUnsaved(isUnsaved: () => boolean): () => void {
  sources.add(isUnsaved)
  return () => sources.delete(isUnsaved)
}

export function hasUnsaved(): boolean {
  return [...sources].some((isUnsaved) => isUnsaved())
}

/**
 * Lets the browser ask before the page closes over edits that are not kept yet, and only then: drafts are kept by the program
 * a moment after each edit, and training goes on there whatever happens to the page.
 */
export function askBeforeLosing(event: BeforeUnloadEvent): void {
  if (hasUnsaved()) event.preventDefault()
}
