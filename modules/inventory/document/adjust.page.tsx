import { GoodsPaper } from './GoodsPaper.tsx'

export default function AdjustPage() {
  return <GoodsPaper kind="adjustment" />
}
