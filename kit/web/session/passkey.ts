/**
 * What a browser's authenticator says to a question of the server, as JSON. The library is fetched when it is needed first.
 * @throws when the person turned away, or the device has no such key
 */
export async function answerPasskey(options: unknown): Promise<never> {
  const { startAuthentication } = await import('@simplewebauthn/browser')
  return (await startAuthentication({ optionsJSON: options as never })) as never
}

/** Makes a passkey on this device. */
export async function makePasskey(options: unknown): Promise<never> {
  const { startRegistration } = await import('@simplewebauthn/browser')
  return (await startRegistration({ optionsJSON: options as never })) as never
}

export const hasPasskeys = (): boolean => typeof window.PublicKeyCredential === 'function'
