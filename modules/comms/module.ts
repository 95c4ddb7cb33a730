import { module } from '#kit/server/module.ts'
import './comms.access.ts'
import './message/message.jobs.ts'
import './message/message.keeping.store.ts'
import { messageRoutes } from './message/message.routes.ts'
import { templateRoutes } from './template/template.routes.ts'

export default module({ name: 'comms', depends: ['places'], routes: [messageRoutes, templateRoutes] })
