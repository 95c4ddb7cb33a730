import { Button } from '@mantine/core'
import { IconDownload, IconPrinter } from '@tabler/icons-react'
import { useAction } from '#kit/web/base/command.tsx'
import { fileOf, keepAs } from '#kit/web/base/request.ts'
import { useT } from '#kit/web/base/words.tsx'
import { isRoll } from './labels.ts'
import type { Asked } from './Preview.tsx'

/** Opens the labels to be printed; for a roll also as the file that label printers take as it is. */
export function LabelActions({ asked }: { asked: Asked }) {
  const t = useT()
  const print = useAction(async (of: Asked) => {
    // Opened while the press is fresh: a page that opens later is taken for an advertisement.
    const tab = window.open('', '_blank')
    try {
      const pdf = await fileOf('/catalog/labels', { ...of, format: 'pdf' })
      // Where the browser opens no other page, the file is kept.
      if (tab) tab.location.href = URL.createObjectURL(pdf)
      else keepAs(pdf, 'labels.pdf')
    } catch (error) {
      tab?.close()
      throw error
    }
  })
  const zpl = useAction(async (of: Asked) => keepAs(await fileOf('/catalog/labels', { ...of, format: 'zpl' }), 'labels.zpl'))
  return (
    <>
      {isRoll(asked.paper) && (
        <Button
          variant="default"
          leftSection={<IconDownload size={16} />}
          loading={zpl.isRunning}
          onClick={() => void zpl.run(asked)}
        >
          {t('label.zpl')}
        </Button>
      )}
      <Button leftSection={<IconPrinter size={16} />} loading={print.isRunning} onClick={() => void print.run(asked)}>
        {t('label.printNow')}
      </Button>
    </>
  )
}
