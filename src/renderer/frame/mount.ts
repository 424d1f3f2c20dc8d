import { createPinia } from 'pinia'
import { createApp } from 'vue'
import App from './App.vue'
import { CONNECTION, type ProgramConnection } from '../services/connection'
import { keepLastPage } from './lastPage'
import { PAGES } from './pages'
import { router } from '../services/router'
import { applyTextSize } from '../services/settings'
import { applyTheme } from '../services/theme'

/** Puts the window's content on the page, speaking over `connection`. */
export function mountApp(connection: ProgramConnection): void {
  applyTheme()
  applyTextSize()
  for (const page of PAGES) router.addRoute(page)
  keepLastPage(router, localStorage)
  createApp(App).provide(CONNECTION, connection).use(createPinia()).use(router).mount('#app')
}
