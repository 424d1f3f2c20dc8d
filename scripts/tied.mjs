import { dieWithParent } from './tie.mjs'

// Preloaded into a child (node --import).
dieWithParent()
