import { z } from 'zod'
import { faultOf, numberTemplates, type NumberedDocument } from '#kit/number.ts'
import { command, query } from '#kit/server/command.ts'
import { readTemplates, writeTemplate } from '#kit/server/series.ts'
import { noteSetting } from '#kit/server/setting.ts'
import { numbersInput, NumbersProblem } from './numbers.ts'

export const showNumbers = query({
  name: 'setup.showNumbers',
  can: 'setup.company.read',
  input: z.object({}),
  async run({ db }) {
    return { templates: await readTemplates(db), initial: numberTemplates }
  },
})

/** Gives one kind of paper another form of number. Papers that have their number keep it. */
export const changeNumbers = command({
  name: 'setup.changeNumbers',
  can: 'setup.company.edit',
  input: numbersInput,
  async run(tx, input) {
    const document = input.document as NumberedDocument
    const fault = faultOf(document, input.template)
    if (fault) throw NumbersProblem[fault]()
    const before = (await readTemplates(tx.db))[document]
    await writeTemplate(tx, document, input.template)
    noteSetting(tx, `number.${document}`, { template: before }, { template: input.template })
    return { template: input.template }
  },
})
