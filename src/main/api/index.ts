export { type Lab, type LabOptions, openLab } from './lab'
export { directClient, serveOverPort, serveOverSocket } from './serve'
