export interface Config { host: string; port: number; role: 'web' | 'worker' | 'all'; dataDir: string }
