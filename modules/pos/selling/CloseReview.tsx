import { Table } from '@mantine/core'
import { Wide } from '#kit/web/look/parts.tsx'
import { Review } from '#kit/web/review/PostingForm.tsx'
import { Amount } from '#kit/web/entity/values.tsx'
import { T, useT } from '#kit/web/base/words.tsx'
import classes from './close.module.css'

interface CountedWay {
  readonly key: string
  readonly name: string
  /** Nothing for whoever counts blind. */
  readonly expected: bigint | null
  readonly counted: bigint
}

interface CloseReviewProps {
  /** The drawer first, then the other ways to pay that were counted. */
  readonly ways: readonly CountedWay[]
  readonly isRunning: boolean
  readonly problem: unknown
  readonly onPost: () => void
  readonly onClose: () => void
}

/**
 * What closing the till will do: what was counted, against what should be there for those who may know it, and where the money
 * and a difference go in the books.
 */
export function CloseReview({ ways, ...rest }: CloseReviewProps) {
  const t = useT()
  const [drawer] = ways
  if (!drawer) return null
  const isBlind = drawer.expected === null
  const difference = isBlind ? 0n : drawer.counted - drawer.expected!
  return (
    <Review {...rest} title={t('shift.sure')} action={t('till.close')}>
      <Wide label={t('shift.sure')} of={isBlind ? 260 : 420} stacks>
        <Table horizontalSpacing="md">
          <Table.Thead>
            <Table.Tr>
              <Table.Th>{t('till.method')}</Table.Th>
              {!isBlind && <Table.Th className={classes.end}>{t('field.expected')}</Table.Th>}
              <Table.Th className={classes.end}>{t('field.counted')}</Table.Th>
              {!isBlind && <Table.Th className={classes.end}>{t('field.variance')}</Table.Th>}
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {ways.map(({ key, name, expected, counted }) => (
              <Table.Tr key={key}>
                <Table.Td>{name}</Table.Td>
                {expected !== null && (
                  <Table.Td className={classes.end} data-label={t('field.expected')}>
                    <Amount of={expected} plain />
                  </Table.Td>
                )}
                <Table.Td className={classes.end} data-label={t('field.counted')}>
                  <b>
                    <Amount of={counted} plain />
                  </b>
                </Table.Td>
                {expected !== null && (
                  <Table.Td className={classes.end} data-label={t('field.variance')}>
                    <Amount of={counted - expected} plain />
                  </Table.Td>
                )}
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      </Wide>
      <ul className={classes.effect}>
        <li>{t('shift.toSafe', { amount: String(drawer.counted) })}</li>
        {isBlind && <li>{t('shift.differenceLater')}</li>}
        {difference < 0n && <li>{t('shift.bookedShort', { amount: String(-difference) })}</li>}
        {difference > 0n && <li>{t('shift.bookedOver', { amount: String(difference) })}</li>}
        <li>
          <T k="shift.sureText" />
        </li>
      </ul>
    </Review>
  )
}
