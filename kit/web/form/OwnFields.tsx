import { customNames } from '../../custom.ts'
import type { Entity } from '../../entity.ts'
import type { Refs } from '../entity/entity.ts'
import { Field } from './Field.tsx'
import type { Values } from './form.ts'
import { issueText } from '../base/problem.ts'
import { fieldIssues } from '../base/request.ts'
import { useT } from '../base/words.tsx'

interface OwnFieldsProps {
  /** As the company has it. */
  readonly entity: Entity
  readonly values: Values
  readonly onChange: (name: string, value: unknown) => void
  /** What the server refused. */
  readonly problem: unknown
  readonly refs?: Refs | undefined
}

/** The company's own fields, on a form whose other inputs are made by hand. */
export function OwnFields({ entity, values, onChange, problem, refs }: OwnFieldsProps) {
  const t = useT()
  const issues = fieldIssues(problem)
  return customNames(entity).map((name) => (
    <div key={name} data-field={name}>
      <Field
        entity={entity}
        name={name}
        value={values[name] ?? null}
        onChange={(value) => onChange(name, value)}
        error={issues[name] && issueText(t, issues[name])}
        {...(refs && { refs })}
      />
    </div>
  ))
}

/** Is one of them missing that this company asks for? */
export const lacksOwn = ({ fields }: Entity, values: Values): boolean =>
  customNames({ fields }).some((name) => !fields[name]!.optional && (values[name] ?? '') === '')
