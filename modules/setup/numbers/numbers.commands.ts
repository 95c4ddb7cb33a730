import { z } from 'zod'
import { faultOf } from '#kit/number.ts'
import { CommonProblem } from '#kit/problem.ts'
import { command, query } from '#kit/server/door/command.ts'
import { readSeries, writeTemplate } from '#kit/server/door/series.ts'
import { noteSetting } from '#kit/server/door/setting.ts'
import { numbersInput, NumbersProblem } from './numbers.ts'

export const showNumbers = query({
  name: 'setup.showNumbers',
  can: 'setup.company.read',
  input: z.object({}),
  async run({ db }) {
    return { series: await readSeries(db) }
  },
})

/** Gives one kind of paper another form of number. Papers that have their number keep it. */
export const changeNumbers = command({
  name: 'setup.changeNumbers',
  can: 'setup.company.edit',
  input: numbersInput,
  async run(tx, input) {
    const series = (await readSeries(tx.db)).find((one) => one.document === input.document)
    if (!series) throw CommonProblem.notFound()
    const fault = faultOf(series, input.template)
    if (fault) throw NumbersProblem[fault]()
    await writeTemplate(tx, series, input.template)
    noteSetting(tx, `number.${series.document}`, { template: series.template }, { template: input.template })
    return { template: input.template }
  },
})
