import { GoodsPaper } from './GoodsPaper.tsx'

export default function CountPage() {
  return <GoodsPaper kind="count" />
}
