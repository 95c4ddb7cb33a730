import type { Database } from './db.ts'

type Listener = (database: Database) => unknown
const listeners = new Map<string, Listener>()

/** Runs in every process when one of them says so (`notify <channel>`), and after the connection that hears of it was lost. */
export const onNotice = (channel: string, listener: Listener): void => void listeners.set(channel, listener)
export const noticeChannels = (): readonly string[] => [...listeners.keys()]
export const noticed = (channel: string, database: Database): void => void listeners.get(channel)?.(database)
