import { describe, expect, it } from 'vitest'
import { agentIdOf, agentNameOf, commandParts, commandText } from '@shared/algorithms/agents'

describe('the algorithm of a program', () => {
  it('is named by it, and no algorithm of the lab is taken for one', () => {
    expect(agentNameOf(agentIdOf('my-dqn'))).toBe('my-dqn')
    for (const id of ['dqn', 'agent-', 'agent-Not A Name', 'actor-critic']) expect(agentNameOf(id)).toBeUndefined()
  })
})

describe('a command as it is typed', () => {
  it.each([
    ['python3 my_agent.py', ['python3', 'my_agent.py']],
    ['  ./gnn   --serve ', ['./gnn', '--serve']],
    ['"C:\\Program Files\\Python\\python.exe" my.py', ['C:\\Program Files\\Python\\python.exe', 'my.py']],
    ['node -e \'console.log("x y")\'', ['node', '-e', 'console.log("x y")']],
    ['run "" end', ['run', '', 'end']],
    ['$HOME; rm *', ['$HOME;', 'rm', '*']],
    ['', []]
  ])('is parts between spaces, whatever they are to a shell: %s', (typed, parts) => {
    expect(commandParts(typed)).toEqual(parts)
    expect(commandParts(commandText(parts))).toEqual(parts)
  })

  it('is not understood where a quote is not closed', () => {
    expect(commandParts('python3 "my agent.py')).toEqual({ fault: 'A " is not closed.' })
  })
})
