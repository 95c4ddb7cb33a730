import { IconMapOff } from '@tabler/icons-react'
import { LinkButton } from '#kit/web/look/LinkButton.tsx'
import { EmptyState, PageBody } from '#kit/web/look/parts.tsx'
import { T, useT } from '#kit/web/base/words.tsx'

export function NotFound() {
  const t = useT()
  return (
    <PageBody narrow>
      <EmptyState
        icon={IconMapOff}
        title={<h1 style={{ font: 'inherit', margin: 0 }}>{t('notFound.title')}</h1>}
        action={
          <LinkButton to="/">
            <T k="notFound.home" />
          </LinkButton>
        }
      >
        <T k="notFound.text" />
      </EmptyState>
    </PageBody>
  )
}
