import './frame/noEval'
import './ui/fonts.css'
import './ui/tokens.css'
import './ui/base.css'
import './ui/controls.css'
import './ui/element.css'
import { createConnection } from './services/connection'
import { mountApp } from './frame/mount'

mountApp(createConnection())
