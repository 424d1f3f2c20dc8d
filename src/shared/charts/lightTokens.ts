/** The colours of the light theme by their tokens, out of the page's sheet of tokens: figures on paper and on the screen are the same. */
export function lightTokens(sheet: string): Map<string, string> {
  const from = sheet.indexOf('{', sheet.indexOf('html.light'))
  const block = sheet.slice(from, sheet.indexOf('}', from))
  return new Map([...block.matchAll(/--([\w-]+):\s*([^;]+);/g)].map(([, token, value]) => [token, value.trim()]))
}
