import { ActionIcon, Button, Combobox, Textarea, useCombobox } from '@mantine/core'
import { IconPaperclip } from '@tabler/icons-react'
import { useRef, useState, type ClipboardEvent, type DragEvent, type KeyboardEvent } from 'react'
import { flushSync } from 'react-dom'
import { ATTACHED_ACCEPT } from '../../attachment.ts'
import type { Entity } from '../../entity.ts'
import { upload } from '../base/api.ts'
import { useAction } from '../base/command.tsx'
import { ProblemNote } from '../look/parts.tsx'
import { request } from '../base/request.ts'
import { T, useT } from '../base/words.tsx'
import { useNoteDraft } from './draft.ts'
import { useMentions, type Mentioned } from './mentions.ts'
import { recordPath } from './timeline.ts'
import classes from './record.module.css'

/** Where one writes on a record: a note with people's names in it, a file that is chosen, dropped or pasted. */
export function Composer({ entity, id }: { entity: Entity; id: string }) {
  const t = useT()
  const path = recordPath(entity, id)
  const touches = [entity.name.split('.')[0] ?? '']
  const [{ text, mentioned }, change] = useNoteDraft(id)
  const field = useRef<HTMLTextAreaElement>(null)
  const [isOver, setOver] = useState(false)
  const { run, isRunning, problem } = useAction(
    (input: object, key) => request<{ id: string }>('POST', `${path}/notes`, input, { key }),
    { touches, quiet: true },
  )
  const attach = useAction(
    // Another file of the same name is another attempt.
    ({ file }: { file: File; is: string }, key) => upload<{ id: string }>(`${path}/files`, file, {}, { key }),
    { touches },
  )
  const send = async () => {
    const called = mentioned.filter((one) => text.includes(`@${one.name}`))
    if (text.trim() === '' || isRunning) return
    if (!(await run({ text, mentions: called.map((one) => one.id) }))) return
    // What was typed while it was sent stays.
    change((now) => (now.text === text ? { text: '', mentioned: [] } : now))
  }
  const take = async (files: FileList | readonly File[]) => {
    for (const file of files) await attach.run({ file, is: `${file.name} ${file.size} ${file.lastModified}` })
  }
  const dropped = (event: DragEvent) => {
    event.preventDefault()
    setOver(false)
    void take(event.dataTransfer.files)
  }
  const pasted = (event: ClipboardEvent) => {
    if (event.clipboardData.files.length === 0) return
    event.preventDefault()
    void take([...event.clipboardData.files])
  }
  return (
    <div
      className={classes.composer}
      data-over={isOver || undefined}
      onDragOver={(event) => {
        event.preventDefault()
        setOver(true)
      }}
      onDragLeave={() => setOver(false)}
      onDrop={dropped}
    >
      {problem && <ProblemNote of={problem} />}
      <MentionField
        path={path}
        text={text}
        field={field}
        onText={(next) => change((now) => ({ ...now, text: next }))}
        onMention={(one) =>
          change((now) => ({ ...now, mentioned: [...now.mentioned.filter(({ id: other }) => other !== one.id), one] }))
        }
        onPaste={pasted}
        onSend={() => void send()}
      />
      <div className={classes.composerFoot}>
        <Attach onPick={(files) => void take(files)} isSending={attach.isRunning} />
        <span className={classes.hint}>
          {t('timeline.writeHint')} <span className={classes.onDesk}>{t('timeline.dropHint')}</span>
        </span>
        <Button size="sm" variant="default" disabled={text.trim() === ''} loading={isRunning} onClick={() => void send()}>
          <T k="timeline.send" />
        </Button>
      </div>
    </div>
  )
}

function Attach({ onPick, isSending }: { onPick: (files: readonly File[]) => void; isSending: boolean }) {
  const t = useT()
  const input = useRef<HTMLInputElement>(null)
  return (
    <>
      <input
        ref={input}
        type="file"
        accept={ATTACHED_ACCEPT}
        multiple
        hidden
        aria-label={t('timeline.attach')}
        onChange={(event) => {
          const files = [...(event.currentTarget.files ?? [])]
          event.currentTarget.value = ''
          onPick(files)
        }}
      />
      <ActionIcon
        variant="subtle"
        color="gray"
        size="lg"
        loading={isSending}
        aria-label={t('timeline.attach')}
        title={t('timeline.attach')}
        onClick={() => input.current?.click()}
      >
        <IconPaperclip size={18} stroke={1.6} />
      </ActionIcon>
    </>
  )
}

interface MentionFieldProps {
  readonly path: string
  readonly text: string
  readonly field: React.RefObject<HTMLTextAreaElement | null>
  readonly onText: (text: string) => void
  readonly onMention: (one: Mentioned) => void
  readonly onPaste: (event: ClipboardEvent) => void
  readonly onSend: () => void
}

/** A text in which `@` and the beginning of a name offer those who may see the record. */
function MentionField({ path, text, field, onText, onMention, onPaste, onSend }: MentionFieldProps) {
  const t = useT()
  const combobox = useCombobox({ onDropdownClose: () => combobox.resetSelectedOption() })
  const mentions = useMentions(path)
  const isOpen = mentions.found.length > 0
  const choose = (chosen: string) => {
    const one = mentions.found.find((each) => each.id === chosen)
    if (!one) return
    const { text: next, at } = mentions.insert(text, one)
    // At once: the next key of somebody who types fast is already on its way.
    flushSync(() => {
      onText(next)
      onMention(one)
    })
    field.current?.focus()
    field.current?.setSelectionRange(at, at)
  }
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) {
      event.preventDefault()
      onSend()
    }
    if (event.key === 'Escape' && isOpen) {
      event.stopPropagation()
      mentions.close()
    }
  }
  const look = () => mentions.look(field.current)
  return (
    <Combobox store={{ ...combobox, dropdownOpened: isOpen }} onOptionSubmit={choose} position="bottom-start" withinPortal>
      <Combobox.EventsTarget withExpandedAttribute>
        <Textarea
          ref={field}
          value={text}
          aria-label={t('timeline.write')}
          placeholder={t('timeline.write')}
          autosize
          minRows={2}
          maxRows={10}
          maxLength={4000}
          dir="auto"
          onChange={(event) => {
            onText(event.currentTarget.value)
            look()
          }}
          onClick={look}
          onBlur={() => mentions.close()}
          onPaste={onPaste}
          onKeyDown={onKeyDown}
        />
      </Combobox.EventsTarget>
      <Combobox.DropdownTarget>
        <span />
      </Combobox.DropdownTarget>
      <Combobox.Dropdown hidden={!isOpen}>
        <Combobox.Options aria-label={t('timeline.mention')}>
          {mentions.found.map((one) => (
            <Combobox.Option key={one.id} value={one.id}>
              <bdi>{one.name}</bdi>
            </Combobox.Option>
          ))}
        </Combobox.Options>
      </Combobox.Dropdown>
    </Combobox>
  )
}
