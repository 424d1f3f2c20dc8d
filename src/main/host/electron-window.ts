import { readFileSync, writeFileSync } from 'node:fs'
import { basename } from 'node:path'
import { app, type BrowserWindow, dialog, Menu, Notification, nativeImage, powerMonitor, Tray } from 'electron'
import { type DesktopWindow, type Lab, WindowEvents } from '../api'
import { takeIn, writeOut } from '../transfers/transfer-files'
import { choiceOf, closeQuestion, mayEnd, onClose, QUIET_MS, type WindowState, type TrainingWork } from './electron-closing'
import { OPEN_FILTERS } from './electron-files'
import { menuTemplate } from './electron-menu'
import { afterPageEnded, endedQuestion, hangQuestion, type ReloadReason } from './electron-recovery'
import { trayBitmap } from './electron-tray'

/** The window in the host's hand. */
export interface HeldWindow extends DesktopWindow {
  /** Brings it back into sight. */
  show(): void
  /** Hands a file of this machine to the page. */
  open(path: string): void
}

/** What the window does beyond showing its page; what it decides is decided in the modules beside this one. */
export function holdWindow(window: BrowserWindow, lab: Lab, boundsFile: string): HeldWindow {
  const isMac = process.platform === 'darwin'
  const events = new WindowEvents()
  let state: WindowState = 'open'
  let tray: Tray | undefined
  let leaving: NodeJS.Timeout | undefined
  const notices = new Set<Notification>()
  const work = (): TrainingWork => lab.supervisor?.counts() ?? { running: 0, queued: 0 }

  function show(): void {
    if (state === 'hidden') state = 'open'
    clearTimeout(leaving)
    tray?.destroy()
    tray = undefined
    window.show()
    if (window.isMinimized()) window.restore()
    window.focus()
  }

  function hide(): void {
    state = 'hidden'
    window.hide()
    const { pixels, size } = trayBitmap()
    tray = new Tray(nativeImage.createFromBitmap(Buffer.from(pixels), { width: size, height: size }))
    tray.setToolTip('DMRO Lab is training')
    tray.on('click', show)
    tray.setContextMenu(Menu.buildFromTemplate([{ label: 'Show DMRO Lab', click: show }]))
    endWhenQuiet()
  }

  function end(): void {
    state = 'ending'
    tray?.destroy()
    window.close()
  }

  function endWhenQuiet(): void {
    clearTimeout(leaving)
    if (mayEnd(state, work())) leaving = setTimeout(() => mayEnd(state, work()) && end(), QUIET_MS)
  }

  async function ask(): Promise<void> {
    state = 'asking'
    const { response } = await dialog.showMessageBox(window, closeQuestion(work()))
    const choice = choiceOf(response)
    state = 'open'
    if (choice === 'keep') hide()
    else if (choice === 'stop') end()
  }

  window.on('close', (event) => {
    const step = onClose(state, work())
    if (step === 'close') return keepBounds(window, boundsFile)
    event.preventDefault()
    if (step === 'ask') void ask()
  })
  const follow = (): void => void lab.supervisor?.subscribe({ onEvent: endWhenQuiet })
  follow()
  lab.onRestored(follow)
  keepPage(window, events, lab.log)
  // Nobody can be asked while the machine goes down: runs stop at a checkpoint.
  powerMonitor.on('shutdown', () => {
    state = 'ending'
  })
  window.on('session-end', () => {
    state = 'ending'
  })

  return {
    events,
    show,
    open: (path) => {
      try {
        const { id, name, size } = takeIn(lab.transfers, path)
        events.tell({ type: 'file', file: { transfer: id, name, bytes: size } })
      } catch (error) {
        events.tell({ type: 'unreadable', name: basename(path), reason: error instanceof Error ? error.message : String(error) })
      }
    },
    showMenu: (content) => {
      const run = (id: string): void => events.tell({ type: 'command', id })
      Menu.setApplicationMenu(Menu.buildFromTemplate(menuTemplate(content, { isMac, isPackaged: app.isPackaged, run })))
    },
    showProgress: (fraction) => window.setProgressBar(fraction ?? -1),
    notify: ({ title, body, path }) => {
      if (window.isFocused() || !Notification.isSupported()) return false
      const notification = new Notification({ title, body })
      // What nobody holds is swept away, and a click on it leads nowhere.
      notices.add(notification)
      notification.on('close', () => notices.delete(notification))
      notification.on('click', () => {
        show()
        events.tell({ type: 'goTo', path })
      })
      notification.show()
      return true
    },
    choose: async () => {
      const { filePaths } = await dialog.showOpenDialog(window, { properties: ['openFile', 'multiSelections'], filters: OPEN_FILTERS })
      return filePaths.map((path) => {
        const { id, name, size } = takeIn(lab.transfers, path)
        return { transfer: id, name, bytes: size }
      })
    },
    save: async (transfer, name) => {
      const { filePath } = await dialog.showSaveDialog(window, { defaultPath: name })
      if (filePath === '') return false
      writeOut(transfer, filePath)
      return true
    }
  }
}

/** Loads a page again whose process has ended, or that hangs, and has the new one say why. Runs are trained elsewhere and continue. */
function keepPage(window: BrowserWindow, events: WindowEvents, log: Lab['log']): void {
  const { webContents: contents } = window
  const ends: number[] = []
  let why: ReloadReason = 'crashed'
  let asking: AbortController | undefined

  function reload(): void {
    if (window.isDestroyed()) return
    events.tell({ type: 'reloaded', why })
    why = 'crashed'
    contents.reload()
  }

  contents.on('render-process-gone', (_event, { reason, exitCode }) => {
    asking?.abort()
    ends.push(Date.now())
    const step = afterPageEnded(reason, ends)
    if (step === 'nothing') return
    log.error(`The window’s page has ended: ${reason}, exit code ${exitCode}.`)
    // Its event is over before the page is loaded again.
    if (step === 'reload') setImmediate(reload)
    else void dialog.showMessageBox(window, endedQuestion()).then(({ response }) => (response === 0 ? reload() : window.close()))
  })
  window.on('unresponsive', () => {
    if (asking) return
    const question = new AbortController()
    asking = question
    log.error('The window’s page does not answer.')
    void dialog.showMessageBox(window, { ...hangQuestion(), signal: question.signal }).then(({ response }) => {
      asking = undefined
      if (question.signal.aborted || response !== 1) return
      why = 'hung'
      // Ended, it is loaded again as a crashed one is.
      contents.forcefullyCrashRenderer()
    })
  })
  window.on('responsive', () => asking?.abort())
}

/** What was kept of the window's place; undefined where nothing was, or it cannot be read. */
export function storedBounds(file: string): unknown {
  try {
    return JSON.parse(readFileSync(file, 'utf8'))
  } catch {
    return undefined
  }
}

function keepBounds(window: BrowserWindow, file: string): void {
  try {
    writeFileSync(file, JSON.stringify({ ...window.getNormalBounds(), isMaximized: window.isMaximized() }))
  } catch {
    // The window opens at its usual size next time.
  }
}
