import { customisable, customKinds } from '#kit/custom.ts'
import { among, entity, fixed, flag, integer, oneOf, optional, readonly, text, texts, uid } from '#kit/entity.ts'
import { problems } from '#kit/problem.ts'

/** A field that the company adds to articles, customers, orders: from then on it is in their form, list, filters, files and API. */
export const customField = entity('custom_field', {
  name: 'setup.customField',
  path: '/settings/fields',
  fields: {
    id: readonly(uid()),
    of: fixed({ ...among(customisable), shows: 'entity' as const }),
    label: text({ max: 60 }),
    key: readonly(text({ max: 40 })),
    kind: fixed(oneOf(customKinds)),
    choices: { ...texts({ max: 100, each: 60 }), initial: [] },
    target: fixed(optional({ ...among(customisable), shows: 'entity' as const })),
    isRequired: flag(),
    isListed: flag(),
    position: { ...integer({ max: 1000 }), initial: 0 },
  },
  can: { read: 'setup.company.read', write: 'setup.company.edit' },
  list: ['label', 'of', 'kind', 'isRequired', 'isListed', 'position'],
  sort: ['of', 'position', 'label'],
  filters: ['of', 'kind'],
  search: ['label'],
  title: 'label',
  archive: true,
})

export const CustomFieldProblem = problems('setup.customField', {
  noChoices: { status: 422, say: 'Write what can be chosen, one answer at least.' },
  noTarget: { status: 422, say: 'Say what it refers to.' },
  onlyForChoice: { status: 422, say: 'Only a choice has answers to choose from.' },
  taken: { status: 409, say: 'There is a field called {label} already. Give this one another name.' },
  tooMany: { status: 409, say: 'There are {most} fields of this already. Put one of them aside first.' },
})
