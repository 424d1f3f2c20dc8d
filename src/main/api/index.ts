export { type Lab, openLab } from './lab'
export { directClient, serveOverPort, serveOverSocket } from './serve'
