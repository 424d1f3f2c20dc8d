import { areHeld } from './held'
import { RESULT_VIEWS } from './views'

areHeld(RESULT_VIEWS)
