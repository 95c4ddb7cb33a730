import { Button } from '@mantine/core'
import { IconTrash } from '@tabler/icons-react'
import { upload } from '#kit/web/base/api.ts'
import { useAction, useCommand } from '#kit/web/base/command.tsx'
import { ProblemNote } from '#kit/web/look/parts.tsx'
import { PictureButton } from '#kit/web/input/PictureButton.tsx'
import { Can, useSession } from '#kit/web/session/session.tsx'
import { useT } from '#kit/web/base/words.tsx'
import type { productRoutes } from './product.routes.ts'
import classes from './product.module.css'

/** The picture of a product, with the way to another one for those who may. */
export function Picture({ product, image, name }: { product: string; image: string | null; name: string }) {
  const t = useT()
  const { may } = useSession()
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
          <PictureButton label={t('product.choosePicture')} loading={send.isRunning} onPick={(file) => void send.run(file)}>
            {t(image ? 'product.otherPicture' : 'product.choosePicture')}
          </PictureButton>
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
