/**
 * What stands beside an amount in price lists, besides ISO codes and signs: the names that shops write, in small letters without
 * dots and spaces. Which currencies they stand for, `currency-codes.ts` knows, which is not for pages.
 */
export const shopNames = `
  us$ a$ au$ c$ ca$ hk$ mx$ n$ nt$ nz$ r$ s$ dollar dollars dola دولار доллар euro euros يورو евро yen yuan rmb
  руб р рублей грн тг тенге сум so'm soʻm rs rupee rupees naira ksh kshs sh shs shilling shillings shilingi شلن
  tsh tshs ush ushs frw rf br birr ብር dh dhs dirham dirhams درهم دإ ⃃ sr ⃁ riyal riyals ريال رس رق رع le جم جنيه
  dinar dinars دينار دك kd دب bd fr francs kr zł
`

const names = new Set([...Intl.supportedValuesOf('currency').map((code) => code.toLowerCase()), ...shopNames.trim().split(/\s+/)])

export const plainName = (text: string): string => text.trim().toLowerCase().replaceAll('.', '').replaceAll(' ', '')

/** Does it name a currency, whichever? */
export function isCurrencyName(text: string): boolean {
  const name = plainName(text)
  return names.has(name) || /^\p{Sc}$/u.test(name)
}
