import { JudgedInput, type JudgedInputProps } from './JudgedInput.tsx'
import { useT } from '../base/words.tsx'

/** A tax number; `like` is what one of its country looks like, where this is none. */
export function TaxNumberInput({ like, ...rest }: Omit<JudgedInputProps, 'fault'> & { like: string | undefined }) {
  const t = useT()
  return <JudgedInput autoComplete="off" maxLength={40} fault={like && t('invalid.taxNumber', { n: like })} {...rest} />
}
