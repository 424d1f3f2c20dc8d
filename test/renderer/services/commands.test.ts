// @vitest-environment happy-dom
import { effectScope } from 'vue'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { type PageCommand, commandGroups, onCommandKey, runPageCommand, useCommands } from '../../../src/renderer/services/commands'

let done: string[]
let scopes: ReturnType<typeof effectScope>[]

beforeEach(() => {
  done = []
  scopes = []
  document.body.innerHTML = ''
})
afterEach(() => {
  for (const scope of scopes) scope.stop()
})

const command = (id: string, more: Partial<PageCommand> = {}): PageCommand => ({ id, label: id, run: () => void done.push(id), ...more })

function register(room: string, ...commands: PageCommand[]) {
  const scope = effectScope()
  scope.run(() => useCommands(room, commands))
  scopes.push(scope)
  return scope
}

function press(key: string, held: KeyboardEventInit = {}, target: Element = document.body): KeyboardEvent {
  const event = new KeyboardEvent('keydown', { key, cancelable: true, bubbles: true, ...held })
  Object.defineProperty(event, 'target', { value: target })
  onCommandKey(event)
  return event
}

describe('the register of commands', () => {
  it('knows what lives and forgets what is gone', () => {
    register('frame', command('a'))
    const room = register('room', command('b'))
    expect(commandGroups.value.map(({ room, commands }) => [room, commands.map(({ id }) => id)])).toEqual([
      ['frame', ['a']],
      ['room', ['b']]
    ])
    room.stop()
    expect(commandGroups.value.map(({ room }) => room)).toEqual(['frame'])
    expect(runPageCommand('b')).toBe(false)
  })

  it('lets the page come before the frame, and the frame have what the page cannot do now', () => {
    let able = true
    register('frame', command('frame', { shortcuts: ['P'] }))
    register('room', command('room', { shortcuts: ['P'], enabled: () => able }))
    expect(press('p').defaultPrevented).toBe(true)
    able = false
    press('p')
    expect(done).toEqual(['room', 'frame'])
  })

  it('shows, of the same command twice, the one that can be done', () => {
    register('cards', command('start', { enabled: () => false }))
    register('cards', command('start', { label: 'second' }))
    expect(commandGroups.value[0].commands.map(({ label }) => label)).toEqual(['second'])
    expect(runPageCommand('start')).toBe(true)
  })

  it('does nothing while something is typed, but for what says so, and nothing behind a dialog', () => {
    document.body.innerHTML = '<input><dialog></dialog>'
    const field = document.querySelector('input') as Element
    register('frame', command('letter', { shortcuts: ['K'] }), command('always', { shortcuts: ['Mod+K'], whileTyping: true }))
    expect(press('k', {}, field).defaultPrevented).toBe(false)
    press('k', { ctrlKey: true }, field)
    document.querySelector('dialog')?.setAttribute('open', '')
    press('k')
    expect(done).toEqual(['always'])
  })
})
