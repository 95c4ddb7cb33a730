import { z } from 'zod'
import { declaredMessages, type MessageType } from '#kit/message.ts'
import { CommonProblem } from '#kit/problem.ts'
import { command, query } from '#kit/server/door/command.ts'
import { postMessage } from '#kit/server/door/message.ts'
import { noteSetting } from '#kit/server/door/setting.ts'
import { serverWords } from '#kit/server/host/words.ts'
import { seldom } from '#modules/access/index.ts'
import { missingFacts, unknownFacts } from './template.rules.ts'
import { givenWords, messageTypes, wordsOf } from './template.store.ts'
import { TemplateProblem, templateInput, templateKey, testInput } from './template.ts'

/** Every message that the program writes, with its words in each language: the company's own where there are some. */
export const listTemplates = query({
  name: 'comms.listTemplates',
  can: 'comms.template.edit',
  input: z.object({}),
  async run({ db }) {
    const own = await db.selectFrom('commsTemplate').selectAll().execute()
    const locales = Object.keys(serverWords())
    return {
      rows: messageTypes().flatMap((type) =>
        type.channels.map((channel) => ({
          name: type.name,
          channel,
          facts: Object.entries(type.facts).map(([name, fact]) => ({
            name,
            sample: fact.sample,
            isSecret: fact.secret === true,
          })),
          texts: locales.map((locale) => {
            const given = givenWords(type, channel, locale)
            const found = own.find((one) => one.template === type.name && one.channel === channel && one.locale === locale)
            const words = found ? { subject: found.subject ?? '', body: found.body } : given
            return { locale, ...words, isOwn: found !== undefined }
          }),
        })),
      ),
    }
  },
})

const typeOf = (name: string, channel: 'mail' | 'sms'): MessageType => {
  const type = declaredMessages.get(name)
  if (!type?.channels.includes(channel)) throw CommonProblem.notFound()
  return type
}

/** Gives a message the company's own words in one language. */
export const changeTemplate = command({
  name: 'comms.changeTemplate',
  can: 'comms.template.edit',
  input: templateInput,
  async run(tx, { name, channel, locale, subject, body }) {
    const type = typeOf(name, channel)
    const [unknown] = [...unknownFacts(type, subject), ...unknownFacts(type, body)]
    if (unknown) throw TemplateProblem.unknownFact({ fact: `{${unknown}}` })
    const [missing] = missingFacts(type, body)
    if (missing) throw TemplateProblem.missingFact({ fact: `{${missing}}` })
    if (Object.entries(type.facts).some(([fact, { secret }]) => secret && subject.includes(`{${fact}}`)))
      throw TemplateProblem.secretSubject()
    const before = await wordsOf(tx.db, type, channel, locale)
    const values = { subject: channel === 'mail' ? subject : null, body, changedAt: tx.now }
    await tx.db
      .insertInto('commsTemplate')
      .values({ template: name, channel, locale, ...values })
      .onConflict((conflict) => conflict.columns(['template', 'channel', 'locale']).doUpdateSet(values))
      .execute()
    noteSetting(tx, `message.${name}.${channel}.${locale}`, { subject: before.subject, body: before.body }, { subject, body })
    return { changed: true }
  },
})

/** Goes back to the words that the program comes with. */
export const resetTemplate = command({
  name: 'comms.resetTemplate',
  can: 'comms.template.edit',
  input: templateKey,
  async run(tx, { name, channel, locale }) {
    const type = typeOf(name, channel)
    const before = await wordsOf(tx.db, type, channel, locale)
    const given = givenWords(type, channel, locale)
    await tx.db
      .deleteFrom('commsTemplate')
      .where('template', '=', name)
      .where('channel', '=', channel)
      .where('locale', '=', locale)
      .execute()
    noteSetting(tx, `message.${name}.${channel}.${locale}`, { subject: before.subject, body: before.body }, { ...given })
    return { changed: true }
  },
})

/** Enough to try every message in every language; more bothers others in the shop's name, or runs up a bill for SMS. */
const TESTS_HOURLY = 60

/** Sends a message with invented facts, to see how it arrives. */
export const testTemplate = command({
  name: 'comms.testTemplate',
  can: 'comms.template.edit',
  input: testInput,
  async before(ctx) {
    if (!(await seldom(ctx, 'test message', TESTS_HOURLY))) throw TemplateProblem.tooMany({ most: TESTS_HOURLY })
  },
  async run(tx, { name, channel, locale, to }) {
    const type = typeOf(name, channel)
    const isAddress = channel === 'mail' ? z.email().safeParse(to).success : /^\+[1-9]\d{6,14}$/.test(to)
    if (!isAddress) throw CommonProblem.invalid({}, [{ path: 'to', code: channel === 'mail' ? 'email' : 'phone', message: to }])
    const facts = Object.fromEntries(Object.entries(type.facts).map(([fact, { sample }]) => [fact, sample]))
    const id = await postMessage(tx, type, { to, channel, locale, facts })
    tx.about('comms_message', id)
    return { message: id }
  },
})
