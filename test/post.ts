import { onEnd } from './end.ts'
import { answering, type HttpAnswer, type HttpAsked } from '#kit/server/outside/simulate.ts'
import { simulate, type MailSimulatorOptions } from '#modules/comms/mail/mail.simulator.ts'

/** The mail simulator, for as long as a test file runs. */
export async function aMailServer(options: MailSimulatorOptions = {}) {
  const simulator = await simulate(options)
  onEnd(simulator.stop)
  return simulator
}

/** A server of one answer for each request, for protocols over HTTP that are somebody else's. */
export async function anHttpServer(answer: (asked: HttpAsked) => HttpAnswer | Promise<HttpAnswer>): Promise<string> {
  const { url, stop } = await answering(0, answer)
  onEnd(stop)
  return url
}
