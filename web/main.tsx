import './fonts.css'
import '@mantine/core/styles.layer.css'
import '@mantine/notifications/styles.layer.css'
import './theme.css'
import { createRoot } from 'react-dom/client'
import { firstLanguage, languages, loadLanguage } from '#kit/web/base/words.tsx'
import { queryClient } from '#kit/web/base/query.ts'
import { sessionQuery, type SessionFacts } from '#kit/web/session/session.tsx'
import { App } from './App.tsx'
import { closeUppermost } from './shell/escape.ts'
import { startWorker } from './worker.ts'

// Before any window stands, so that it hears the key first.
closeUppermost()
const waitingLanguage = loadLanguage(firstLanguage())
// The till opens without a network: who was here last stands in for the server's answer until it comes.
const session = await queryClient.fetchQuery({ ...sessionQuery, retry: 1 }).catch(() => rememberedSession())
await waitingLanguage
const wanted = session?.user?.locale ?? firstLanguage()
const language = languages.includes(wanted) ? wanted : 'en'
await loadLanguage(language)
createRoot(document.getElementById('root')!).render(<App language={language} />)
startWorker()

function rememberedSession(): SessionFacts | undefined {
  const text = localStorage.getItem('duka.session')
  if (!text) return undefined
  const remembered = JSON.parse(text) as SessionFacts
  queryClient.setQueryData(sessionQuery.queryKey, remembered, { updatedAt: 0 })
  return remembered
}
