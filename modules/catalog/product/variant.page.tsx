import { ActionIcon, Button, TextInput } from '@mantine/core'
import { IconPlus, IconX } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useState, type FormEvent } from 'react'
import { api } from '#kit/web/base/api.ts'
import { useCommand } from '#kit/web/base/command.tsx'
import { DetailPage } from '#kit/web/record/DetailPage.tsx'
import { LinkButton } from '#kit/web/look/LinkButton.tsx'
import { Panel, ProblemNote } from '#kit/web/look/parts.tsx'
import { Can, useSession } from '#kit/web/session/session.tsx'
import { useT } from '#kit/web/base/words.tsx'
import { LabelsButton } from '../label/LabelsButton.tsx'
import { variant } from './product.ts'
import type { productRoutes } from './product.routes.ts'
import { isMistyped } from './variants.rules.ts'
import classes from './product.module.css'

/** A variant: what is scanned, priced and counted. */
export default function VariantPage() {
  const t = useT()
  return (
    <DetailPage
      entity={variant}
      without={['optionValues', 'position']}
      actions={({ row }) => (
        <>
          {!row.archivedAt && <LabelsButton of={[{ variant: row.id, count: 1 }]} />}
          <Can do="inventory.stock.read">
            <LinkButton to={`/inventory/stock/${row.id}`} variant="default">
              {t('page.stock')}
            </LinkButton>
          </Can>
        </>
      )}
    >
      {({ row }) => <Barcodes variant={row.id} product={String(row['product'])} />}
    </DetailPage>
  )
}

function Barcodes({ variant: id, product }: { variant: string; product: string }) {
  const t = useT()
  const { may } = useSession()
  const [code, setCode] = useState('')
  const { data } = useQuery(api<typeof productRoutes>()('GET /catalog/products/:id', { id: product }))
  const own = data?.variants.find((one) => one.id === id)
  const attach = useCommand<typeof productRoutes>()('POST /catalog/variants/:id/barcodes', {
    quiet: true,
    onDone: () => setCode(''),
  })
  const detach = useCommand<typeof productRoutes>()('DELETE /catalog/variants/:id/barcodes/:code', {})
  const typed = code.trim()
  const submit = (event: FormEvent) => {
    event.preventDefault()
    if (typed && !isMistyped(typed)) void attach.run({ id, code: typed })
  }
  return (
    <Panel title={t('product.barcodes')}>
      {own?.barcodes.length === 0 && <p className={classes.lead}>{t('product.noBarcodes')}</p>}
      <ul className={classes.codes}>
        {own?.barcodes.map((one) => (
          <li key={one.code}>
            <span>{one.code}</span>
            {may('catalog.product.edit') && (
              <ActionIcon
                variant="subtle"
                color="gray"
                aria-label={t('product.removeBarcode', { code: one.code })}
                onClick={() => void detach.run({ id, code: one.code })}
              >
                <IconX size={16} />
              </ActionIcon>
            )}
          </li>
        ))}
      </ul>
      <Can do="catalog.product.edit">
        {attach.problem && <ProblemNote of={attach.problem} />}
        <form noValidate onSubmit={submit} className={classes.addCode}>
          <TextInput
            label={t('product.addBarcode')}
            value={code}
            maxLength={80}
            error={isMistyped(typed) ? t('product.badBarcode') : undefined}
            onChange={(event) => setCode(event.currentTarget.value)}
          />
          <Button type="submit" variant="default" loading={attach.isRunning} leftSection={<IconPlus size={16} />}>
            {t('common.add')}
          </Button>
        </form>
      </Can>
    </Panel>
  )
}
