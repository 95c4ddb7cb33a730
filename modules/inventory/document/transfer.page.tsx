import { GoodsPaper } from './GoodsPaper.tsx'

export default function TransferPage() {
  return <GoodsPaper kind="transfer" />
}
