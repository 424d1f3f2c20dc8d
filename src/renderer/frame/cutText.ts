/** How far from what is pointed at the element may be that cuts it. */
const MOST_LEVELS = 3

/** Those that have a title from here, which goes when nothing is cut any more. */
const given = new WeakSet<Element>()

/** Whether an element shows an ellipsis: for a line too wide, or for lines too many; undefined: it never does. */
function isCut(element: Element): boolean | undefined {
  const { textOverflow, webkitLineClamp } = getComputedStyle(element)
  if (webkitLineClamp && webkitLineClamp !== 'none') return element.scrollHeight > element.clientHeight + 1
  return textOverflow === 'ellipsis' ? element.scrollWidth > element.clientWidth : undefined
}

/** Text that is cut with an ellipsis says the whole of itself when it is pointed at: it gets a title, unless something around it has one. */
export function titleCutText(pointed: EventTarget | null): void {
  let element = pointed instanceof Element ? pointed : null
  for (let level = 0; element && level < MOST_LEVELS; level++, element = element.parentElement) {
    const cut = isCut(element)
    if (cut === undefined) continue
    const isOurs = given.has(element)
    if (!isOurs && element.closest('[title]')) return
    if (cut) {
      given.add(element)
      element.setAttribute('title', (element.textContent ?? '').trim().replace(/\s+/g, ' '))
    } else if (isOurs) {
      given.delete(element)
      element.removeAttribute('title')
    }
    return
  }
}
