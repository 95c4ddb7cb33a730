import { ActionIcon, Button, Group, Select, Text, TextInput } from '@mantine/core'
import { IconPlus, IconTrash } from '@tabler/icons-react'
import type { FormState } from '#kit/web/form/form.ts'
import { Panel } from '#kit/web/look/parts.tsx'
import { useSession } from '#kit/web/session/session.tsx'
import { T, useT } from '#kit/web/base/words.tsx'
import type { GroupRole } from '../security/group-role.ts'
import { useRoleName, useRoles } from '../role/useRoles.tsx'

const EVERYWHERE = 'all'

/** Which groups of the provider bring which role here. */
export function GroupRoles({ form }: { form: FormState }) {
  const t = useT()
  const { places } = useSession()
  const nameOf = useRoleName()
  const { data } = useRoles()
  const roles = (data?.roles ?? []).filter((role) => role.key !== 'owner' && role.archivedAt === null)
  const rows = form.values['groupRoles'] as GroupRole[]
  const change = (at: number, part: Partial<GroupRole>) =>
    form.set(
      'groupRoles',
      rows.map((row, index) => (index === at ? { ...row, ...part } : row)),
    )
  return (
    <Panel title={t('security.groups')}>
      <Text size="sm" c="dimmed" mb="md">
        <T k="security.groupsHint" />
      </Text>
      {rows.map((row, at) => (
        <Group key={at} gap="xs" align="end" mb="xs" wrap="wrap">
          <TextInput
            label={t('security.group')}
            dir="ltr"
            maxLength={200}
            value={row.group}
            onChange={(event) => change(at, { group: event.currentTarget.value })}
          />
          <Select
            label={t('field.role')}
            allowDeselect={false}
            value={row.role}
            onChange={(role) => change(at, { role: role as GroupRole['role'] })}
            data={roles.map((role) => ({ value: role.key, label: nameOf(role) }))}
          />
          <Select
            label={t('field.place')}
            allowDeselect={false}
            value={row.place ?? EVERYWHERE}
            onChange={(place) => change(at, { place: place === EVERYWHERE ? null : place })}
            data={[
              { value: EVERYWHERE, label: t('users.everywhere') },
              ...places.map((place) => ({ value: place.id, label: place.name })),
            ]}
          />
          <ActionIcon
            variant="default"
            size={36}
            aria-label={t('security.groupRemove', { group: row.group })}
            onClick={() =>
              form.set(
                'groupRoles',
                rows.filter((_, index) => index !== at),
              )
            }
          >
            <IconTrash size={17} />
          </ActionIcon>
        </Group>
      ))}
      <Button
        variant="default"
        size="compact-md"
        leftSection={<IconPlus size={16} />}
        onClick={() => form.set('groupRoles', [...rows, { group: '', role: 'cashier', place: places[0]?.id ?? null }])}
      >
        <T k="security.groupAdd" />
      </Button>
    </Panel>
  )
}
