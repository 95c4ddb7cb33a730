import type { FastifyInstance } from 'fastify'
import { z } from 'zod'
import { declaredProblems } from '../../problem.ts'
import type { Endpoint } from '../door/command.ts'
import type { Routes } from './http.ts'

type Json = Record<string, unknown>

/** Prints the OpenAPI 3.1 document from the same values that the server runs, and a page to read it without internet. */
export function startDocs(app: FastifyInstance, groups: readonly Routes[]): void {
  // Written when somebody first reads it: nobody who starts the program waits for it.
  let written: { text: string; page: string } | undefined
  const docs = () => (written ??= write(openApi(groups)))
  app.get('/api/openapi.json', async (_, reply) => reply.type('application/json').send(docs().text))
  app.get('/api/docs', async (_, reply) => reply.type('text/html; charset=utf-8').send(docs().page))
}

const write = (document: Json) => ({ text: JSON.stringify(document), page: docsPage(document) })

export function openApi(groups: readonly Routes[]): Json {
  const paths: Record<string, Json> = {}
  for (const group of groups) {
    for (const [route, endpoint] of Object.entries(group)) {
      const [method = 'GET', path = '/'] = route.split(' ')
      const url = `/api${path.replace(/:(\w+)/g, '{$1}')}`
      paths[url] = { ...paths[url], [method.toLowerCase()]: operation(method, path, endpoint as Endpoint<unknown, unknown>) }
    }
  }
  return {
    openapi: '3.1.0',
    info: {
      title: 'Duka',
      version: '0.1.0',
      description: 'Money is text of an integer in minor units; quantities are text of an integer in millionths.',
    },
    paths,
    components: {
      schemas: { Problem: problemSchema },
      securitySchemes: { session: { type: 'apiKey', in: 'cookie', name: '__Host-duka' } },
    },
    security: [{ session: [] }],
  }
}

const problemSchema: Json = {
  type: 'object',
  required: ['type', 'title', 'status', 'success', 'code', 'message', 'traceId'],
  properties: {
    type: { type: 'string' },
    title: { type: 'string' },
    status: { type: 'integer' },
    success: { const: false },
    code: { type: 'string' },
    message: { type: 'string' },
    params: { type: 'object' },
    details: {},
    traceId: { type: 'string' },
  },
}

function operation(method: string, path: string, endpoint: Endpoint<unknown, unknown>): Json {
  const { name, can, input, takesFile } = endpoint.spec
  const schema = z.toJSONSchema(input, { io: 'input', unrepresentable: 'any' }) as {
    properties?: Record<string, Json>
    required?: string[]
  }
  delete (schema as Json)['$schema']
  const inPath = [...path.matchAll(/:(\w+)/g)].map((match) => match[1]!)
  const parameters: Json[] = inPath.map((one) => ({
    name: one,
    in: 'path',
    required: true,
    schema: schema.properties?.[one] ?? { type: 'string' },
  }))
  const rest = Object.fromEntries(Object.entries(schema.properties ?? {}).filter(([key]) => !inPath.includes(key)))
  const unsafe = method !== 'GET'
  if (!unsafe)
    for (const [key, value] of Object.entries(rest))
      parameters.push({ name: key, in: 'query', required: schema.required?.includes(key) ?? false, schema: value })
  else
    parameters.push({
      name: 'Idempotency-Key',
      in: 'header',
      required: true,
      schema: { type: 'string', minLength: 8, maxLength: 200 },
    })
  if (method === 'PATCH') parameters.push({ name: 'If-Match', in: 'header', required: false, schema: { type: 'string' } })
  const body =
    method === 'PATCH'
      ? (rest['changes'] ?? {})
      : { ...schema, properties: rest, required: schema.required?.filter((key) => key in rest) ?? [] }
  return {
    operationId: `${method.toLowerCase()}.${name}`,
    summary: name,
    description: `Needs: ${can}`,
    tags: [name.split('.')[0]],
    parameters,
    ...(unsafe && {
      requestBody: {
        content: takesFile
          ? { 'multipart/form-data': { schema: { type: 'object', properties: { file: { type: 'string', format: 'binary' } } } } }
          : { 'application/json': { schema: body } },
      },
    }),
    responses: {
      200: { description: 'Done' },
      default: {
        description: 'A problem',
        content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } },
      },
    },
  }
}

const escape = (text: unknown) =>
  String(text).replace(/[&<>"]/g, (one) => ({ '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' })[one]!)

function docsPage(document: Json): string {
  const operations = Object.entries(document['paths'] as Record<string, Record<string, Json>>).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, one]) => ({ method: method.toUpperCase(), path, one })),
  )
  const sections = [...Map.groupBy(operations, ({ one }) => (one['tags'] as string[])[0]!)].map(
    ([tag, list]) =>
      `<h2 id="${escape(tag)}">${escape(tag)}</h2>${list
        .map(
          ({ method, path, one }) =>
            `<details><summary><b>${method}</b> <code>${escape(path)}</code> <span>${escape(one['summary'])}</span></summary><p>${escape(one['description'])}</p><pre>${escape(
              JSON.stringify({ parameters: one['parameters'], requestBody: one['requestBody'] }, null, 2),
            )}</pre></details>`,
        )
        .join('')}`,
  )
  const problems = [...declaredProblems].map(
    ([code, { status, say }]) =>
      `<tr id="${escape(code)}"><td><code>${escape(code)}</code></td><td>${status}</td><td>${escape(say)}</td></tr>`,
  )
  return `<!doctype html><html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>Duka API</title>
<style>body{font:15px/1.5 system-ui;max-width:70rem;margin:2rem auto;padding:0 1rem;color:#1d2320}summary{cursor:pointer;padding:.3rem 0}b{display:inline-block;min-width:4.5rem;color:#0b6b5d}span{color:#667}pre{background:#f4f5f3;padding:1rem;overflow:auto}table{border-collapse:collapse}td{border-top:1px solid #ddd;padding:.3rem .6rem;vertical-align:top}</style>
<h1>Duka API</h1><p>Every change needs an <code>Idempotency-Key</code> header: the same key gets the same answer. The document itself: <a href="/api/openapi.json">openapi.json</a>.</p>
${sections.join('')}<h2>Problems</h2><table>${problems.join('')}</table></html>`
}
