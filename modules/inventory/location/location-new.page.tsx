import { fixed, ref } from '#kit/entity.ts'
import { FormPage } from '#kit/web/form/FormPage.tsx'
import { useSession } from '#kit/web/session/session.tsx'
import { useSearch } from '#kit/web/base/url.tsx'
import { location } from './location.ts'

// Those without a place are the program's; whoever adds one says where it is.
const storage = { ...location, fields: { ...location.fields, place: fixed(ref('place')) } }

/** A new storage location, at the place where whoever adds it works. */
export default function NewLocationPage() {
  const { place } = useSession()
  const [search] = useSearch()
  return <FormPage entity={storage} initial={{ place: search['place'] ?? place?.id ?? null }} />
}
