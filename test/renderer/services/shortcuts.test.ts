// @vitest-environment happy-dom
import { describe, expect, it } from 'vitest'
import { ariaKeys, belongsToFocus, keyCaps, matches } from '../../../src/renderer/services/shortcuts'

const press = (key: string, held: Partial<KeyboardEvent> = {}) => ({
  key,
  ctrlKey: false,
  metaKey: false,
  altKey: false,
  shiftKey: false,
  ...held
})

describe('a shortcut', () => {
  it.each([
    ['K', press('k')],
    ['K', press('K')],
    ['?', press('?', { shiftKey: true })],
    ['?', press('?')],
    ['Mod+K', press('k', { ctrlKey: true })],
    ['Mod+K', press('k', { metaKey: true })],
    ['Mod+Shift+Z', press('Z', { ctrlKey: true, shiftKey: true })],
    ['Space', press(' ')],
    ['Mod+Plus', press('+', { ctrlKey: true, shiftKey: true })],
    ['Mod+,', press(',', { ctrlKey: true })]
  ])('%s is met by its keys', (shortcut, event) => expect(matches(event, shortcut)).toBe(true))

  it.each([
    ['K', press('k', { ctrlKey: true })],
    ['K', press('K', { shiftKey: true })],
    ['K', press('k', { altKey: true })],
    ['Mod+K', press('k')],
    ['Mod+Z', press('Z', { ctrlKey: true, shiftKey: true })],
    ['ArrowDown', press('ArrowDown', { shiftKey: true })]
  ])('%s is not met by others', (shortcut, event) => expect(matches(event, shortcut)).toBe(false))

  it('stands on keys as people read them', () => {
    expect(keyCaps('Mod+Shift+Z')).toEqual(['Ctrl', 'Shift', 'Z'])
    expect(keyCaps('ArrowDown')).toEqual(['↓'])
    expect(keyCaps('Mod+Plus')).toEqual(['Ctrl', '+'])
    expect(ariaKeys('Mod+K')).toBe('Control+K')
  })

  it('leaves letters to fields, Enter to buttons, and both keys to the table', () => {
    document.body.innerHTML = '<input id="field"><button id="button"></button><div id="grid" role="treegrid"></div>'
    const on = (id: string, key: string) => {
      const event = new KeyboardEvent('keydown', { key })
      Object.defineProperty(event, 'target', { value: document.getElementById(id) })
      return event
    }
    expect(belongsToFocus(on('field', 'k'), 'K')).toBe(true)
    expect(belongsToFocus(on('button', 'k'), 'K')).toBe(false)
    expect(belongsToFocus(on('button', 'Enter'), 'Enter')).toBe(true)
    expect(belongsToFocus(on('grid', 'Enter'), 'Enter')).toBe(false)
  })
})
