import type { Page } from 'playwright-core'

/** The smallest window, at 150 % and at 100 %, in CSS pixels. */
export const SMALLEST = [
  { width: 683, height: 467 },
  { width: 1024, height: 700 }
]

/**
 * What of a page does not fit its window, a line each: text and controls that leave the window, or what cuts them off, without a way to
 * scroll there; text that is cut without an ellipsis and a title with the whole of it; controls that something else covers; text over text.
 */
export function layoutFindings(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    /** Rounding, and the room letters have around them. */
    const SLACK = 2
    const CONTROLS = 'a[href], button, input, select, textarea, summary, [role=tab], [role=option], [role=menuitem], [tabindex="0"]'
    /** What lies over the page for a while, and may cover it. */
    const OVER = 'dialog, [popover], [role=listbox], .toast, .tour'
    /** Maps are moved by hand: what is beyond their edge can be reached. */
    /** What may be wider than the place it has, and is scrolled sideways there. */
    const WIDE = 'table, [role=grid], [role=treegrid], [role=table], svg, pre, .rows, .stage'
    const MOVED = '.vue-flow'

    interface Box {
      left: number
      top: number
      right: number
      bottom: number
    }
    const findings = new Set<string>()
    const modal = [...document.querySelectorAll<HTMLElement>('dialog[open]')].at(-1)
    const scope: Element = modal ?? document.body

    const nameOf = (element: Element): string => {
      const classes = [...element.classList].slice(0, 2).map((each) => `.${each}`)
      const parent = element.parentElement
      const inside =
        parent && parent !== document.body
          ? `${parent.localName}${[...parent.classList]
              .slice(0, 1)
              .map((each) => `.${each}`)
              .join('')} > `
          : ''
      const said = (element.getAttribute('aria-label') ?? element.textContent ?? '').trim().replace(/\s+/g, ' ').slice(0, 40)
      return `${inside}${element.localName}${classes.join('')} “${said}”`
    }
    const meet = (a: Box, b: Box): Box => ({
      left: Math.max(a.left, b.left),
      top: Math.max(a.top, b.top),
      right: Math.min(a.right, b.right),
      bottom: Math.min(a.bottom, b.bottom)
    })
    const isEmpty = (box: Box) => box.right - box.left < 1 || box.bottom - box.top < 1
    /** Whether it stays where it is while others scroll under it. */
    const staysOver = (over: Element, under: Element): boolean => {
      for (let at: Element | null = over; at && !at.contains(under); at = at.parentElement)
        if (getComputedStyle(at).position === 'sticky') return true
      return false
    }
    const isShown = (element: Element) =>
      element.checkVisibility({ opacityProperty: true, visibilityProperty: true, contentVisibilityAuto: true })
    /** For readers alone, or on purpose not there. */
    const isUnseen = (element: Element): boolean => {
      for (let at: Element | null = element; at; at = at.parentElement) {
        const { clipPath, opacity } = getComputedStyle(at)
        if (clipPath !== 'none' || Number(opacity) === 0) return true
      }
      return false
    }

    /** What is left of a box in sight, and which way something cuts it off for good. */
    const seen = (element: Element, box: Box, from: Element | null): { box: Box; lost?: string } => {
      let left = box
      let lost: string | undefined
      let isOutside = false
      // What is fixed to the window is cut off by nothing around it.
      const isFixed = (each: Element | null) => each !== null && getComputedStyle(each).position === 'fixed'
      const first = from !== element && isFixed(element) ? null : from
      for (
        let at = first, before: Element | null = null;
        at && at !== document.documentElement && !isFixed(before);
        before = at, at = at.parentElement
      ) {
        const style = getComputedStyle(at)
        if (at.matches(MOVED)) isOutside = true
        const [x, y] = [style.overflowX, style.overflowY]
        if (x === 'visible' && y === 'visible') continue
        const border = at.getBoundingClientRect()
        const frame = {
          left: border.left + at.clientLeft,
          top: border.top + at.clientTop,
          right: border.left + at.clientLeft + at.clientWidth,
          bottom: border.top + at.clientTop + at.clientHeight
        }
        const scrolls = (how: string) => how === 'auto' || how === 'scroll'
        // Scrolling sideways is for what has columns.
        const scrollsAcross = scrolls(x) && element.closest(WIDE) !== null
        if (!isOutside && !lost) {
          if (!scrollsAcross && x !== 'visible' && (left.left < frame.left - SLACK || left.right > frame.right + SLACK))
            lost = `cut off across by ${at.localName}.${at.classList[0] ?? ''}`
          if (!scrolls(y) && y !== 'visible' && (left.top < frame.top - SLACK || left.bottom > frame.bottom + SLACK))
            lost = `cut off down by ${at.localName}.${at.classList[0] ?? ''}`
        }
        left = meet(left, frame)
        if (isEmpty(left)) return { box: left, lost }
      }
      const window = { left: 0, top: 0, right: innerWidth, bottom: innerHeight }
      if (
        !isOutside &&
        !lost &&
        (left.left < -SLACK || left.right > innerWidth + SLACK || left.top < -SLACK || left.bottom > innerHeight + SLACK)
      )
        lost = 'off the window'
      return { box: meet(left, window), lost }
    }

    /** Whether an ellipsis stands for the rest, and a title has it. */
    const isShortened = (element: Element): boolean => {
      for (let at: Element | null = element, i = 0; at && i < 4; at = at.parentElement, i++) {
        const style = getComputedStyle(at)
        const clamped = style.webkitLineClamp !== 'none' && style.webkitLineClamp !== ''
        if (style.textOverflow !== 'ellipsis' && !clamped) continue
        at.dispatchEvent(new MouseEvent('mouseover', { bubbles: true }))
        return at.closest('[title]') !== null
      }
      return false
    }

    const texts: { element: Element; box: Box; text: string }[] = []
    const walker = document.createTreeWalker(scope, NodeFilter.SHOW_TEXT)
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      const element = node.parentElement
      const text = node.textContent?.trim() ?? ''
      if (
        !element ||
        text === '' ||
        ['OPTION', 'SCRIPT', 'STYLE', 'TITLE'].includes(element.tagName) ||
        !isShown(element) ||
        isUnseen(element)
      )
        continue
      const range = document.createRange()
      range.selectNodeContents(node)
      for (const rect of range.getClientRects()) {
        if (rect.width < 1 || rect.height < 1) continue
        const { box, lost } = seen(element, rect, element)
        if (lost && !isShortened(element)) findings.add(`${lost}: ${nameOf(element)}`)
        if (!isEmpty(box)) texts.push({ element, box, text })
      }
    }

    for (const { element, box } of texts) {
      // A sliver at the edge of what scrolls says nothing.
      if (box.right - box.left < 4 || box.bottom - box.top < 6) continue
      const hit = document.elementFromPoint((box.left + box.right) / 2, (box.top + box.bottom) / 2)
      if (!hit || hit.contains(element) || element.contains(hit) || hit.closest(OVER) !== element.closest(OVER)) continue
      if (staysOver(hit, element)) continue
      // What lies over a whole card to be pressed is seen through.
      const { backgroundColor, backgroundImage } = getComputedStyle(hit)
      if (/rgba\(.*, 0\)|transparent/.test(backgroundColor) && backgroundImage === 'none') continue
      findings.add(`covered: ${nameOf(element)} by ${nameOf(hit)}`)
    }

    texts.sort((a, b) => a.box.top - b.box.top)
    for (const [i, one] of texts.entries()) {
      for (const other of texts.slice(i + 1)) {
        if (other.box.top > one.box.bottom) break
        const both = meet(one.box, other.box)
        if (both.right - both.left < 3 || both.bottom - both.top < 4 || one.element === other.element) continue
        if (one.element.contains(other.element) || other.element.contains(one.element)) continue
        // One of them is in what lies over the page.
        if (one.element.closest(OVER) !== other.element.closest(OVER)) continue
        const hit = document.elementFromPoint((both.left + both.right) / 2, (both.top + both.bottom) / 2)
        if (hit?.closest(OVER) !== one.element.closest(OVER)) continue
        if (staysOver(one.element, other.element) || staysOver(other.element, one.element)) continue
        findings.add(`over each other: ${nameOf(one.element)} and ${nameOf(other.element)}`)
      }
    }

    for (const control of scope.querySelectorAll<HTMLElement>(CONTROLS)) {
      if (!isShown(control) || isUnseen(control) || getComputedStyle(control).pointerEvents === 'none') continue
      const rect = control.getBoundingClientRect()
      if (rect.width < 2 || rect.height < 2) continue
      const { box, lost } = seen(control, rect, control.parentElement)
      if (lost) findings.add(`${lost}: ${nameOf(control)}`)
      // Of what is partly scrolled away only its visible part is asked for, and none of a sliver.
      if (box.right - box.left < 8 || box.bottom - box.top < 8 || lost) continue
      const hit = document.elementFromPoint((box.left + box.right) / 2, (box.top + box.bottom) / 2)
      if (!hit || control.contains(hit) || hit.contains(control) || hit.closest('label')?.contains(control)) continue
      const over = hit.closest(OVER)
      if ((over && !over.contains(control)) || staysOver(hit, control)) continue
      findings.add(`covered: ${nameOf(control)} by ${nameOf(hit)}`)
    }
    if (document.documentElement.scrollWidth > innerWidth) {
      const widest = [...document.querySelectorAll('body *')].find((element) => element.getBoundingClientRect().right > innerWidth + SLACK)
      findings.add(`the page is wider than its window: ${widest ? nameOf(widest) : 'by nothing in sight'}`)
    }
    return [...findings]
  })
}
