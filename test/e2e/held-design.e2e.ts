import { areHeld } from './held'
import { DESIGN_VIEWS } from './views'

areHeld(DESIGN_VIEWS)
