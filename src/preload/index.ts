import { ipcRenderer } from 'electron'
import { PORT_REPLY, PORT_REQUEST } from '@shared/contract/wire'

// One port and nothing else: the page asks its own window, the program answers with a line to the contract.
window.addEventListener('message', (event) => {
  if (event.source !== window || event.origin !== location.origin || event.data?.type !== PORT_REQUEST) return
  ipcRenderer.postMessage(PORT_REQUEST, null)
})

ipcRenderer.on(PORT_REPLY, (event) => {
  const [port] = event.ports
  if (port) window.postMessage({ type: PORT_REPLY }, location.origin, [port])
})
