import { Tabs } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { EditActions, RowFacts } from '#kit/web/record/DetailPage.tsx'
import { choiceLabel, entityTitle, rowQuery } from '#kit/web/entity/entity.ts'
import { AssignButton } from '#kit/web/record/AssignButton.tsx'
import { FollowButton } from '#kit/web/record/FollowButton.tsx'
import { Timeline } from '#kit/web/record/Timeline.tsx'
import { useCrumb } from '#kit/web/base/crumb.ts'
import { PageBody, PageHead, PageSkeleton, Panel, Problem } from '#kit/web/look/parts.tsx'
import { usePathParam, useSearch } from '#kit/web/base/url.tsx'
import { StateBadge } from '#kit/web/entity/values.tsx'
import { T, useT } from '#kit/web/base/words.tsx'
import { account } from './account.ts'
import { Statement } from './Statement.tsx'

/** An account: its statement first, then what it is and who changed it. */
export default function AccountPage() {
  const t = useT()
  const id = usePathParam('id')
  const entity = account
  const [search, setSearch] = useSearch()
  const { data, error, refetch, isPending } = useQuery(rowQuery(entity, id))
  useCrumb(data && entityTitle(entity, data.row, data.refs))
  if (isPending) return <PageSkeleton />
  if (error && !data) return <Problem of={error} retry={() => void refetch()} />
  const { row, refs } = data
  const { holds, place } = row
  const facts = [
    row.code,
    choiceLabel(t, entity, 'kind', row.kind),
    ...(holds ? [choiceLabel(t, entity, 'holds', holds)] : []),
    ...(place ? [refs[place]] : []),
  ]
  return (
    <PageBody>
      <PageHead
        title={<bdi>{entityTitle(entity, row, refs)}</bdi>}
        badge={row.archivedAt && <StateBadge state="archived" />}
        hint={facts.join(' · ')}
        actions={
          <>
            <AssignButton entity={entity} id={id} />
            <FollowButton entity={entity} id={id} />
            <EditActions entity={entity} row={row} />
          </>
        }
      />
      <Tabs
        value={search['tab'] ?? 'statement'}
        onChange={(tab) => setSearch({ tab: tab === 'statement' ? undefined : (tab ?? undefined) })}
        keepMounted={false}
      >
        <Tabs.List mb="md">
          <Tabs.Tab value="statement">
            <T k="account.statement" />
          </Tabs.Tab>
          <Tabs.Tab value="facts">
            <T k="detail.facts" />
          </Tabs.Tab>
          <Tabs.Tab value="history">
            <T k="detail.timeline" />
          </Tabs.Tab>
        </Tabs.List>
        <Tabs.Panel value="statement">
          <Statement id={id} />
        </Tabs.Panel>
        <Tabs.Panel value="facts">
          <Panel>
            <RowFacts entity={account} data={data} without={['part']} />
          </Panel>
        </Tabs.Panel>
        <Tabs.Panel value="history">
          <Timeline entity={account} id={id} />
        </Tabs.Panel>
      </Tabs>
    </PageBody>
  )
}
