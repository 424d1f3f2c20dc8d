/** Texts that run a script, `window.wasRun = 1`, wherever they are taken for anything but text. */
const RUN = 'window.wasRun=1'

export const PAYLOADS: readonly string[] = [
  `<img src=x onerror="${RUN}">{{1+1}}<script>${RUN}</script>`,
  `<script>${RUN}</script>`,
  `"><script>${RUN}</script>`,
  `'-(${RUN})-'`,
  `"onmouseover="${RUN}" x="`,
  `' autofocus onfocus='${RUN}`,
  `<svg onload="${RUN}">`,
  `<svg><animate onbegin="${RUN}" attributeName=x dur=1s>`,
  `<svg><script>${RUN}</script></svg>`,
  `<body onload="${RUN}">`,
  `<iframe srcdoc="<script>parent.wasRun=1</script>"></iframe>`,
  `<iframe src="javascript:parent.${RUN}"></iframe>`,
  `<details open ontoggle="${RUN}">x</details>`,
  `<video><source onerror="${RUN}"></video>`,
  `<input autofocus onfocus="${RUN}">`,
  `<style>@keyframes x{}</style><b style="animation:x 1s" onanimationstart="${RUN}">x</b>`,
  `<object data="javascript:${RUN}"></object>`,
  `<math><mtext><img src=x onerror="${RUN}"></mtext></math>`,
  `<a href="javascript:${RUN}" id=clickme>x</a>`,
  `[x](javascript:${RUN})`,
  `![x](x"onerror="${RUN})`,
  `{{constructor.constructor('${RUN}')()}}`,
  `\${${RUN}}`,
  `</textarea></title></style><img src=x onerror="${RUN}">`,
  `&lt;img src=x onerror="${RUN}"&gt;&#60;script&#62;${RUN}&#60;/script&#62;`
]

/** Whether a page has run one of them, or made of one anything but text. */
export const wasTaken = (): string | undefined => {
  if ('wasRun' in window) return 'a script was run'
  const made = document.querySelector(
    'iframe, object, embed, math, video, img[src="x"], [onerror], [onload], [onfocus], [onmouseover], [ontoggle], [onbegin], [onanimationstart], a[href^="javascript:"], body script:not([src])'
  )
  return made ? `an element was made: ${made.outerHTML.slice(0, 200)}` : undefined
}
