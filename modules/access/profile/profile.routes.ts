import { routes } from '#kit/server/edge/http.ts'
import {
  confirmCodePhone,
  confirmEmail,
  focusPhoto,
  proposeCodePhone,
  proposeEmail,
  removePhoto,
  setPhoto,
} from './profile.commands.ts'
import { showOwnHistory } from './profile.queries.ts'

export const profileRoutes = routes({
  'POST /profile/photo': setPhoto,
  'DELETE /profile/photo': removePhoto,
  'POST /profile/photo/focus': focusPhoto,
  'POST /profile/email': proposeEmail,
  'POST /profile/email/confirmation': confirmEmail,
  'POST /profile/code-phone': proposeCodePhone,
  'POST /profile/code-phone/confirmation': confirmCodePhone,
  'GET /profile/history': showOwnHistory,
})
