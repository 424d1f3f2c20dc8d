import { readFileSync, writeFileSync } from 'node:fs'
import { basename } from 'node:path'
import { app, type BrowserWindow, dialog, Menu, Notification, nativeImage, powerMonitor, Tray } from 'electron'
import { type DesktopWindow, type Lab, WindowEvents } from '../api'
import { takeIn, writeOut } from '../transfers/transfer-files'
import { choiceOf, closeQuestion, mayEnd, onClose, QUIET_MS, type WindowState, type TrainingWork } from './electron-closing'
import { OPEN_FILTERS } from './electron-files'
import { menuTemplate } from './electron-menu'
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
