/** Whether a key press belongs to a field and is not a command. */
export function isTyping(event: KeyboardEvent): boolean {
  const { target } = event
  if (!(target instanceof HTMLElement)) return false
  // Nothing is written in a menu that is closed: undo is the document's.
  if (target.role === 'combobox' && target.ariaExpanded === 'false' && (event.ctrlKey || event.metaKey)) return false
  if (target instanceof HTMLInputElement) return target.type !== 'checkbox' && target.type !== 'radio'
  return target.isContentEditable || target instanceof HTMLTextAreaElement || target instanceof HTMLSelectElement
}
