import { useSession } from './session.tsx'
import { useT } from '../base/words.tsx'

/**
 * What is promised of a message: the sentence, where one can leave from here by the way that the address names (any, without
 * one), and otherwise where it stands instead.
 */
export function useSent(): (sentence: string, to?: string) => string {
  const t = useT()
  const { leaves } = useSession()
  return (sentence, to) => {
    const goes = to === undefined ? leaves.mail || leaves.sms : to.includes('@') ? leaves.mail : leaves.sms
    return goes ? sentence : t('sent.kept')
  }
}
