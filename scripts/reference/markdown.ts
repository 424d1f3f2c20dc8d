/** The first line of every page: nobody need wonder whether to edit it. */
export const MADE = '<!-- Written by `npm run reference` from the code. Change the code, then run that. -->'

/** Text as it may stand in a cell of a table. */
export const cell = (text: string): string => text.replaceAll('|', '\\|').replaceAll('\n', ' ')

export function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) => `| ${cells.map(cell).join(' | ')} |`
  return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n')
}

export const code = (text: string, language = ''): string => `\`\`\`${language}\n${text}\n\`\`\``

export const page = (...parts: readonly string[]): string => `${[MADE, ...parts].join('\n\n')}\n`
