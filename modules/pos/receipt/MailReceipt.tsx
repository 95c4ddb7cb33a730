import { Button, Group, Modal, Stack, TextInput } from '@mantine/core'
import { IconMail } from '@tabler/icons-react'
import { useState, type FormEvent } from 'react'
import { useCommand } from '#kit/web/command.tsx'
import { ProblemNote } from '#kit/web/parts.tsx'
import { useT } from '#kit/web/words.tsx'
import type { saleRoutes } from '../sale/sale.routes.ts'

/** Sends the receipt to the customer's e-mail address; where none can leave, it says what is missing and who can set it up. */
export function MailReceipt({ sale, canMail }: { sale: string; canMail: boolean }) {
  const t = useT()
  const [isOpen, setOpen] = useState(false)
  const [email, setEmail] = useState('')
  const send = useCommand<typeof saleRoutes>()('POST /pos/sales/:id/mail', {
    quiet: true,
    done: 'sale.mailed',
    onDone: () => {
      setOpen(false)
      setEmail('')
    },
  })
  const submit = (event: FormEvent) => {
    event.preventDefault()
    event.stopPropagation()
    if (email.trim()) void send.run({ id: sale, email: email.trim() })
  }
  return (
    <>
      <Button variant="default" leftSection={<IconMail size={17} />} onClick={() => setOpen(true)}>
        {t('sale.mail')}
      </Button>
      <Modal opened={isOpen} onClose={() => setOpen(false)} title={t('sale.mailTitle')} size="sm">
        {!canMail && <p>{t('sale.noMail')}</p>}
        <form onSubmit={submit} hidden={!canMail}>
          <Stack>
            {send.problem && <ProblemNote of={send.problem} />}
            <TextInput
              type="email"
              label={t('field.email')}
              required
              data-autofocus
              autoComplete="off"
              inputMode="email"
              value={email}
              maxLength={254}
              onChange={(event) => setEmail(event.currentTarget.value)}
            />
            <Group justify="flex-end">
              <Button type="submit" loading={send.isRunning} disabled={!email.includes('@')}>
                {t('sale.mailSend')}
              </Button>
            </Group>
          </Stack>
        </form>
      </Modal>
    </>
  )
}
