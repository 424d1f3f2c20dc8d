// @vitest-environment happy-dom
import { describe, expect, it } from 'vitest'
import { renderMarkdown } from '../../../src/renderer/ui/markdown'

const PAYLOADS = [
  '<script>window.x=1</script>',
  '<img src=x onerror=alert(1)>',
  '![x](x" onerror="alert(1))',
  '![x](https://elsewhere/x.png)',
  '[x](javascript:alert(1))',
  '[x](data:text/html,<script>alert(1)</script>)',
  '[x](vbscript:x)',
  '<javascript:alert(1)>',
  '<https://elsewhere>',
  '<svg onload=alert(1)>',
  '<iframe src="javascript:alert(1)"></iframe>',
  '<a href="javascript:alert(1)">x</a>',
  '[x]: javascript:alert(1)\n\n[x]',
  '[x](https://a.b "title\\" onmouseover=\\"alert(1)")',
  '`<script>alert(1)</script>`',
  '```<script>\nalert(1)\n```',
  '|a|\n|:-:|\n|<b onclick=alert(1)>x|',
  '<style>*{display:none}</style>',
  '<div style="position:fixed">x</div>',
  '<form action=//elsewhere><input></form>',
  '<base href=//elsewhere>',
  '<meta http-equiv=refresh content=0>',
  '&lt;script&gt;alert(1)&lt;/script&gt;',
  '<!-- --><script>alert(1)</script>',
  '{{constructor.constructor("alert(1)")()}}'
]

const ALLOWED = new Set('P EM STRONG H1 H2 H3 H4 H5 H6 UL OL LI CODE PRE BLOCKQUOTE HR BR TABLE THEAD TBODY TR TH TD SPAN S'.split(' '))

describe('a note', () => {
  it.each(PAYLOADS)('runs nothing, asks for nothing and styles nothing: %j', (payload) => {
    const box = document.createElement('div')
    box.innerHTML = renderMarkdown(payload)
    for (const element of box.querySelectorAll('*')) {
      expect(ALLOWED).toContain(element.tagName)
      const names = element.getAttributeNames()
      expect(names.filter((name) => !['class', 'title', 'start'].includes(name))).toEqual([])
    }
  })

  it('reads as Markdown', () => {
    expect(renderMarkdown('# Why\n\n*so* and **so**\n\n- a\n- b')).toBe(
      '<h1>Why</h1>\n<p><em>so</em> and <strong>so</strong></p>\n<ul>\n<li>a</li>\n<li>b</li>\n</ul>\n'
    )
    expect(renderMarkdown('[paper](https://a.b/c)')).toBe('<p><span class="address" title="https://a.b/c">paper</span></p>\n')
  })
})
