import { access } from '#kit/access.ts'

export const commsAccess = access(
  'comms',
  {
    'comms.message.read': 'See what was written to people, and whether it arrived',
    'comms.message.export': 'Export the log of messages to a file',
    'comms.message.resend': 'Send a message again',
    'comms.message.reveal': 'Open codes and links in messages that are kept because there is no mail server',
    'comms.template.edit': 'Change the words of messages',
  },
  { manager: ['comms.message.resend'] },
  {
    companyWide: [
      'comms.message.read',
      'comms.message.export',
      'comms.message.resend',
      'comms.message.reveal',
      'comms.template.edit',
    ],
  },
)
