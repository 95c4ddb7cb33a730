import { Button, Group } from '@mantine/core'
import { useState } from 'react'
import { useCommand } from '#kit/web/base/command.tsx'
import { DetailPage } from '#kit/web/record/DetailPage.tsx'
import type { WireRow } from '#kit/web/entity/entity.ts'
import { Panel, ProblemNote } from '#kit/web/look/parts.tsx'
import { useSession } from '#kit/web/session/session.tsx'
import { useGo } from '#kit/web/base/url.tsx'
import { AskFirst } from '#kit/web/entity/Verbs.tsx'
import { T, useT } from '#kit/web/base/words.tsx'
import { RolesInput } from '../role/Roles.tsx'
import { membershipsInput, type Membership } from '../role/role.ts'
import { idSides, registration } from './registration.ts'
import type { registrationRoutes } from './registration.routes.ts'
import classes from './registration.module.css'

/** One person who asks to be let in: let them in with roles, or say why not. */
export default function RegistrationPage() {
  const t = useT()
  return (
    <DetailPage
      entity={registration}
      withoutVerbs={['verify', 'confirm', 'submit', 'approve', 'reject']}
      without={['idFront', 'idBack']}
      values={{ country: (row) => countryName(t.locale, row['country'] as string | null) }}
    >
      {({ row }) => (
        <>
          <Pictures row={row} />
          {row['state'] === 'pending' && <Decide row={row} />}
        </>
      )}
    </DetailPage>
  )
}

const countryName = (locale: string, code: string | null) =>
  code && (new Intl.DisplayNames([locale], { type: 'region' }).of(code) ?? code)

/** The ID of a seller, for those who decide. */
function Pictures({ row }: { row: WireRow }) {
  const t = useT()
  const sides = idSides.flatMap((side) => {
    const file = row[side === 'front' ? 'idFront' : 'idBack']
    return typeof file === 'string' ? [{ side, file }] : []
  })
  if (sides.length === 0) return null
  return (
    <Panel title={t('registration.identity')}>
      <div className={classes.pictures}>
        {sides.map(({ side, file }) => (
          <figure key={side}>
            <a href={`/api/files/${file}`} target="_blank" rel="noreferrer">
              <img src={`/api/files/${file}`} alt={t(`register.identity.${side}`)} />
            </a>
            <figcaption>
              <T k={`register.identity.${side}`} />
            </figcaption>
          </figure>
        ))}
      </div>
    </Panel>
  )
}

function Decide({ row }: { row: WireRow }) {
  const t = useT()
  const go = useGo()
  const { place, places, leaves } = useSession()
  const isSeller = row['kind'] === 'seller'
  const [roles, setRoles] = useState<Membership[]>([{ role: 'cashier', place: place?.id ?? places[0]?.id ?? null }])
  const [isRejecting, setRejecting] = useState(false)
  const approve = useCommand<typeof registrationRoutes>()('POST /registrations/:id/approve', {
    quiet: true,
    done: leaves.mail ? 'registration.approved' : 'sent.tellThem',
    touches: ['access'],
    onDone: ({ user }) => go(`/users/${user}`),
  })
  const reject = useCommand<typeof registrationRoutes>()('POST /registrations/:id/reject', {
    done: leaves.mail ? 'registration.rejected' : 'sent.tellThem',
    touches: ['access'],
    onDone: () => setRejecting(false),
  })
  const name = String(row['name'])
  return (
    <Panel title={t('registration.decide')}>
      <form
        noValidate
        onSubmit={(event) => {
          event.preventDefault()
          if (isSeller) void approve.run({ id: row.id })
          else if (membershipsInput.safeParse(roles).success) void approve.run({ id: row.id, roles })
        }}
      >
        {approve.problem && <ProblemNote of={approve.problem} />}
        {isSeller ? (
          <p>{t('registration.becomesSeller', { company: String(row['company']) })}</p>
        ) : (
          <RolesInput value={roles} onChange={setRoles} />
        )}
        <Group gap="xs" mt="lg">
          <Button type="submit" loading={approve.isRunning}>
            <T k={isSeller ? 'registration.approveSeller' : 'registration.approve'} />
          </Button>
          <Button variant="default" onClick={() => setRejecting(true)}>
            <T k="registration.reject" />
          </Button>
        </Group>
      </form>
      {isRejecting && (
        <AskFirst
          title={t('registration.rejectAsk', { name })}
          text={t(leaves.mail ? 'sent.reason' : 'sent.tellThem')}
          action={t('registration.reject')}
          bad
          needsReason
          isRunning={reject.isRunning}
          onClose={() => setRejecting(false)}
          onYes={(reason) => void reject.run({ id: row.id, reason })}
        />
      )}
    </Panel>
  )
}
