import { publishedName } from '@shared/run/publishedNames'
import { describe, expect, it } from 'vitest'

describe('names for publication', () => {
  const names = { 'dmro-plus': 'DMRO+', dqn: 'DQN', 'dqn, δ 0.5': 'DQN at one half' }

  it.each([
    ['dmro-plus', 'DMRO+'],
    ['dmro-plus, δ 0.5', 'DMRO+, δ 0.5'],
    ['dqn, δ 0.5', 'DQN at one half'],
    ['dqn [3 units]', 'DQN [3 units]'],
    ['dqn-other', 'dqn-other'],
    ['double-dqn', 'double-dqn'],
    ['constructor', 'constructor']
  ])('%s', (name, published) => {
    expect(publishedName(name, names)).toBe(published)
  })
})
