export { type Lab, openLab } from './lab'
export { directClient, serveOverPort, serveOverSocket } from './serve'
export { type DesktopWindow, WindowEvents } from './desktop-window'
