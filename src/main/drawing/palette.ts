import { colorsOf } from '@shared/algorithms/looks'
import { lightTokens } from '@shared/charts/lightTokens'
import { algorithmCards } from '../algorithms'
import tokens from '../../renderer/ui/tokens.css?raw'

/** The value of a colour token in the light theme, the one for paper. Throws RangeError for what is not a token. */
export function paperColor(token: string): string {
  const value = LIGHT.get(token) ?? ALGORITHM_COLORS.get(token)
  if (value === undefined) throw new RangeError(`unknown colour token --${token}`)
  return value
}

/** Read from the page's own sheet, so that a figure on paper and on the screen is the same. */
const LIGHT: ReadonlyMap<string, string> = lightTokens(tokens)

const ALGORITHM_COLORS = colorsOf(algorithmCards, 'light')
