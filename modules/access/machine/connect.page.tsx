import { Button } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { api } from '#kit/web/base/api.ts'
import { BarePage } from '#kit/web/look/BarePage.tsx'
import { useCommand } from '#kit/web/base/command.tsx'
import { Problem, ProblemNote } from '#kit/web/look/parts.tsx'
import { ProblemError } from '#kit/web/base/request.ts'
import { useSession } from '#kit/web/session/session.tsx'
import { useGo, useSearch } from '#kit/web/base/url.tsx'
import { T, useT } from '#kit/web/base/words.tsx'
import { permissionText } from '../role/permission.ts'
import type { roleListRoutes } from '../role/role.routes.ts'
import { connectInput, MachineProblem } from './machine.ts'
import type { machineRoutes } from './machine.routes.ts'
import classes from '../sign-in/sign-in.module.css'

/** An app asks to work in one's name: it sent the person here, and gets its code when they say yes. */
export default function ConnectPage() {
  const t = useT()
  const go = useGo()
  const [search] = useSearch()
  const { user, company } = useSession()
  const asked = connectInput.safeParse(search)
  const connect = useCommand<typeof machineRoutes>()('POST /tokens/codes', {
    quiet: true,
    onDone: ({ redirect }) => location.assign(redirect),
  })
  if (!asked.success) {
    const { code, status, message } = MachineProblem.badCode()
    return (
      <BarePage title={t('page.connect')}>
        <Problem of={new ProblemError({ code, status, message })} />
      </BarePage>
    )
  }
  const { app, scope } = asked.data
  return (
    <BarePage
      title={t('connect.title', { app })}
      hint={t('connect.hint', { app, name: user?.name ?? '', company: company?.name ?? 'Duka' })}
    >
      <Scope of={scope} />
      {connect.problem && <ProblemNote of={connect.problem} />}
      <Button fullWidth size="md" loading={connect.isRunning} onClick={() => void connect.run(asked.data)}>
        <T k="connect.yes" />
      </Button>
      <div className={classes.ways}>
        <Button variant="default" fullWidth onClick={() => go('/')}>
          <T k="connect.no" />
        </Button>
      </div>
    </BarePage>
  )
}

/** What the app asks to be allowed, in sentences. */
function Scope({ of: scope }: { of: string | undefined }) {
  const t = useT()
  const { data } = useQuery({ ...api<typeof roleListRoutes>('access')('GET /roles', {}), enabled: scope !== undefined })
  if (scope === undefined)
    return (
      <p className={classes.aside}>
        <T k="connect.wantsAll" />
      </p>
    )
  const sentences = new Map(data?.permissions.map((one) => [one.name, permissionText(t, one)]))
  return (
    <>
      <p>
        <T k="connect.wants" />
      </p>
      <ul>
        {scope.split(' ').map((permission) => (
          <li key={permission}>{sentences.get(permission) ?? permission}</li>
        ))}
      </ul>
    </>
  )
}
