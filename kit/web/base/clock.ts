let ahead = 0

/** Learns from an answer how far this device's clock is from the server's, which tells the time of everything that is kept. */
export function noteClock(date: string | null): void {
  const server = date ? Date.parse(date) : Number.NaN
  // The header tells whole seconds: the half is what is right on average.
  if (!Number.isNaN(server)) ahead = Date.now() - (server + 500)
}

/** Now, by the server's clock as well as it is known here. */
export const serverNow = (): string => new Date(Date.now() - (Math.abs(ahead) < 1_500 ? 0 : ahead)).toISOString()
