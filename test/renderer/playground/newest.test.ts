import { describe, expect, it } from 'vitest'
import { newest } from '../../../src/renderer/playground/newest'

describe('the newest question', () => {
  it('is asked once the one before is answered, and those between are not', async () => {
    const ends: (() => void)[] = []
    let asked = 0
    const ask = newest(() => {
      asked++
      return new Promise((resolve) => ends.push(resolve))
    })
    for (let i = 0; i < 5; i++) ask()
    expect(asked).toBe(1)
    ends[0]()
    await expect.poll(() => asked).toBe(2)
    ends[1]()
    await Promise.resolve()
    expect(asked).toBe(2)
    ask()
    expect(asked).toBe(3)
  })
})
