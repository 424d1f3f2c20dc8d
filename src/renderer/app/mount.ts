import { createPinia } from 'pinia'
import { createApp } from 'vue'
import App from './App.vue'
import { CONNECTION, type Connection } from './connection'
import { keepLastPage } from './lastPage'
import { router } from './router'
import { applyTextSize } from './settings'
import { applyTheme } from './theme'

/** Puts the window's content on the page, speaking over `connection`. */
export function mountApp(connection: Connection): void {
  applyTheme()
  applyTextSize()
  keepLastPage(router, localStorage)
  createApp(App).provide(CONNECTION, connection).use(createPinia()).use(router).mount('#app')
}
