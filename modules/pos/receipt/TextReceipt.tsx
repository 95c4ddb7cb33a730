import { Button, Group, Stack } from '@mantine/core'
import { IconBrandWhatsapp, IconDeviceMobileMessage } from '@tabler/icons-react'
import { useState, type FormEvent } from 'react'
import { useCommand } from '#kit/web/base/command.tsx'
import { T, useT } from '#kit/web/base/words.tsx'
import { PhoneInput } from '#kit/web/input/inputs.tsx'
import { ProblemNote } from '#kit/web/look/parts.tsx'
import { Window } from '#kit/web/look/Window.tsx'
import { useFormat } from '#kit/web/session/format.ts'
import { useSession } from '#kit/web/session/session.tsx'
import type { receiptRoutes } from './receipt.routes.ts'

interface TextReceiptProps {
  readonly sale: { readonly id: string; readonly number: string; readonly total: string }
  readonly canText: boolean
  readonly onClose: () => void
}

const E164 = /^\+[1-9]\d{7,14}$/

/** A receipt to a telephone: by SMS through the program, or in a WhatsApp message that the cashier sends. */
export function TextReceipt({ sale, canText, onClose }: TextReceiptProps) {
  const t = useT()
  const { company } = useSession()
  const format = useFormat()
  const [phone, setPhone] = useState<string | null>(null)
  const send = useCommand<typeof receiptRoutes>()('POST /pos/sales/:id/sms', {
    quiet: true,
    done: 'sale.texted',
    onDone: onClose,
  })
  const isRight = phone !== null && E164.test(phone)
  const facts = { company: company?.name ?? '', number: sale.number, total: format.money(sale.total) }
  const text = encodeURIComponent(t('sale.whatsapp', facts))
  const submit = (event: FormEvent) => {
    event.preventDefault()
    event.stopPropagation()
    if (isRight && canText) void send.run({ id: sale.id, phone })
  }
  return (
    <Window onClose={onClose} title={t('sale.textTitle')} size="sm">
      <form noValidate onSubmit={submit}>
        <Stack>
          {send.problem && <ProblemNote of={send.problem} />}
          {!canText && (
            <p>
              <T k="sale.noSms" />
            </p>
          )}
          <PhoneInput label={t('field.phone')} data-autofocus required withAsterisk={false} value={phone} onChange={setPhone} />
          <Group justify="flex-end">
            <Button
              component="a"
              variant="default"
              leftSection={<IconBrandWhatsapp size={18} />}
              href={isRight ? `https://wa.me/${phone.slice(1)}?text=${text}` : undefined}
              aria-disabled={!isRight}
              data-disabled={!isRight || undefined}
              target="_blank"
              rel="noreferrer"
            >
              {t('sale.byWhatsapp')}
            </Button>
            <Button
              type="submit"
              leftSection={<IconDeviceMobileMessage size={18} />}
              loading={send.isRunning}
              disabled={!isRight || !canText}
            >
              {t('sale.text')}
            </Button>
          </Group>
        </Stack>
      </form>
    </Window>
  )
}
