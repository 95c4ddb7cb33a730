import { access, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import fastifyStatic, { type FastifyStaticOptions } from '@fastify/static'
import type { FastifyInstance, FastifyRequest } from 'fastify'
import { CommonProblem } from '../../problem.ts'
import { sendProblem } from './http.ts'

/** Serves the built web client; every path that is no file and no API is a page of it. Assets carry a hash, so they keep for a year. */
export async function serveWeb(app: FastifyInstance, root: string): Promise<void> {
  const dist = join(root, 'dist')
  const index = await access(join(dist, 'index.html')).then(
    () => readFile(join(dist, 'index.html'), 'utf8'),
    () => undefined,
  )
  if (index === undefined) {
    app.setNotFoundHandler((request, reply) => sendProblem(reply, request, CommonProblem.noRoute()))
    return
  }
  const serve = (keeps: string, options: Partial<FastifyStaticOptions>) =>
    app.register(fastifyStatic, {
      root: dist,
      index: false,
      preCompressed: true,
      setHeaders: (reply) => void reply.header('cache-control', keeps),
      ...options,
    })
  // Hundreds of files: a route for each of them costs a start as much as those of the API.
  await serve('public, max-age=31536000, immutable', { root: join(dist, 'assets'), prefix: '/assets/' })
  await serve('no-cache', { wildcard: false, globIgnore: ['assets/**'], decorateReply: false })
  app.setNotFoundHandler((request, reply) => {
    const isPage = (request.method === 'GET' || request.method === 'HEAD') && !isOfApi(request.url) && !wantsData(request)
    if (!isPage) return sendProblem(reply, request, CommonProblem.noRoute())
    return reply.type('text/html; charset=utf-8').header('cache-control', 'no-cache').send(index)
  })
}

const isOfApi = (url: string): boolean => /^\/api(?:[/?]|$)/.test(url)
/**
 * Monitors, previews of links and people with curl name no kind of answer, or any: they get the page, as everybody does who
 * does not ask for something else only. A file that is missing is no page.
 */
function wantsData({ headers: { accept }, url }: FastifyRequest): boolean {
  const isFile = /^\/(?:assets|words)\//.test(url) || /\.[a-z0-9]{1,8}(?:\?|$)/i.test(url)
  if (accept === undefined) return isFile
  if (accept.includes('text/html')) return false
  return isFile || !/\*\/\*|text\/\*/.test(accept) || accept.includes('application/json')
}
