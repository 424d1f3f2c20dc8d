import { useEventListener } from '@vueuse/core'
import { shallowRef, watch } from 'vue'
import { useRouter } from 'vue-router'
import { useConnection } from '../services/connection'
import { endingsBetween } from './endings'
import { useHistory } from '../services/history'
import { tellEnding } from './notices'
import { keepPageTitle, pageProgress, percentOf } from '../services/pageTitle'
import { isInWindow } from './place'
import { askBeforeLosing } from '../services/unsaved'
import { nextWave, progressOf, type Wave } from './wave'

/** Tells of training outside the page: in the tab, in the task bar, by a notice when an experiment has ended. */
export function useTraining(): void {
  const history = useHistory()
  const router = useRouter()
  const { client, state } = useConnection()
  const wave = shallowRef<Wave>(new Set())
  keepPageTitle()
  watch(
    () => history.rows,
    (rows, before) => {
      wave.value = nextWave(wave.value, rows)
      pageProgress.value = progressOf(wave.value, rows)
      // What was read again after a pause is not news only where there was nothing before.
      if (before.size > 0) for (const ending of endingsBetween(before, rows)) tellEnding(ending, client, router)
    }
  )
  if (isInWindow) {
    const shown = () => (pageProgress.value === undefined ? undefined : percentOf(pageProgress.value))
    watch([shown, state], ([percent, line]) => {
      // Progress in the taskbar is a nicety: the next change shows it.
      if (line === 'open') void client.desktop.progress(percent === undefined ? {} : { fraction: percent / 100 }).catch(() => {})
    })
    // A window asks by itself what is to become of its runs; a page that refused to close would keep it open silently.
  } else useEventListener(window, 'beforeunload', askBeforeLosing)
}
