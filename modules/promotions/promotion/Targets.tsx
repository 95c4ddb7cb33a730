import { ActionIcon, Button } from '@mantine/core'
import { IconPlus, IconX } from '@tabler/icons-react'
import { newId } from '#kit/id.ts'
import type { EditedLine } from '#kit/web/document/LineEditor.tsx'
import { RefPicker } from '#kit/web/entity/RefPicker.tsx'
import { fieldLabel, type Refs } from '#kit/web/entity/entity.ts'
import { IntegerInput } from '#kit/web/input/figures.tsx'
import { Panel } from '#kit/web/look/parts.tsx'
import { T, useT } from '#kit/web/base/words.tsx'
import type { Entity } from '#kit/entity.ts'
import { promotion } from './promotion.ts'
import type { PromotionKind } from '../rule/rule.rules.ts'
import classes from './promotion.module.css'

const WHAT = ['category', 'product', 'variant'] as const
type What = (typeof WHAT)[number]
const TABLES: Readonly<Record<What, string>> = {
  category: 'catalog_category',
  product: 'catalog_product',
  variant: 'catalog_variant',
}
/** What a line names: what was chosen, else what the button was for. */
const whatOf = (line: EditedLine): What => WHAT.find((one) => line[one]) ?? (line['what'] as What | undefined) ?? 'category'

interface TargetsProps {
  readonly kind: PromotionKind
  readonly lines: readonly EditedLine[]
  readonly onChange: (next: readonly EditedLine[]) => void
  readonly errors: Readonly<Record<string, Readonly<Record<string, string>>>>
  readonly refs: Refs
}

/** What a promotion is for, and what it gives: categories, products, articles. */
export function Targets(props: TargetsProps) {
  return (
    <>
      <Some {...props} role="buy" />
      {props.kind === 'buyGet' && <Some {...props} role="get" />}
    </>
  )
}

function Some({ kind, role, lines, onChange, errors, refs }: TargetsProps & { role: 'buy' | 'get' }) {
  const t = useT()
  const mine = lines.filter((line) => line['role'] === role)
  const entity = { ...promotion, fields: promotion.lines.fields } as unknown as Entity
  const set = (key: string, values: object) => onChange(lines.map((line) => (line.key === key ? { ...line, ...values } : line)))
  const hint = kind === 'bundle' ? 'promotion.hint.bundle' : role === 'get' ? 'promotion.hint.get' : 'promotion.hint.all'
  return (
    <Panel title={t(kind === 'bundle' ? 'promotion.parts' : role === 'get' ? 'promotion.gets' : 'promotion.targets')}>
      {mine.length === 0 && <p className={classes.hint}>{t(hint)}</p>}
      <ul className={classes.targets}>
        {mine.map((line) => {
          const what = whatOf(line)
          return (
            <li key={line.key} data-counted={kind === 'bundle' || undefined}>
              <RefPicker
                to={TABLES[what]}
                label={fieldLabel(t, entity, what)}
                value={line[what] as string | null}
                onChange={(id) => set(line.key, { [what]: id, what })}
                error={errors[line.key]?.[what]}
                refs={refs}
              />
              {kind === 'bundle' && (
                <IntegerInput
                  label={fieldLabel(t, entity, 'count')}
                  value={line['count'] as number}
                  onChange={(count) => set(line.key, { count })}
                  error={errors[line.key]?.['count']}
                />
              )}
              <ActionIcon
                variant="subtle"
                color="gray"
                size="lg"
                aria-label={t('lines.remove', { name: refs[String(line[what])] ?? fieldLabel(t, entity, what) })}
                onClick={() => onChange(lines.filter(({ key }) => key !== line.key))}
              >
                <IconX size={17} />
              </ActionIcon>
            </li>
          )
        })}
      </ul>
      <div className={classes.add}>
        {WHAT.map((what) => (
          <Button
            key={what}
            variant="default"
            leftSection={<IconPlus size={16} />}
            onClick={() =>
              onChange([...lines, { key: newId(), role, what, category: null, product: null, variant: null, count: 1 }])
            }
          >
            <T k={`promotion.add.${what}`} />
          </Button>
        ))}
      </div>
    </Panel>
  )
}
