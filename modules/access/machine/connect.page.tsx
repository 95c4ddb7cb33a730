import { Button } from '@mantine/core'
import { BarePage } from '#kit/web/BarePage.tsx'
import { useCommand } from '#kit/web/command.tsx'
import { Problem, ProblemNote } from '#kit/web/parts.tsx'
import { ProblemError } from '#kit/web/request.ts'
import { useSession } from '#kit/web/session.tsx'
import { useGo, useSearch } from '#kit/web/url.tsx'
import { T, useT } from '#kit/web/words.tsx'
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
  const { app } = asked.data
  return (
    <BarePage
      title={t('connect.title', { app })}
      hint={t('connect.hint', { app, name: user?.name ?? '', company: company?.name ?? 'Duka' })}
    >
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
