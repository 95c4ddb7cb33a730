let address = 'http://localhost'

/**
 * Where people reach this installation: PUBLIC_URL, or the address it listens on. Links in messages begin with it and
 * never with what a request claims to be addressed to, because anybody may claim that.
 */
export const useAddress = (base: string): void => {
  address = base.replace(/(?<!\/)\/+$/, '')
}

export const linkTo = (path: string): string => `${address}${path}`
export const addressOf = (): URL => new URL(address)
