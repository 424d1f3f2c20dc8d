import { useStorage } from '@vueuse/core'
import { shallowRef } from 'vue'
import type { Router } from 'vue-router'
import { text } from '../ui/text'
import type { Client } from '../services/connection'
import type { Ending } from './endings'
import { isInWindow } from './place'

type Wish = 'on' | 'off'

/** Whether ends are to be told outside the page. A browser asks its user first, so there it is off until someone turns it on. */
export const noticesWanted = useStorage<Wish>('lab-notices', isInWindow ? 'on' : 'off', undefined, {
  serializer: { read: (raw) => (raw === 'on' ? 'on' : 'off'), write: (value) => value }
})

/** Why none can be shown though they are wanted, as a sentence. */
export const noticesFault = shallowRef('')

/** Turns notices on or off. Only ever called by a click: this is where a browser asks. */
export async function wishNotices(wish: Wish): Promise<void> {
  noticesFault.value = ''
  noticesWanted.value = wish
  if (wish === 'on' && !isInWindow) {
    if (!('Notification' in window)) noticesFault.value = text.desktop.noticesNone
    else if ((await Notification.requestPermission()) !== 'granted') noticesFault.value = text.desktop.noticesDenied
  }
  if (noticesFault.value !== '') noticesWanted.value = 'off'
}

/** Tells of an ended experiment by the system's means, where that is wanted and nobody is looking. */
export function tellEnding(ending: Ending, client: Client, router: Router): void {
  if (noticesWanted.value !== 'on') return
  const { experimentId, name, runs, completed, failed, diverged } = ending
  const title = text.desktop.ended(name)
  const body = [
    text.desktop.endedOf(completed, runs),
    ...(failed > 0 ? [text.desktop.failed(failed)] : []),
    ...(diverged > 0 ? [text.desktop.diverged(diverged)] : [])
  ].join(', ')
  const place = router.resolve({ name: 'runs', query: { experiment: String(experimentId) } })
  // The program knows whether its window has the focus.
  if (isInWindow) return void client.desktop.notify({ title: title.slice(0, 200), body, path: place.fullPath }).catch(() => {})
  if (document.hasFocus() || !('Notification' in window) || Notification.permission !== 'granted') return
  const notification = new Notification(title, { body, tag: `experiment-${experimentId}` })
  notification.onclick = () => {
    window.focus()
    void router.push(place)
    notification.close()
  }
}
