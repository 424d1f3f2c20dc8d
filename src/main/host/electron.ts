import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { app, BrowserWindow, dialog, ipcMain, Menu, MessageChannelMain, protocol, screen, session, utilityProcess } from 'electron'
import { PORT_REPLY, PORT_REQUEST } from '@shared/contract/wire'
import { openAsking } from './electron-opening'
import { findLink } from './link'
import { type Lab, openLab, serveOverPort } from '../api'
import { hearSigns } from '../processes/heartbeat'
import type { FromWorker, SpawnWorker } from '../processes/protocol'
import { WORKER_ENVIRONMENT } from '../processes/fork'
import { type Store, StoreLockedError } from '../store'
import { boundsFrom, LEAST } from './electron-bounds'
import { filesIn } from './electron-files'
import { APP_ID, isOwnFrame, mayRequest, PAGE_HEADERS, SCHEME, SCHEME_PRIVILEGES, START, webPreferences } from './electron-settings'
import { SHOW_AFTER_MS, startFailure } from './electron-recovery'
import { holdWindow, storedBounds } from './electron-window'
import { homeOf } from './home'
import { logSession } from './session-log'
import { harmless, tameConsole } from '../terminal'
import { type PageFile, readPage } from './page-files'

export interface DesktopPlaces {
  worker: string
  page: string
  preload: string
}

/** Opens the lab in a window of its own and keeps it until the window is closed, or what trained behind it is done. */
export async function runDesktop(places: DesktopPlaces): Promise<void> {
  tameConsole()
  protocol.registerSchemesAsPrivileged([{ scheme: SCHEME, privileges: SCHEME_PRIVILEGES }])
  app.enableSandbox()
  // Windows files notices and buttons of the taskbar under it.
  if (process.platform === 'win32') app.setAppUserModelId(APP_ID)
  // Electron’s own menu would reload the page and open developer tools until the page’s stands. A Mac needs one to quit by.
  if (process.platform !== 'darwin') Menu.setApplicationMenu(null)
  if (!app.requestSingleInstanceLock()) return app.quit()
  refuseEverythingForeign()
  // A Mac hands files over before anything is ready.
  const files: string[] = []
  let open = (path: string): void => void files.push(path)
  app.on('open-file', (event, path) => {
    event.preventDefault()
    open(path)
  })
  await app.whenReady()
  const store = openData(homeOf(undefined))
  if (typeof store === 'number') return app.exit(store)
  store.onLockLost((why) => {
    dialog.showErrorBox('DMRO Lab must close', why)
    app.exit(1)
  })
  const lab = openLab({ store, spawnWorker: utilityWorkers(places.worker) })
  const endSession = logSession(lab, 'window')
  servePage(readPage(places.page))
  answerPorts(lab)
  const boundsFile = join(app.getPath('userData'), 'window.json')
  const held = holdWindow(openWindow(places.preload, boundsFile), lab, boundsFile)
  lab.window = held
  const openAll = (argv: readonly string[], folder: string): void =>
    filesIn(argv, app.isPackaged, folder)
      .filter((path) => existsSync(path))
      .forEach(held.open)
  for (const path of files) held.open(path)
  openAll(process.argv, process.cwd())
  open = (path) => {
    held.show()
    held.open(path)
  }
  // Started a second time, as by a double click on a file, the program shows the window it has.
  app.on('second-instance', (_event, argv, folder) => {
    held.show()
    openAll(argv, folder)
  })
  app.on('activate', held.show)
  let isLeaving = false
  const leave = (): void => {
    if (isLeaving) return
    isLeaving = true
    void lab
      .close()
      .finally(endSession)
      .finally(() => app.exit(0))
  }
  app.on('window-all-closed', leave)
  // Told to quit, Electron closes the windows and ends without a word of them: it waits until the lab is closed.
  app.on('will-quit', (event) => {
    event.preventDefault()
    leave()
  })
}

/** Opens the data folder, asking where something must be decided; an exit code where the program is to end. */
function openData(home: string): Store | number {
  try {
    return openAsking(home, (question) => dialog.showMessageBoxSync({ type: 'warning', ...question })) ?? 0
  } catch (error) {
    // A lab that is open in a browser already is shown by `npm start`, which goes on there when no window was opened.
    const isShown = !app.isPackaged && error instanceof StoreLockedError && findLink(home).state === 'open'
    const { title, content } = startFailure('cannot open its data folder', error)
    if (!isShown) dialog.showErrorBox(title, content)
    return 1
  }
}

/** Workers as utility processes: Electron need not run as Node for them. */
function utilityWorkers(path: string): SpawnWorker {
  return () => {
    const child = utilityProcess.fork(path, [], { stdio: ['ignore', 'pipe', 'pipe'], env: { ...process.env, ...WORKER_ENVIRONMENT } })
    // What libraries say there may quote anybody's text.
    child.stderr?.on('data', (bytes: Buffer) => process.stderr.write(harmless(bytes.toString('utf8'))))
    return {
      get pid() {
        return child.pid
      },
      post: (message) => child.postMessage(message),
      onMessage: (listener) => void child.on('message', (message: FromWorker) => listener(message)),
      onBeat: (listener) => {
        const listen = hearSigns(listener, (text) => process.stderr.write(harmless(text)))
        child.stdout?.on('data', (bytes: Buffer) => listen(bytes.toString('utf8')))
      },
      onExit: (listener) => void child.once('exit', (code) => listener(code, null)),
      // As for forked workers: a stopped process ignores anything milder.
      kill: () => void (child.pid !== undefined && process.kill(child.pid, 'SIGKILL'))
    }
  }
}

/** The built page under its own protocol, by a list made at start: no path reaches beside it. */
function servePage(page: ReadonlyMap<string, PageFile>): void {
  protocol.handle(SCHEME, (request) => {
    const { pathname } = new URL(request.url)
    const file = mayRequest(request.url, true) && request.method === 'GET' ? page.get(pathname) : undefined
    if (!file) return new Response('Not found', { status: 404, headers: PAGE_HEADERS })
    return new Response(new Uint8Array(file.bytes), { headers: { ...PAGE_HEADERS, 'Content-Type': file.type } })
  })
  session.defaultSession.webRequest.onBeforeRequest(({ url }, answer) => answer({ cancel: !mayRequest(url, app.isPackaged) }))
  session.defaultSession.setPermissionRequestHandler((_contents, _permission, answer) => answer(false))
  session.defaultSession.setPermissionCheckHandler(() => false)
  session.defaultSession.setDevicePermissionHandler(() => false)
}

/** One line to the contract for each time the page asks, and for nobody but the page. */
function answerPorts(lab: Lab): void {
  ipcMain.on(PORT_REQUEST, (event) => {
    if (!isOwnFrame(event.senderFrame)) return
    const { port1, port2 } = new MessageChannelMain()
    serveOverPort(lab, port1)
    event.senderFrame?.postMessage(PORT_REPLY, null, [port2])
  })
}

function refuseEverythingForeign(): void {
  app.on('web-contents-created', (_event, contents) => {
    contents.on('will-navigate', (event) => event.preventDefault())
    contents.on('will-frame-navigate', (event) => event.preventDefault())
    contents.on('will-redirect', (event) => event.preventDefault())
    contents.on('will-attach-webview', (event) => event.preventDefault())
    contents.setWindowOpenHandler(() => ({ action: 'deny' }))
  })
}

function openWindow(preload: string, boundsFile: string): BrowserWindow {
  const { isMaximized, ...bounds } = boundsFrom(
    storedBounds(boundsFile),
    screen.getAllDisplays().map(({ workArea }) => workArea)
  )
  const window = new BrowserWindow({
    ...bounds,
    minWidth: LEAST.width,
    minHeight: LEAST.height,
    show: false,
    backgroundColor: '#0b0d10',
    title: 'DMRO Lab',
    webPreferences: webPreferences(preload, app.isPackaged)
  })
  const show = (): void => {
    clearTimeout(patience)
    if (window.isDestroyed() || window.isVisible()) return
    if (isMaximized) window.maximize()
    window.show()
  }
  const patience = setTimeout(show, SHOW_AFTER_MS)
  window.once('ready-to-show', show)
  window.once('closed', () => clearTimeout(patience))
  void window.loadURL(START)
  return window
}
