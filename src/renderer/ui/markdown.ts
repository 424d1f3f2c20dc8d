import MarkdownIt from 'markdown-it'

/**
 * Markdown to HTML that carries no behaviour: HTML in the text stays text, there are no pictures, a link shows its address
 * and leads nowhere (the window has nowhere to go), and no element has a style of its own.
 */
const markdown = new MarkdownIt({ html: false, linkify: false, typographer: false })
markdown.disable(['image', 'autolink'])
markdown.renderer.rules.link_open = (tokens, at) => {
  const address = String(tokens[at].attrGet('href') ?? '')
  return `<span class="address" title="${markdown.utils.escapeHtml(address)}">`
}
markdown.renderer.rules.link_close = () => '</span>'
markdown.core.ruler.push('no-styles', (state) => {
  // Columns of tables are aligned by a style, which the content security policy forbids.
  for (const token of state.tokens) token.attrs = token.attrs?.filter(([name]) => name !== 'style') ?? null
})

export function renderMarkdown(written: string): string {
  return markdown.render(written)
}
