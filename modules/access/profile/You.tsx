import { Button, Group, Select, Stack, TagsInput, TextInput } from '@mantine/core'
import { useState } from 'react'
import { formatDay, formatNumber, nameOfLanguage, type Digits } from '#kit/words.ts'
import { useCommand } from '#kit/web/base/command.tsx'
import { todayIn } from '#kit/web/session/period.ts'
import { ProblemNote } from '#kit/web/look/parts.tsx'
import { queryClient } from '#kit/web/base/query.ts'
import { useSession } from '#kit/web/session/session.tsx'
import { languages, T, useLanguage, useT } from '#kit/web/base/words.tsx'
import { calendars, type Calendar } from '../session/session.ts'
import classes from './profile.module.css'
import type { sessionRoutes } from '../device/session.routes.ts'

type Locale = 'en' | 'ar' | 'sw'

/** What others call one, the language, and how figures are written. */
export function You() {
  const t = useT()
  const { user, company, timeZone } = useSession()
  const { setLanguage } = useLanguage()
  const [name, setName] = useState(user?.name ?? '')
  const [phones, setPhones] = useState<readonly string[]>(user?.phones ?? [])
  const [locale, setLocale] = useState((user?.locale ?? 'en') as Locale)
  const [digits, setDigits] = useState<Digits>(user?.digits ?? 'latn')
  const [calendar, setCalendar] = useState((user?.calendar ?? 'gregory') as Calendar)
  const save = useCommand<typeof sessionRoutes>()('POST /profile', {
    touches: ['access'],
    done: 'common.saved',
    quiet: true,
    onDone: () => {
      void setLanguage(locale)
      void queryClient.invalidateQueries()
    },
  })
  const region = company?.country ? `${locale}-${company.country}` : locale
  const isSame =
    name.trim() === user?.name &&
    phones.join() === (user.phones ?? []).join() &&
    locale === user?.locale &&
    digits === (user?.digits ?? 'latn') &&
    calendar === (user?.calendar ?? 'gregory')
  return (
    <form
      noValidate
      onSubmit={(event) => {
        event.preventDefault()
        void save.run({ name: name.trim(), phones: [...phones], locale, digits, calendar })
      }}
    >
      <Stack gap="md" maw={420}>
        {save.problem && <ProblemNote of={save.problem} />}
        <TextInput
          label={t('field.yourName')}
          autoComplete="name"
          maxLength={120}
          value={name}
          onChange={(event) => setName(event.currentTarget.value)}
        />
        <TagsInput
          label={t('profile.phones')}
          description={t('profile.phonesHint')}
          inputWrapperOrder={['label', 'input', 'description']}
          dir="ltr"
          classNames={{ pill: classes.number }}
          maxTags={5}
          maxLength={24}
          value={[...phones]}
          onChange={setPhones}
        />
        <Select
          label={t('field.language')}
          allowDeselect={false}
          value={locale}
          onChange={(next) => setLocale((next ?? 'en') as Locale)}
          data={languages.map((one) => ({ value: one, label: nameOfLanguage(one) }))}
        />
        <Select
          label={t('field.digits')}
          allowDeselect={false}
          value={digits}
          onChange={(next) => setDigits((next ?? 'latn') as Digits)}
          data={(['latn', 'arab'] as const).map((one) => ({ value: one, label: formatNumber(1234567890, 'en', one) }))}
        />
        <Select
          label={t('field.calendar')}
          description={t('profile.looksLike', {
            day: formatDay(todayIn(timeZone), { locale: region, digits, timeZone, calendar }),
            number: formatNumber(1234567, region, digits),
          })}
          inputWrapperOrder={['label', 'input', 'description']}
          allowDeselect={false}
          value={calendar}
          onChange={(next) => setCalendar((next ?? 'gregory') as Calendar)}
          data={calendars.map((one) => ({ value: one, label: t(`profile.calendar.${one}`) }))}
        />
        <Group>
          <Button type="submit" loading={save.isRunning} disabled={name.trim() === '' || isSame}>
            <T k="common.save" />
          </Button>
        </Group>
      </Stack>
    </form>
  )
}
