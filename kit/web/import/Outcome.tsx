import { Button, Group, Modal, Progress } from '@mantine/core'
import { IconArrowBackUp, IconColumns, IconDownload, IconUpload } from '@tabler/icons-react'
import { useState } from 'react'
import type { kitRoutes } from '../../server/edge/kit.routes.ts'
import { useCommand } from '../base/command.tsx'
import { useFormat } from '../session/format.ts'
import { LinkButton } from '../look/LinkButton.tsx'
import { Panel, ProblemNote, Stat, Stats } from '../look/parts.tsx'
import { foundText } from '../base/problem.ts'
import { T, useT } from '../base/words.tsx'
import { Decisions } from './Decisions.tsx'
import { Refusals } from './Refusals.tsx'
import { isWorking, type ImportRefusal, type ImportRun } from './run.ts'
import classes from './import.module.css'

/** What the dry run found or the import did, every wrong row with its reason, and the next step. */
export function Outcome({
  run,
  kind,
  refusals,
  list,
  onMapping,
  isStuck,
  waiting,
}: {
  run: ImportRun
  kind: string
  refusals: readonly ImportRefusal[]
  list: string | undefined
  onMapping: () => void
  isStuck: boolean
  waiting: number
}) {
  const t = useT()
  const { unused = [], sheet, sheets = [], hidden = 0 } = run.findings
  if (isWorking(run.state))
    return (
      <Panel
        title={t(`import.${run.state}`)}
        actions={isStuck && <Steps run={run} kind={kind} list={list} onMapping={onMapping} isStuck />}
      >
        {isStuck && <p className={classes.lead}>{t('import.stuck')}</p>}
        <div role="status">
          <p className={classes.lead}>
            <T k="import.rows" n={run.rowsTotal} />
          </p>
          <Progress value={100} animated aria-label={t(`import.${run.state}`)} />
        </div>
      </Panel>
    )
  return (
    <>
      <Panel title={t(`import.${run.state}`)} actions={<Steps run={run} kind={kind} list={list} onMapping={onMapping} />}>
        {run.failure && <p className={classes.lead}>{run.findings.failure ? foundText(t, run.findings.failure) : run.failure}</p>}
        {(run.state === 'checked' || run.state === 'applied') && (
          <Stats>
            <Stat label={t('import.new')} value={run.rowsNew} />
            <Stat label={t('import.changed')} value={run.rowsChanged} />
            <Stat label={t('import.same')} value={run.rowsSame} />
            <Stat label={t('import.refused')} value={run.rowsRefused} {...(run.rowsRefused > 0 && { tone: 'bad' as const })} />
          </Stats>
        )}
        {(run.state === 'checked' || run.state === 'applied') && <Taken run={run} waiting={waiting} />}
        {run.state === 'checked' && <p className={classes.lead}>{t(adviceFor(run))}</p>}
        {run.state === 'checked' && sheet && sheets.length > 1 && (
          <p className={classes.lead}>
            {t('import.sheetRead', { sheet, others: sheets.filter((one) => one !== sheet).join(', ') })}
          </p>
        )}
        {run.state === 'checked' && hidden > 0 && (
          <p className={classes.lead}>
            <T k={run.options['withoutHidden'] === true ? 'import.hiddenOut' : 'import.hiddenIn'} n={hidden} />
          </p>
        )}
        {run.state === 'checked' && unused.length > 0 && (
          <p className={classes.lead}>{t('import.unused', { columns: unused.join(', ') })}</p>
        )}
        {run.state === 'undone' && (
          <p className={classes.lead}>
            <T k={run.rowsRefused > 0 ? 'import.undoneBut' : 'import.undoneAll'} n={run.rowsRefused} />
          </p>
        )}
      </Panel>
      {run.state === 'checked' && <Decisions run={run} kind={kind} />}
      {run.rowsRefused + run.rowsWarned > 0 && run.state !== 'undone' && <Refusals run={run} kind={kind} first={refusals} />}
    </>
  )
}

/** What comes, or came, besides the records. */
function Taken({ run, waiting }: { run: ImportRun; waiting: number }) {
  const { openingStock: stock, pictures } = run.taken
  const t = useT()
  const format = useFormat()
  return (
    <>
      {stock && (
        <p className={classes.lead}>
          <T k="import.took.stock" n={Number(stock['articles'])} units={format.quantity(stock['units'] ?? '0')} />{' '}
          {Number(stock['withoutCost']) > 0 && t('import.took.withoutCost', { n: Number(stock['withoutCost']) })}
        </p>
      )}
      {pictures && run.state === 'checked' && (
        <p className={classes.lead}>
          <T k="import.took.pictures" n={Number(pictures['pictures'])} />
        </p>
      )}
      {run.state === 'applied' && waiting > 0 && (
        <p className={classes.lead} role="status">
          <T k="import.waiting" n={waiting} />
        </p>
      )}
    </>
  )
}

const adviceFor = (run: ImportRun): string => {
  if (run.rowsNew + run.rowsChanged === 0) return run.rowsRefused > 0 ? 'import.allRefused' : 'import.nothingNew'
  return run.rowsRefused > 0 ? 'import.partly' : 'import.allRight'
}

function Steps({
  run,
  kind,
  list,
  onMapping,
  isStuck = false,
}: {
  run: ImportRun
  kind: string
  list: string | undefined
  onMapping: () => void
  isStuck?: boolean
}) {
  const t = useT()
  const touches = ['kit', kind.split('.')[0] ?? '', 'catalog', 'parties']
  const [isSure, setSure] = useState(false)
  const apply = useCommand<typeof kitRoutes>()('POST /imports/:id/application', { touches })
  const undo = useCommand<typeof kitRoutes>()('POST /imports/:id/undo', {
    quiet: true,
    touches,
    onDone: () => setSure(false),
  })
  const again = useCommand<typeof kitRoutes>()('POST /imports/:id/check', { touches: ['kit'] })
  const writable = run.rowsNew + run.rowsChanged
  const goOn = () =>
    run.state === 'checking'
      ? again.run({ id: run.id, mapping: run.mapping, options: run.options as Record<string, string> })
      : run.state === 'applying'
        ? apply.run({ id: run.id })
        : undo.run({ id: run.id })
  return (
    <Group gap="xs">
      {(run.state === 'checked' || run.state === 'failed') && (
        <Button variant="default" leftSection={<IconColumns size={17} />} onClick={onMapping}>
          {t('import.columns')}
        </Button>
      )}
      {run.state === 'checked' && writable > 0 && (
        <Button leftSection={<IconUpload size={17} />} loading={apply.isRunning} onClick={() => void apply.run({ id: run.id })}>
          <T k="import.apply" n={writable} />
        </Button>
      )}
      {isStuck && (
        <Button variant="default" loading={again.isRunning || apply.isRunning} onClick={() => void goOn()}>
          {t('import.goOn')}
        </Button>
      )}
      {(run.state === 'applied' || run.state === 'failed' || (isStuck && run.state === 'applying')) && (
        <>
          <Button variant="default" leftSection={<IconArrowBackUp size={17} />} onClick={() => setSure(true)}>
            {t('import.undo')}
          </Button>
          {list && run.state === 'applied' && <LinkButton to={list}>{t('import.show')}</LinkButton>}
        </>
      )}
      <Modal opened={isSure} onClose={() => setSure(false)} title={t('import.undoSure')} size="sm">
        {undo.problem && <ProblemNote of={undo.problem} />}
        <p>{t('import.undoHint')}</p>
        {run.taken['openingStock'] && <p>{t('import.undoHintStock')}</p>}
        <Group justify="flex-end">
          <Button variant="default" onClick={() => setSure(false)}>
            {t('common.cancel')}
          </Button>
          <Button color="red" data-autofocus loading={undo.isRunning} onClick={() => void undo.run({ id: run.id })}>
            {t('import.undo')}
          </Button>
        </Group>
      </Modal>
    </Group>
  )
}

/** The rows that were refused, as a file to mend. */
export function DownloadRefusals({ id }: { id: string }) {
  const t = useT()
  return (
    <Button
      component="a"
      href={`/api/imports/${id}/rejected`}
      download
      variant="default"
      size="compact-sm"
      leftSection={<IconDownload size={16} />}
    >
      {t('import.download')}
    </Button>
  )
}
