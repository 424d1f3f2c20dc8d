import { createPinia } from 'pinia'
import { createApp } from 'vue'
import App from './App.vue'
import { CONNECTION, type ProgramConnection } from './connection'
import { keepLastPage } from './lastPage'
import { router } from './router'
import { applyTextSize } from './settings'
import { applyTheme } from './theme'

/** Puts the window's content on the page, speaking over `connection`. */
export function mountApp(connection: ProgramConnection): void {
  applyTheme()
  applyTextSize()
  keepLastPage(router, localStorage)
  createApp(App).provide(CONNECTION, connection).use(createPinia()).use(router).mount('#app')
}
