import { glossaryText } from '../../src/renderer/ui/text/en/glossary'
import { page } from './markdown'

/** What the window's glossary says, as a page of the documents. */
export function glossaryPage(): string {
  const starred = (text: string) => text.replaceAll('*', '\\*').replaceAll('|', '\\|')
  const rows = Object.values(glossaryText.glossary.terms).map(({ word, meaning }) => `| **${starred(word)}** | ${starred(meaning)} |`)
  return page(
    '# Glossary',
    'One meaning per word, in the window, the command line, the documents and the code. Symbols are the paper’s.',
    ['| word | meaning |', '|---|---|', ...rows].join('\n')
  )
}
