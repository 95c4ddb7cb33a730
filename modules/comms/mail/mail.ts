import { problems } from '#kit/problem.ts'

export const MailProblem = problems('comms.mail', {
  signIn: {
    status: 422,
    say: 'The mail server does not take this user name with this password. Gmail and Outlook want an app password, not the one that you sign in with. It said: {said}',
  },
  notEncrypted: {
    status: 422,
    say: '{host} does not encrypt on this port, so nothing is sent to it. Ask whoever runs it for the port and the kind of encryption.',
  },
  refused: { status: 422, say: 'The mail server took the password and refused the message. It said: {said}' },
})

/** Where mail is handed in at the big providers, so that nobody has to look it up. */
export const MAIL_SERVICES = {
  gmail: { host: 'smtp.gmail.com', port: 465, security: 'tls', tokenUrl: 'https://oauth2.googleapis.com/token' },
  outlook: {
    host: 'smtp.office365.com',
    port: 587,
    security: 'starttls',
    tokenUrl: 'https://login.microsoftonline.com/common/oauth2/v2.0/token',
  },
} as const
