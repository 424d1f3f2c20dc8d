import { areHeld } from './held'
import { RUN_VIEWS } from './views'

areHeld(RUN_VIEWS)
