import { problems } from '#kit/problem.ts'

export const SmsProblem = problems('comms.sms', {
  signIn: { status: 422, say: 'The SMS service does not take this user name with this key. Copy both from its page once more.' },
  refused: { status: 422, say: 'The SMS service refused the message. It said: {said}' },
})

/** Where Africa's Talking is spoken to. */
export const SMS_SERVICES = {
  live: 'https://api.africastalking.com',
  sandbox: 'https://api.sandbox.africastalking.com',
} as const
