/**
 * Puts text on the clipboard, as a copy that the user made: the window of the program asks for permissions and is given none. Called
 * in answer to a click or a key. Rejects where the browser refuses.
 */
export async function copyText(text: string): Promise<void> {
  if (!copySelected(text)) await navigator.clipboard.writeText(text)
}

/** Only what is selected can be copied so: a field out of sight holds the text for the moment. */
function copySelected(text: string): boolean {
  const focused = document.activeElement
  const field = document.createElement('textarea')
  field.value = text
  field.style.position = 'fixed'
  field.style.opacity = '0'
  // What the page makes of a copy is not meant.
  field.addEventListener('copy', (event) => event.stopPropagation())
  document.body.append(field)
  try {
    field.select()
    return document.execCommand('copy')
  } finally {
    field.remove()
    if (focused instanceof HTMLElement) focused.focus({ preventScroll: true })
  }
}
