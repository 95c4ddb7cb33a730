import { z } from 'zod'
import { query } from '#kit/server/door/command.ts'
import { captchaOnPage } from './captcha.store.ts'
import { securityOf } from '../security/security.store.ts'

/** Whether this company takes registrations, and how it tells people from robots. */
export const showRegister = query({
  name: 'access.showRegister',
  can: 'public',
  input: z.object({}),
  async run({ db }) {
    const { registration, sellerRegistration } = await securityOf(db)
    return { isOpen: registration, isOpenToSellers: sellerRegistration, captcha: captchaOnPage() ?? null }
  },
})
