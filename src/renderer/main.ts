import './app/noEval'
import './ui/fonts.css'
import './ui/tokens.css'
import './ui/base.css'
import './ui/element.css'
import { createConnection } from './app/connection'
import { mountApp } from './app/mount'

mountApp(createConnection())
