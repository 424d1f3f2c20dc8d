import type { Parameter } from '@shared/algorithms/parameters'
import { algorithmCards } from '../../algorithms'
import { type Command, UsageError } from './command'
import { print, printJson, table } from './output'

function rangeOf(parameter: Parameter): string {
  if (parameter.type === 'switch') return 'true, false'
  if (parameter.type === 'choice') return parameter.choices.map((choice) => choice.value).join(', ')
  return `${parameter.min} – ${parameter.max}`
}

export const algorithmsCommand: Command = {
  usage: 'algorithms [ALGORITHM]',
  summary: 'the algorithms, and the parameters of one',
  async run({ arguments: [id, ...more], json }) {
    if (more.length > 0) throw new UsageError('one algorithm at a time')
    const card = algorithmCards.find((candidate) => candidate.id === id)
    if (id !== undefined && !card)
      throw new UsageError(`unknown algorithm "${id}"; the algorithms are ${algorithmCards.map((known) => known.id).join(', ')}`)
    if (json) await printJson(card ?? { algorithms: algorithmCards })
    else if (!card)
      await print(
        table(
          [{ head: 'algorithm' }, { head: '' }],
          algorithmCards.map(({ id, summary }) => [id, summary])
        )
      )
    else {
      await print(`${card.title}. ${card.summary}\n${card.reading}\n`)
      const rows = card.parameters.map((parameter) => [
        parameter.key,
        parameter.symbol ?? '',
        String(parameter.default),
        rangeOf(parameter),
        parameter.unit ?? '',
        parameter.sentence
      ])
      if (rows.length > 0)
        await print(
          table([{ head: 'parameter' }, { head: '' }, { head: 'default' }, { head: 'range' }, { head: 'unit' }, { head: '' }], rows)
        )
    }
    return 0
  }
}
