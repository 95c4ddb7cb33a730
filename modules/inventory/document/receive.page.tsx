import { GoodsPaper } from './GoodsPaper.tsx'

export default function ReceivePage() {
  return <GoodsPaper kind="receipt" />
}
