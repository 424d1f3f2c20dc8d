import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { RELIABILITY, reliabilityText } from './reliability'
import { isFault, type Measures, type Row, runCases, Tally, type Fault } from './row'
import { ROWS } from './rows'
import { freshState } from './state'

const text = readFileSync(RELIABILITY, 'utf8')

describe('RELIABILITY.md', () => {
  it('has the rows there are: `npm run soak -- --list` writes it', () => {
    expect(reliabilityText(ROWS, [], text)).toBe(text)
  })

  it('has a figure of this machine where there is a state, and the line it had where there is none', () => {
    const [first, second] = ROWS
    const state = { ...freshState(first.name, 3), done: 7, seconds: 65, machine: 'a | machine', versions: ['0.0.0'] }
    const written = reliabilityText([first, second], [state], text)
    expect(written).toContain(`| ${first.name} | 7 of `)
    expect(written).toContain(`\`npm run soak -- --row ${first.name} --cases 7 --seed 3\``)
    expect(written).toContain('a \\| machine')
    const kept = text.split('\n').filter((line) => line.startsWith(`| ${second.name} |`))
    for (const line of kept) expect(written.split('\n').filter((each) => each === line).length).toBeLessThanOrEqual(1)
  })
})

describe('rows', () => {
  it('are each a file of their name', () => {
    const files = readdirSync(join(import.meta.dirname, 'rows')).map((name) => name.replace(/\.ts$/, ''))
    expect(files.filter((name) => name !== 'index').sort()).toEqual(ROWS.map(({ name }) => name).sort())
  })

  it('have cases that follow from seed and number alone, each with a folder that goes', async () => {
    const trial: Row = {
      name: 'trial',
      fault: '',
      holds: '',
      cases: { ci: 1, soak: 9 },
      begin: (shared) => {
        const folder = shared.folder()
        return (random, index, own) => {
          if (index === 5) throw new Error('does not hold')
          return { number: random.uint32(), folders: Number(folder !== own.folder()) }
        }
      },
      figure: () => ''
    }
    const told = async (from: number, to: number): Promise<(Measures | Fault)[]> => {
      const all: (Measures | Fault)[] = []
      await runCases(trial, { seed: 4, from, to, onDone: (_index, _seconds, came) => all.push(came) })
      return all
    }
    const whole = await told(0, 9)
    expect(whole.filter(isFault)).toEqual([{ index: 5, message: 'does not hold' }])
    // Begun again in the middle, they are the same.
    expect(await told(4, 9)).toEqual(whole.slice(4))
    const tally = new Tally()
    for (const came of whole) if (!isFault(came)) tally.add(came)
    expect([tally.total('folders'), tally.sums.number.count]).toEqual([8, 8])
  })
})
