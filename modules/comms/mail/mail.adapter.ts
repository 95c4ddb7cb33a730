import { z } from 'zod'
import { newId } from '#kit/id.ts'
import { adapter, type AdapterValues } from '#kit/server/outside/adapter.ts'
import { reachable, troubleWith } from '#kit/server/outside/reach.ts'
import { wordsFor } from '#kit/server/host/words.ts'
import { MailProblem } from './mail.ts'
import { mailServer, useMail } from './mail.store.ts'

const own = { service: ['own'] }
const big = { service: ['gmail', 'outlook'] }
const byOauth = { way: ['oauth'] }

/** Mail, by any server that takes it by SMTP. */
export const mailAdapter = adapter('mail', {
  group: 'messages',
  carriesKeys: true,
  asksTo: 'email',
  fields: {
    service: { kind: 'choice', options: ['gmail', 'outlook', 'own'], given: 'gmail', isNeeded: true, isTarget: true },
    host: { kind: 'host', when: own, isNeeded: true, isTarget: true },
    security: { kind: 'choice', options: ['starttls', 'tls'], given: 'starttls', when: own, isNeeded: true },
    port: { kind: 'number', least: 1, most: 65_535, when: own, isTarget: true },
    way: { kind: 'choice', options: ['password', 'oauth'], given: 'password', isNeeded: true },
    // A server of one's own may take mail from this network without asking who sends it.
    user: { kind: 'text', isNeeded: big },
    password: { kind: 'secret', when: { way: ['password'] }, isNeeded: big },
    tokenUrl: { kind: 'address', when: { ...own, ...byOauth }, isNeeded: true, isTarget: true },
    clientId: { kind: 'text', when: byOauth, isNeeded: true },
    clientSecret: { kind: 'secret', when: byOauth, isNeeded: true },
    refreshToken: { kind: 'secret', when: byOauth, isNeeded: true },
    from: { kind: 'text' },
    query: { kind: 'text', isHidden: true },
  },
  environment: {
    SMTP_URL: {
      isSecret: true,
      judge: z
        .string()
        .regex(/^smtps?:\/\//, 'SMTP_URL must begin with smtp:// or smtps://')
        .refine(isServer, 'SMTP_URL must be an address like smtp://user:password@mail.example.com:587'),
      gives: serverIn,
    },
    MAIL_FROM: { gives: 'from', judge: z.string().min(3).max(200) },
    SMTP_OAUTH_TOKEN_URL: {
      gives: (tokenUrl) => ({ way: 'oauth', tokenUrl }),
      judge: z.url('SMTP_OAUTH_TOKEN_URL must be an address'),
    },
    SMTP_OAUTH_CLIENT_ID: { gives: 'clientId', with: 'SMTP_OAUTH_TOKEN_URL', isNeeded: true },
    SMTP_OAUTH_CLIENT_SECRET: { gives: 'clientSecret', with: 'SMTP_OAUTH_TOKEN_URL', isNeeded: true, isSecret: true },
    SMTP_OAUTH_REFRESH_TOKEN: { gives: 'refreshToken', with: 'SMTP_OAUTH_TOKEN_URL', isNeeded: true, isSecret: true },
  },
  use: useMail,
  async test(values, { to, locale, isTyped }) {
    const server = mailServer(values, { isTyped })
    const t = wordsFor(locale)
    try {
      // Told apart from what the mail server says: a name that leads nowhere good is not even called.
      await reachable(server.host, { isTyped })
      await server.send({
        id: newId(),
        to,
        subject: t('adapter.mail.letter.subject'),
        text: t('adapter.mail.letter.text'),
        attachments: [],
      })
      return { to }
    } catch (error) {
      throw meaningOf(server.host, error)
    } finally {
      server.close()
    }
  },
  simulator: () => import('./mail.simulator.ts'),
})

function isServer(text: string): boolean {
  try {
    return serverIn(text)['host'] !== ''
  } catch {
    return false
  }
}

/** The parts of `smtp://user:password@host:587`; what it leaves out is none, whatever a page says. */
function serverIn(text: string): AdapterValues {
  const url = new URL(text)
  const isTls = url.protocol === 'smtps:'
  return {
    service: 'own',
    host: url.hostname,
    security: isTls ? 'tls' : 'starttls',
    port: Number(url.port) || (isTls ? 465 : 587),
    way: 'password',
    user: decodeURIComponent(url.username),
    password: decodeURIComponent(url.password),
    query: url.search,
  }
}

function meaningOf(host: string, error: unknown): Error {
  const { code, response, message } = error as Error & { code?: string; response?: string }
  const said = (response ?? message).replace(/\s+/g, ' ').slice(0, 300)
  if (code === 'EAUTH' || code === 'EOAUTH2' || code === 'ENOAUTH') return MailProblem.signIn({ said })
  if (code === 'ETLS') return MailProblem.notEncrypted({ host })
  if (code === 'EENVELOPE' || code === 'EMESSAGE') return MailProblem.refused({ said })
  return troubleWith(host, error)
}
