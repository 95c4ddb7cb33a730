import { Button } from '@mantine/core'
import { IconPhotoPlus, IconTrash } from '@tabler/icons-react'
import { useRef } from 'react'
import { upload } from '#kit/web/api.ts'
import { useAction, useCommand } from '#kit/web/command.tsx'
import { ProblemNote } from '#kit/web/parts.tsx'
import { Can, useSession } from '#kit/web/session.tsx'
import { useT } from '#kit/web/words.tsx'
import type { productRoutes } from './product.routes.ts'
import classes from './product.module.css'

/** The picture of a product, with the way to another one for those who may. */
export function Picture({ product, image, name }: { product: string; image: string | null; name: string }) {
  const t = useT()
  const { may } = useSession()
  const input = useRef<HTMLInputElement>(null)
  const send = useAction((file: File, key) => upload(`/catalog/products/${product}/image`, file, {}, { key }), {
    quiet: true,
    touches: ['catalog'],
  })
  const remove = useCommand<typeof productRoutes>()('DELETE /catalog/products/:id/image', {})
  if (!image && !may('catalog.product.edit')) return null
  return (
    <div className={classes.picture}>
      {image ? <img src={`/api/files/${image}`} alt={name} /> : <span className={classes.noPicture} aria-hidden />}
      <Can do="catalog.product.edit">
        <div className={classes.pictureActions}>
          {send.problem && <ProblemNote of={send.problem} />}
          <input
            ref={input}
            type="file"
            accept="image/*"
            hidden
            aria-label={t('product.choosePicture')}
            onChange={(event) => {
              const file = event.currentTarget.files?.[0]
              event.currentTarget.value = ''
              if (file) void send.run(file)
            }}
          />
          <Button
            variant="default"
            loading={send.isRunning}
            leftSection={<IconPhotoPlus size={17} />}
            onClick={() => input.current?.click()}
          >
            {t(image ? 'product.otherPicture' : 'product.choosePicture')}
          </Button>
          {image && (
            <Button
              variant="subtle"
              color="gray"
              loading={remove.isRunning}
              leftSection={<IconTrash size={17} />}
              onClick={() => void remove.run({ id: product })}
            >
              {t('product.removePicture')}
            </Button>
          )}
        </div>
      </Can>
    </div>
  )
}
