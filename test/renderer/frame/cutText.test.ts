// @vitest-environment happy-dom
import { beforeEach, describe, expect, it } from 'vitest'
import { titleCutText } from '../../../src/renderer/frame/cutText'

/** A line 100 px wide whose text would like to have `wanted`. */
function line(wanted: number, html = '<span class="inner">a name\n  that is long</span>'): HTMLElement {
  document.body.innerHTML = `<p style="text-overflow: ellipsis; overflow: hidden">${html}</p>`
  const element = document.querySelector('p') as HTMLElement
  Object.defineProperty(element, 'clientWidth', { value: 100, configurable: true })
  widen(element, wanted)
  return element
}
const widen = (element: Element, wanted: number) => Object.defineProperty(element, 'scrollWidth', { value: wanted, configurable: true })

beforeEach(() => {
  document.body.innerHTML = ''
})

describe('text that is cut', () => {
  it('has the whole of itself as its title once it is pointed at, whichever part of it', () => {
    const element = line(160)
    titleCutText(element.querySelector('.inner'))
    expect(element.title).toBe('a name that is long')
  })

  it('has no title where it is whole, and loses it once it is', () => {
    const element = line(100)
    titleCutText(element)
    expect(element.hasAttribute('title')).toBe(false)
    widen(element, 101)
    titleCutText(element)
    expect(element.title).toBe('a name that is long')
    widen(element, 90)
    titleCutText(element)
    expect(element.hasAttribute('title')).toBe(false)
  })

  it('keeps a title that it was given', () => {
    const element = line(160)
    element.title = 'where it comes from'
    titleCutText(element)
    expect(element.title).toBe('where it comes from')
  })

  it('is left alone where nothing shows an ellipsis', () => {
    document.body.innerHTML = '<p>whole</p>'
    titleCutText(document.querySelector('p'))
    titleCutText(document)
    titleCutText(null)
    expect(document.querySelector('p')?.hasAttribute('title')).toBe(false)
  })
})
