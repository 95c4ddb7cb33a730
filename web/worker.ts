/** Registers the service worker, which opens the program without a network. In development there is none. */
export function startWorker(): void {
  if (!import.meta.env.PROD || !('serviceWorker' in navigator)) return
  const register = () => void navigator.serviceWorker.register('/sw.js').catch(() => undefined)
  // Words and session are awaited first: by then the page has mostly been loaded, and says so no second time.
  if (document.readyState === 'complete') register()
  else window.addEventListener('load', register)
}

// A page of an older build asks for a file that a newer one replaced: load the newer one, once.
window.addEventListener('vite:preloadError', (event) => {
  const last = Number(sessionStorage.getItem('duka.reloaded') ?? 0)
  if (Date.now() - last < 30_000) return
  event.preventDefault()
  sessionStorage.setItem('duka.reloaded', String(Date.now()))
  location.reload()
})
