import type { Database } from '#kit/server/db.ts'
export async function fillDemo(database: Database, say: (sentence: string) => void): Promise<void> {
  void database
  void say
}
