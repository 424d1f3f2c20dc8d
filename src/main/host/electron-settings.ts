import { CONTENT_SECURITY_POLICY } from './page-files'

/** What the desktop window may and may not do, as data, so that tests can hold it without a window. */

/** How systems know the program: its packages, its taskbar buttons and its notices. */
export const APP_ID = 'lab.dmro.desktop'

/** The page's own protocol: no file can be reached under it but the built page's. */
export const SCHEME = 'dmro'
export const ORIGIN = `${SCHEME}://lab`
export const START = `${ORIGIN}/index.html`

/** Before the program is ready, Electron needs the rights of the protocol: those that VS Code gives its own, and none beyond them. */
export const SCHEME_PRIVILEGES = {
  standard: true,
  secure: true,
  supportFetchAPI: true,
  corsEnabled: true,
  codeCache: true
} as const

export function webPreferences(preload: string, isPackaged: boolean) {
  return {
    preload,
    contextIsolation: true,
    sandbox: true,
    webSecurity: true,
    nodeIntegration: false,
    nodeIntegrationInWorker: false,
    nodeIntegrationInSubFrames: false,
    webviewTag: false,
    plugins: false,
    experimentalFeatures: false,
    navigateOnDragDrop: false,
    allowRunningInsecureContent: false,
    spellcheck: false,
    devTools: !isPackaged
  } as const
}

export const PAGE_HEADERS = { 'Content-Security-Policy': CONTENT_SECURITY_POLICY, 'X-Content-Type-Options': 'nosniff' } as const

/** Whether a request may leave the window: to the page's own files only. */
export function mayRequest(url: string, isPackaged: boolean): boolean {
  try {
    const { protocol, host } = new URL(url)
    if (protocol === `${SCHEME}:`) return host === 'lab'
    return protocol === 'devtools:' && !isPackaged
  } catch {
    return false
  }
}

/** Whether a frame is the page itself: the main frame, on the page's own protocol and host. */
export function isOwnFrame(frame: { url: string; parent: unknown } | null): boolean {
  return frame !== null && frame.parent === null && mayRequest(frame.url, true)
}

/** For the packaged program: workers are utility processes, so nothing needs Electron to run as Node. */
export const FUSES = {
  RunAsNode: false,
  EnableNodeOptionsEnvironmentVariable: false,
  EnableNodeCliInspectArguments: false,
  GrantFileProtocolExtraPrivileges: false,
  OnlyLoadAppFromAsar: true,
  EnableEmbeddedAsarIntegrityValidation: true,
  EnableCookieEncryption: true
} as const
