export { useMail, type MailOptions } from './mail/mail.store.ts'
export { useSms, type SmsOptions } from './sms/sms.store.ts'
