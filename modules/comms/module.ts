import { module } from '#kit/server/edge/module.ts'
import { commsAccess } from './comms.access.ts'
import { mailAdapter } from './mail/mail.adapter.ts'
import { smsAdapter } from './sms/sms.adapter.ts'
import { deliver, forgetSecrets } from './message/message.jobs.ts'
import { messagesForget, messagesKept } from './message/message.keeping.store.ts'
import { messagesShown } from './message/message.timeline.store.ts'
import { messageRoutes } from './message/message.routes.ts'
import { outbox } from './message/message.store.ts'
import { messagesWait } from './message/waiting.store.ts'
import { templateRoutes } from './template/template.routes.ts'

export default module({
  name: 'comms',
  depends: ['places', 'access'],
  parts: [
    commsAccess,
    mailAdapter,
    smsAdapter,
    outbox,
    deliver,
    forgetSecrets,
    messagesKept,
    messagesForget,
    messagesShown,
    messagesWait,
  ],
  routes: [messageRoutes, templateRoutes],
})
