import { describe, expect, it } from 'vitest'
import { choiceOf, closeQuestion, mayEnd, onClose } from '../../../src/main/host/electron-closing'

const busy = { running: 2, queued: 3 }
const waiting = { running: 0, queued: 1 }
const idle = { running: 0, queued: 0 }

describe('closing the window', () => {
  it('asks where anything trains or waits, and closes at once where nothing does', () => {
    expect(onClose('open', busy)).toBe('ask')
    expect(onClose('open', waiting)).toBe('ask')
    expect(onClose('open', idle)).toBe('close')
  })

  it('asks once, and never a program that is on its way out', () => {
    expect(onClose('asking', busy)).toBe('stay')
    expect(onClose('ending', busy)).toBe('close')
  })

  it('asks again of a hidden window that is told to quit over work', () => {
    expect(onClose('hidden', busy)).toBe('ask')
    expect(onClose('hidden', idle)).toBe('close')
  })

  it('lets the program end by itself only behind a hidden window, when nothing trains nor waits', () => {
    expect(mayEnd('hidden', idle)).toBe(true)
    expect(mayEnd('hidden', waiting)).toBe(false)
    expect(mayEnd('open', idle)).toBe(false)
    expect(mayEnd('asking', idle)).toBe(false)
  })
})

describe('the question', () => {
  it('names what trains and what waits, and offers to continue, to stop, to stay', () => {
    const { message, buttons, cancelId, detail } = closeQuestion(busy)
    expect(message).toBe('2 runs are training, 3 more wait.')
    expect(buttons).toHaveLength(3)
    expect(cancelId).toBe(2)
    expect(detail).toMatch(/in the background.*checkpoint/s)
  })

  it.each([
    [{ running: 1, queued: 0 }, 'One run is training.'],
    [{ running: 1, queued: 1 }, 'One run is training, 1 more waits.'],
    [waiting, 'One run waits.'],
    [{ running: 0, queued: 4 }, '4 runs wait.']
  ])('speaks of %o in one sentence', (work, message) => expect(closeQuestion(work).message).toBe(message))

  it('takes each button for what it says, and anything else for cancel', () => {
    expect([0, 1, 2, 3, -1].map(choiceOf)).toEqual(['keep', 'stop', 'cancel', 'cancel', 'cancel'])
  })
})
