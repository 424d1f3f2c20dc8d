import { describe, expect, it } from 'vitest'
import { programCard } from '../../../src/main/agents/card'
import { readHello } from '../../../src/main/agents/hello'

const HELLO = { protocol: 'dmro-agent/1' }

describe('what a program says of itself', () => {
  it('makes a rule of one without learn steps, the same for every seed where it says so', () => {
    const card = programCard('mine', readHello({ ...HELLO, deterministic: true }), 0, undefined)
    expect(card).toMatchObject({
      id: 'agent-mine',
      title: 'mine',
      kind: 'heuristic',
      isDeterministic: true,
      parameters: [],
      program: 'mine'
    })
    expect(card.metrics).toBeUndefined()
    expect(programCard('mine', readHello(HELLO), 0, undefined).isDeterministic).toBeUndefined()
  })

  it('makes a learner of one with learn steps, whose default they are', () => {
    const hello = readHello({ ...HELLO, learnSteps: 77, metrics: ['loss', 'loss'], made: 'x' })
    const card = programCard('mine', hello, 0, true)
    expect(card).toMatchObject({ kind: 'learned', metrics: ['loss', 'cost', 'gap', 'delay', 'energy', 'speed'] })
    expect(card.parameters[0]).toMatchObject({ key: 'learnSteps', default: 77 })
    expect(card.reading).toContain('made with x')
    expect(card.reading).toContain('to the same bits')
  })

  it('declares parameters of every type, with words of its own or without', () => {
    const parameters = [
      { key: 'a', type: 'integer', default: 1, min: 0, max: 2, unit: 'tasks', sentence: 'How many.' },
      { key: 'b', type: 'choice', default: 'y', choices: ['x', { value: 'y', label: 'Why' }] },
      { key: 'c', type: 'switch', default: false }
    ]
    expect(readHello({ ...HELLO, parameters }).parameters).toEqual([
      { key: 'a', label: 'a', type: 'integer', default: 1, min: 0, max: 2, unit: 'tasks', sentence: 'How many.' },
      {
        key: 'b',
        label: 'b',
        type: 'choice',
        default: 'y',
        choices: [
          { value: 'x', label: 'x' },
          { value: 'y', label: 'Why' }
        ],
        sentence: 'The program’s own.'
      },
      { key: 'c', label: 'c', type: 'switch', default: false, sentence: 'The program’s own.' }
    ])
  })

  it.each([
    [{ learnSteps: 0 }, /learnSteps must be a whole number between 1 and 10,000,000/],
    [{ title: 'x'.repeat(61) }, /title must be a text of at most 60 characters/],
    [{ parameters: [{ key: 'a', type: 'switch', default: 'yes' }] }, /parameters\[0\]\.default does not fit: a must be true or false/],
    [{ parameters: [{ key: 'a', type: 'number', default: 1, min: 2, max: 1 }] }, /parameters\[0\] needs min and max, in this order/],
    [{ parameters: [{ key: 'a b' }] }, /parameters\[0\]\.key must be a name/],
    [{ parameters: [1, 2] }, /parameters\[0\] must be an object/],
    [{ parameters: 'none' }, /parameters must be a list/],
    [{ parameters: [1, 2].map(() => ({ key: 'a', type: 'switch', default: true })) }, /must not declare a twice/]
  ])('is refused where it is wrong: %j', (wrong, says) => {
    expect(() => readHello({ ...HELLO, ...wrong })).toThrow(says)
  })
})
