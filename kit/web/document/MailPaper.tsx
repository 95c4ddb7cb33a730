import { Button, Group, Modal, Stack, TextInput } from '@mantine/core'
import { IconMail } from '@tabler/icons-react'
import { useState, type FormEvent } from 'react'
import { areaOf, call } from '../base/api.ts'
import { useAction } from '../base/command.tsx'
import { ProblemNote } from '../look/parts.tsx'
import { useT } from '../base/words.tsx'

export interface MailPaperProps {
  /** `POST /pos/sales/:id/mail` */
  readonly route: string
  readonly id: string
  readonly canMail: boolean
  /** Keys of what its button, its window and the note afterwards say. */
  readonly words: { readonly open: string; readonly title: string; readonly done: string }
  /** The address that is known already. */
  readonly to?: string | null
}

/** Sends a paper to an e-mail address; where none can leave, it says what is missing and who can set it up. */
export function MailPaper({ route, id, canMail, words, to }: MailPaperProps) {
  const t = useT()
  const [isOpen, setOpen] = useState(false)
  const [email, setEmail] = useState(to ?? '')
  const send = useAction((input: { id: string; email: string }, key) => call<unknown>(route, input, { key }), {
    quiet: true,
    done: words.done,
    touches: [areaOf(route)],
    onDone: () => setOpen(false),
  })
  const submit = (event: FormEvent) => {
    event.preventDefault()
    event.stopPropagation()
    if (email.trim()) void send.run({ id, email: email.trim() })
  }
  return (
    <>
      <Button variant="default" leftSection={<IconMail size={17} />} onClick={() => setOpen(true)}>
        {t(words.open)}
      </Button>
      <Modal opened={isOpen} onClose={() => setOpen(false)} title={t(words.title)} size="sm">
        {!canMail && <p>{t('mail.cannotLeave')}</p>}
        <form noValidate onSubmit={submit} hidden={!canMail}>
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
              <Button type="submit" loading={send.isRunning} disabled={email.trim() === ''}>
                {t('mail.send')}
              </Button>
            </Group>
          </Stack>
        </form>
      </Modal>
    </>
  )
}
