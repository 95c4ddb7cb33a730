import assert from 'node:assert/strict'
import { createHash, createHmac } from 'node:crypto'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import { onEnd } from '#test/end.ts'
import { anHttpServer } from '#test/post.ts'
// The services of others bring the names of their secrets.
import '../../../server.ts'
import { readMasterKeys } from '../data/master-key.ts'
import { awsSource, environmentSource, fileSource, openSecrets, sourcesOf, vaultSource, type SecretSource } from './secret.ts'

const folder = await mkdtemp(join(tmpdir(), 'duka-secret-'))
onEnd(() => rm(folder, { recursive: true, force: true }))

const hmac = (key: string | Buffer, text: string) => createHmac('sha256', key).update(text).digest()
const sha = (text: string) => createHash('sha256').update(text).digest('hex')

interface Signed {
  readonly headers: Record<string, unknown>
  readonly path: string
  readonly body: string
}
/** Signature version 4, computed anew from what arrived. */
function signatureOf({ headers, path, body }: Signed, secret: string): { given: string; wanted: string } {
  const [, scope = '', signed = '', given = ''] =
    /Credential=[^/]+\/(\S+), SignedHeaders=(\S+), Signature=([0-9a-f]{64})/.exec(String(headers['authorization'])) ?? []
  const [day = '', region = '', service = ''] = scope.split('/')
  const lines = signed.split(';').map((name) => `${name}:${String(headers[name]).trim()}\n`)
  const canonical = ['POST', path, '', lines.join(''), signed, sha(body)].join('\n')
  const toSign = ['AWS4-HMAC-SHA256', headers['x-amz-date'], scope, sha(canonical)].join('\n')
  const key = hmac(hmac(hmac(hmac(`AWS4${secret}`, day), region), service), 'aws4_request')
  return { given, wanted: createHmac('sha256', key).update(toSign).digest('hex') }
}

test('the check of signatures is the one of the vectors: AWS’s own suite and Secrets Manager', () => {
  const secret = 'wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY'
  const key = hmac(hmac(hmac(hmac(`AWS4${secret}`, '20150830'), 'us-east-1'), 'iam'), 'aws4_request')
  assert.equal(key.toString('hex'), 'c4afb1cc5771d871763a393e44b703571b55cc28424d1a5e86da6ed3c154a4b9')
  const { wanted } = signatureOf(
    {
      path: '/',
      body: '{"SecretId":"suite/production/jwt-secret"}',
      headers: {
        authorization: `Credential=AKIDEXAMPLE/20250301/eu-west-1/secretsmanager/aws4_request, SignedHeaders=content-type;host;x-amz-date;x-amz-target, Signature=${'0'.repeat(64)}`,
        'content-type': 'application/x-amz-json-1.1',
        host: 'secretsmanager.eu-west-1.amazonaws.com',
        'x-amz-date': '20250301T091500Z',
        'x-amz-target': 'secretsmanager.GetSecretValue',
      },
    },
    secret,
  )
  assert.equal(wanted, '6250a10bdc628ed8fc67f9234c363269085d18b075fdde017f5862adca4283b5')
})

async function anAws(answer: (target: string, body: Record<string, string>) => { status: number; body: unknown }) {
  const url = await anHttpServer((request) => {
    const { given, wanted } = signatureOf(request, 'test-secret')
    if (given !== wanted) return { status: 403, body: { __type: 'InvalidSignatureException' } }
    return answer(String(request.headers['x-amz-target']), JSON.parse(request.body) as Record<string, string>)
  })
  process.env['AWS_ENDPOINT_URL'] = url
  process.env['AWS_REGION'] = 'eu-west-1'
  process.env['AWS_ACCESS_KEY_ID'] = 'AKIDTEST'
  process.env['AWS_SECRET_ACCESS_KEY'] = 'test-secret'
}

test('AWS Secrets Manager is asked with a signature; what is none of ours is left there', async () => {
  const asked: string[] = []
  await anAws((target, body) => {
    asked.push(`${target} ${body['SecretId']}`)
    const SecretString = JSON.stringify({ SMTP_URL: 'smtp://aws:from-aws@mail', OTHER: 'not ours' })
    return { status: 200, body: { ARN: 'arn:x', Name: 'duka', SecretString } }
  })
  assert.deepEqual(await awsSource('duka/production').read(), { SMTP_URL: 'smtp://aws:from-aws@mail' })
  assert.deepEqual(asked, ['secretsmanager.GetSecretValue duka/production'])
  process.env['AWS_SECRET_ACCESS_KEY'] = 'another'
  await assert.rejects(awsSource('duka/production').read())
})

test('the master key comes out of AWS KMS, with its context; a refusal names what to look at and no value', async () => {
  const master = Buffer.alloc(32, 9)
  const wrapped = Buffer.from('wrapped-by-kms').toString('base64')
  await anAws((target, body) => {
    assert.equal(target, 'TrentService.Decrypt')
    assert.deepEqual(body['EncryptionContext'], { purpose: 'duka-master-key' })
    return body['CiphertextBlob'] === wrapped
      ? { status: 200, body: { Plaintext: master.toString('base64'), KeyId: 'k' } }
      : { status: 400, body: { __type: 'InvalidCiphertextException', message: 'no' } }
  })
  assert.deepEqual(await readMasterKeys(folder, { masterKeyKms: wrapped }), [master])
  const other = Buffer.from('something else').toString('base64')
  await assert.rejects(readMasterKeys(folder, { masterKeyKms: other }), (error: Error) => {
    assert.match(error.message, /InvalidCiphertextException/)
    assert.doesNotMatch(error.message, new RegExp(other))
    return true
  })
})

test('Vault: the token of an AppRole, KV version 2 with its double data', async () => {
  const url = await anHttpServer(({ path, headers, body }) => {
    if (path === '/v1/auth/approle/login')
      return JSON.parse(body).secret_id === 's-1'
        ? { status: 200, body: { auth: { client_token: 't-1', lease_duration: 60, renewable: true } } }
        : { status: 400, body: { errors: ['invalid role or secret ID'] } }
    if (headers['x-vault-token'] !== 't-1') return { status: 403, body: { errors: ['permission denied'] } }
    assert.equal(path, '/v1/secret/data/shops/duka')
    return { status: 200, body: { data: { data: { OIDC_CLIENT_SECRET: 'from-vault' }, metadata: { version: 3 } } } }
  })
  const at = { address: url, mount: 'secret', path: 'shops/duka' }
  const wanted = { OIDC_CLIENT_SECRET: 'from-vault' }
  assert.deepEqual(await vaultSource({ ...at, token: 't-1' }).read(), wanted)
  assert.deepEqual(await vaultSource({ ...at, roleId: 'r', secretId: 's-1' }).read(), wanted)
  await assert.rejects(vaultSource({ ...at, token: 'wrong' }).read())
  await assert.rejects(vaultSource({ ...at, roleId: 'r', secretId: 'wrong' }).read())
})

test('the first source that has one gives it; a source that is down leaves its last good values, and says so', async () => {
  await writeFile(join(folder, 'smtp_url'), 'smtp://file:from-file@mail\n')
  await writeFile(join(folder, 'CAPTCHA_SECRET'), 'captcha-from-file')
  await writeFile(join(folder, 'README'), 'no secret')
  let isDown = false
  let value = 'from-vault-1'
  const vault: SecretSource = {
    name: 'vault',
    read: async () => {
      if (isDown) throw new Error(`could not reach it with ${value}`)
      return { CAPTCHA_SECRET: 'never used', OIDC_CLIENT_SECRET: value }
    },
  }
  const secrets = await openSecrets([
    environmentSource({ SMTP_URL: 'smtp://env:from-env@mail', HOME: '/root' }),
    fileSource(folder),
    vault,
  ])
  assert.deepEqual(secrets.values(), {
    SMTP_URL: 'smtp://env:from-env@mail',
    CAPTCHA_SECRET: 'captcha-from-file',
    OIDC_CLIENT_SECRET: 'from-vault-1',
  })
  value = 'from-vault-2'
  assert.equal(await secrets.refresh(), true)
  assert.equal(await secrets.refresh(), false)
  isDown = true
  assert.equal(await secrets.refresh(), false)
  assert.equal(secrets.values().OIDC_CLIENT_SECRET, 'from-vault-2')
  const status = new Map(secrets.status().map((one) => [one.name, one]))
  assert.deepEqual([status.get('OIDC_CLIENT_SECRET')!.source, status.get('OIDC_CLIENT_SECRET')!.isStale], ['vault', true])
  assert.deepEqual([status.get('SMTP_URL')!.source, status.get('SMTP_URL')!.isStale], ['environment', false])
  assert.equal(status.get('DUKA_MASTER_KEY')!.source, null)
  assert.doesNotMatch(JSON.stringify(secrets.status()), /from-/)
  secrets.stop()
})

test('the sources stand in their order', () => {
  const env = { DUKA_SECRETS_DIR: '/run/secrets', DUKA_AWS_SECRET: 'duka', VAULT_ADDR: 'http://127.0.0.1:8200', VAULT_TOKEN: 't' }
  assert.deepEqual(
    sourcesOf(env).map((one) => one.name),
    ['environment', 'files', 'aws', 'vault'],
  )
  assert.deepEqual(
    sourcesOf({}).map((one) => one.name),
    ['environment'],
  )
})
