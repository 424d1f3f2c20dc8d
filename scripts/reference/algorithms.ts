import { algorithmCards } from '../../src/main/algorithms'
import type { AlgorithmCard } from '../../src/shared/algorithms/card'
import type { Parameter } from '../../src/shared/algorithms/parameters'
import { page, table } from './markdown'

function rangeOf(parameter: Parameter): string {
  if (parameter.type === 'switch') return 'true, false'
  if (parameter.type === 'choice') return parameter.choices.map(({ value, label }) => `\`${value}\` (${label})`).join(', ')
  return `${parameter.type === 'integer' ? 'whole, ' : ''}${parameter.min} to ${parameter.max}`
}

function algorithmPage(card: AlgorithmCard): string {
  const facts = [
    `Kind: ${card.kind}.`,
    ...(card.isDeterministic ? ['It draws nothing at random: it places the same whatever the seed.'] : []),
    ...(card.needsEnvironments ? ['It learns over an environment set and has to be given one.'] : []),
    ...(card.metrics ? [`Curves: ${card.metrics.map((metric) => `\`${metric}\``).join(', ')}; see [metrics](../metrics.md).`] : [])
  ]
  const parameters = card.parameters.map((parameter) => [
    `\`${parameter.key}\``,
    parameter.label,
    parameter.symbol ?? '',
    `\`${parameter.default}\``,
    rangeOf(parameter),
    parameter.unit ?? '',
    parameter.sentence
  ])
  return page(
    `# ${card.title}`,
    `\`${card.id}\``,
    card.summary,
    ...(card.reading === '' ? [] : [`**How it reads the paper.** ${card.reading}`]),
    facts.join(' '),
    parameters.length === 0
      ? 'It has no parameters.'
      : table(['parameter', 'name', 'symbol', 'default', 'range', 'unit', 'what it does'], parameters)
  )
}

/** A page an algorithm, from its card, and one that lists them. */
export function algorithmPages(): Map<string, string> {
  const list = page(
    '# Algorithms',
    table(
      ['algorithm', 'kind', 'summary'],
      algorithmCards.map(({ id, title, kind, summary }) => [`[${title}](${id}.md)`, kind, summary])
    )
  )
  return new Map([
    ['algorithms/README.md', list],
    ...algorithmCards.map((card): [string, string] => [`algorithms/${card.id}.md`, algorithmPage(card)])
  ])
}
