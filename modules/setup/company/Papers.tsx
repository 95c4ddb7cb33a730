import { Button, Group, SimpleGrid, Textarea } from '@mantine/core'
import { IconTrash } from '@tabler/icons-react'
import { upload } from '#kit/web/base/api.ts'
import { useAction, useCommand } from '#kit/web/base/command.tsx'
import { ProblemNote } from '#kit/web/look/parts.tsx'
import { PictureButton } from '#kit/web/input/PictureButton.tsx'
import { queryClient } from '#kit/web/base/query.ts'
import { sessionQuery } from '#kit/web/session/session.tsx'
import { T, useT } from '#kit/web/base/words.tsx'
import { LOGO_MEGABYTES, PAPER_TEXT } from '#modules/places/company.ts'
import type { SectionProps } from './Sections.tsx'
import type { setupRoutes } from './setup.routes.ts'
import classes from './papers.module.css'

const reload = () => void queryClient.invalidateQueries({ queryKey: sessionQuery.queryKey })

/** What stands on papers: the logo, which is kept at once, and the text above and below a receipt. */
export function Papers({ form, facts, isShut }: SectionProps) {
  const t = useT()
  return (
    <>
      <Logo logo={facts.company.logo ?? null} isShut={isShut} />
      <SimpleGrid cols={{ base: 1, xs: 2 }} mt="md">
        {(['receiptHead', 'receiptNote'] as const).map((name) => (
          <Textarea
            key={name}
            label={t(`company.${name}`)}
            description={t(`company.${name}Hint`)}
            inputWrapperOrder={['label', 'input', 'description', 'error']}
            autosize
            minRows={2}
            maxRows={6}
            maxLength={PAPER_TEXT}
            disabled={isShut}
            error={form.errors[name]}
            value={String(form.values[name] ?? '')}
            onChange={(event) => form.set(name, event.currentTarget.value)}
          />
        ))}
      </SimpleGrid>
    </>
  )
}

function Logo({ logo, isShut }: { logo: string | null; isShut: boolean }) {
  const t = useT()
  const send = useAction((file: File, key) => upload('/company/logo', file, {}, { key }), {
    quiet: true,
    touches: ['company'],
    done: 'common.saved',
    onDone: reload,
  })
  const remove = useCommand<typeof setupRoutes>()('DELETE /company/logo', { touches: ['company'], onDone: reload })
  return (
    <div className={classes.logo}>
      {logo && <img src={`/api/files/${logo}`} alt={t('company.logo')} />}
      <div>
        {send.problem && <ProblemNote of={send.problem} />}
        <p className={classes.hint}>{t('company.logoHint', { megabytes: LOGO_MEGABYTES })}</p>
        {!isShut && (
          <Group gap="xs">
            <PictureButton
              label={t('company.chooseLogo')}
              size="compact-sm"
              megabytes={LOGO_MEGABYTES}
              loading={send.isRunning}
              onPick={(file) => void send.run(file)}
            >
              <T k={logo ? 'company.otherLogo' : 'company.chooseLogo'} />
            </PictureButton>
            {logo && (
              <Button
                variant="subtle"
                color="gray"
                size="compact-sm"
                leftSection={<IconTrash size={16} />}
                loading={remove.isRunning}
                onClick={() => void remove.run({})}
              >
                <T k="company.removeLogo" />
              </Button>
            )}
          </Group>
        )}
      </div>
    </div>
  )
}
