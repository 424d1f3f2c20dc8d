import { MENU_PLACES, type MenuContent } from '@shared/contract/desktop'
import { useDebounceFn } from '@vueuse/core'
import { computed, onScopeDispose, watch } from 'vue'
import { useRouter } from 'vue-router'
import { text } from '../ui/text'
import { commandGroups, isEnabled, runPageCommand } from '../services/commands'
import { useConnection } from '../services/connection'
import { reasonOf } from '../services/faults'
import { type GivenFile, transferred } from '../services/files'
import { saveFilesBy } from '../services/save'
import { say } from '../services/toasts'
import { endTransfer, sendFile } from '../services/transfer'

/** The register of commands as the native menu shows it. */
export function menuContent(): MenuContent {
  return {
    titles: Object.fromEntries(MENU_PLACES.map((place) => [place, text.desktop.titles[place]])) as MenuContent['titles'],
    groups: commandGroups.value
      .map(({ room, commands }) => ({
        room,
        commands: commands
          .filter((command) => !command.isMove)
          .map((command) => ({
            id: command.id,
            label: command.label,
            ...(command.shortcuts?.[0] !== undefined && { shortcut: command.shortcuts[0] }),
            enabled: isEnabled(command),
            ...(command.menu && { menu: command.menu })
          }))
      }))
      .filter(({ commands }) => commands.length > 0)
  }
}

/** Binds the page to the window it is in: menu, files handed over by the system, dialogs. Only called in such a window. */
export function useDesktop(give: (files: readonly GivenFile[]) => void): void {
  const { client, state, whenOpen } = useConnection()
  const router = useRouter()

  saveFilesBy((blob, name) => {
    const work = async () => {
      const transfer = await sendFile(client, blob, name)
      await client.desktop.save({ transfer, name }).finally(() => void endTransfer(client, transfer))
    }
    work().catch((error: unknown) => say(text.actions.failed(text.marks.export, reasonOf(error)), { kind: 'error' }))
  })

  // As text, so that only what a menu shows makes it again.
  const content = computed(() => JSON.stringify(menuContent()))
  // The menu that stands stays; it is sent again when the line opens again.
  const show = useDebounceFn(() => void client.desktop.menu(JSON.parse(content.value)).catch(() => {}), 50)
  watch([content, state], () => state.value === 'open' && void show(), { immediate: true })

  const following = new AbortController()
  onScopeDispose(() => following.abort())
  async function follow({ signal }: AbortController): Promise<void> {
    while (!signal.aborted) {
      try {
        await whenOpen(signal)
        for await (const event of await client.desktop.events({}, { signal })) {
          if (event.type === 'command') runPageCommand(event.id)
          else if (event.type === 'goTo') void router.push(event.path)
          else if (event.type === 'file') give([transferred(client, event.file)])
          else if (event.type === 'reloaded') say(text.desktop.reloaded[event.why], { kind: 'error' })
          else if (event.type === 'unreadable') say(text.opening.unreadable(event.name, event.reason), { kind: 'error' })
        }
      } catch {
        // A broken line: the next round tries again.
      }
      if (!signal.aborted) await new Promise((resolve) => setTimeout(resolve, 250))
    }
  }
  void follow(following)
}
