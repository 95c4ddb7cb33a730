import { Button, Group, Stack } from '@mantine/core'
import { useState } from 'react'
import { useCommand } from '#kit/web/base/command.tsx'
import { useForm } from '#kit/web/form/form.ts'
import { LeaveGuard } from '#kit/web/look/LeaveGuard.tsx'
import { Panel, ProblemNote } from '#kit/web/look/parts.tsx'
import { AskFirst } from '#kit/web/entity/Verbs.tsx'
import { T, useT } from '#kit/web/base/words.tsx'
import { ConnectionInput } from './ConnectionInput.tsx'
import { holds, type Connection, type ConnectionField } from './ConnectionState.tsx'
import type { connectionRoutes } from './connection.routes.ts'

type Values = Readonly<Record<string, unknown>>
const touches = ['access', 'session']

const isAsked = ({ when }: ConnectionField, values: Values): boolean => holds(when, values)

/** What is sent: what is asked for and this page may say; of secrets only those that were typed. */
function typedIn(fields: readonly ConnectionField[], values: Values) {
  const free = fields.filter((one) => !one.isLocked && isAsked(one, values) && (values[one.name] ?? '') !== '')
  const pick = (isSecret: boolean) =>
    Object.fromEntries(free.filter((one) => (one.kind === 'secret') === isSecret).map((one) => [one.name, values[one.name]]))
  return { values: pick(false) as Record<string, string | number>, secrets: pick(true) as Record<string, string> }
}

/** What Duka has to know of a service; what the environment of the program says is shown and stays. */
export function ConnectionForm({ of }: { of: Connection }) {
  const t = useT()
  const form = useForm(Object.fromEntries(of.fields.map(({ name, value }) => [name, value ?? ''])))
  const save = useCommand<typeof connectionRoutes>()('POST /connections/:name', {
    quiet: true,
    done: 'connections.saved',
    touches,
  })
  const shown = of.fields.filter((one) => isAsked(one, form.values))
  const isElsewhere = of.fields.some((one) => one.isTarget && String(form.values[one.name]) !== String(one.value ?? ''))
  const mayChange = of.mayChange && of.fields.some((one) => !one.isLocked)
  const submit = async () => {
    if (await save.run({ name: of.name, ...typedIn(of.fields, form.values) })) form.settle()
  }
  return (
    <Panel title={t('connections.settings')}>
      <form
        noValidate
        onSubmit={(event) => {
          event.preventDefault()
          void submit()
        }}
      >
        <LeaveGuard when={form.isDirty && !save.isRunning} />
        <Stack gap="md" maw={520}>
          {shown.map((one) => (
            <ConnectionInput key={one.name} of={of} field={one} form={form} refused={save.problem} isElsewhere={isElsewhere} />
          ))}
          {save.problem && <ProblemNote of={save.problem} />}
          {mayChange && (
            <Group gap="xs">
              <Button type="submit" loading={save.isRunning} disabled={!form.isDirty && of.isTyped}>
                <T k="common.save" />
              </Button>
              {of.isTyped && <Disconnect of={of} />}
            </Group>
          )}
        </Stack>
      </form>
    </Panel>
  )
}

function Disconnect({ of: { name } }: { of: Connection }) {
  const t = useT()
  const [isAsking, ask] = useState(false)
  const forget = useCommand<typeof connectionRoutes>()('DELETE /connections/:name', {
    done: 'connections.forgotten',
    touches,
    onDone: () => ask(false),
  })
  return (
    <>
      <Button variant="subtle" onClick={() => ask(true)}>
        <T k="connections.forget" />
      </Button>
      {isAsking && (
        <AskFirst
          title={t('connections.forgetAsk')}
          text={t('connections.forgetText')}
          action={t('connections.forget')}
          isRunning={forget.isRunning}
          onClose={() => ask(false)}
          onYes={() => void forget.run({ name })}
        />
      )}
    </>
  )
}
