import type { ChosenFile, DesktopEvent, DesktopNotice, MenuContent } from '@shared/contract/desktop'
import type { Transfer } from '../transfers/transfers'

/** The window the page is shown in, where it is one of the program's own: what the desktop host can do for it. */
export interface DesktopWindow {
  readonly events: WindowEvents
  showMenu(content: MenuContent): void
  showProgress(fraction: number | undefined): void
  /** Whether it was shown. */
  notify(notice: DesktopNotice): boolean
  /** Files chosen in the system's dialog. Rejects where one cannot be read. */
  choose(): Promise<ChosenFile[]>
  /** Whether it was kept somewhere. Rejects where it cannot be written. */
  save(transfer: Transfer, name: string): Promise<boolean>
}

/** What the frame asks of the page, in order; what is asked while no page listens waits for the next one. */
export class WindowEvents {
  #waiting: DesktopEvent[] = []
  #wake = (): void => {}

  tell(event: DesktopEvent): void {
    this.#waiting.push(event)
    this.#wake()
  }

  /** Ends when `signal` is aborted, or when another page listens: there is one window. */
  async *listen(signal?: AbortSignal): AsyncGenerator<DesktopEvent, void, void> {
    let isMine = true
    const over = (): void => {
      isMine = false
      wake()
    }
    let wake = (): void => {}
    this.#end()
    this.#end = over
    this.#wake = () => wake()
    signal?.addEventListener('abort', over)
    try {
      yield { type: 'ready' }
      while (isMine && !signal?.aborted) {
        const event = this.#waiting.shift()
        if (event) yield event
        else {
          await new Promise<void>((resolve) => {
            wake = resolve
          })
        }
      }
    } finally {
      signal?.removeEventListener('abort', over)
    }
  }

  #end = (): void => {}
}
