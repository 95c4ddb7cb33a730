import { generateSync } from 'otplib'
import { aMailServer } from '#test/post.ts'
import { until, type Answer, type Client } from '#test/server.ts'

/** A mailbox for everybody, at a real mail server. */
export async function aMailbox() {
  const mail = await aMailServer()
  const settings = { environment: mail.environment }
  /** The newest letter to somebody that says this, once it has arrived. */
  const letter = (to: string, says: RegExp) =>
    until(
      async () => mail.letters.findLast((one) => one.to.includes(to) && says.test(one.text)),
      (found) => found !== undefined,
    )
  return {
    mail,
    /** What the servers of the test are started with. */
    settings,
    letter,
    codeFor: async (to: string) => /\b(\d{6})\b/.exec((await letter(to, /\b\d{6}\b/))!.text)![1]!,
    /** The secret of a link, of the `nth` letter with such a link. */
    tokenFor: async (to: string, page: string, nth = 1) => {
      const link = new RegExp(`/${page}/([\\w-]{43})`)
      const found = await until(
        async () => mail.letters.filter((one) => one.to.includes(to) && link.test(one.text)),
        (letters) => letters.length >= nth,
      )
      return link.exec(found[nth - 1]!.text)![1]!
    },
  }
}

/** What an authenticator app shows now, or some seconds from now. */
export const appCode = (secret: string, seconds = 0): string =>
  generateSync({ secret, epoch: Math.floor(Date.now() / 1000) + seconds })

/** Adds an app to the account of whoever is signed in. @returns its secret and the backup codes */
export async function addApp(client: Client): Promise<{ secret: string; codes: string[] }> {
  const proposed = await client.call('POST /profile/factors/app')
  const { secret } = proposed.body
  // The code of the step before: the present one is left for the sign-in that follows.
  const confirmed = await client.call('POST /profile/factors/app/confirmation', { code: appCode(secret, -30) })
  if (confirmed.status !== 200) throw new Error(`${confirmed.status} ${JSON.stringify(confirmed.body)}`)
  return { secret, codes: confirmed.body.backupCodes }
}

export const codeOf = (answer: Answer): [number, string | undefined] => [answer.status, answer.body?.code ?? answer.body?.next]
