import { z } from 'zod'
import { problems } from '#kit/problem.ts'

export const NumbersProblem = problems('setup.numbers', {
  running: { status: 422, say: 'A number needs its running part once: N in braces, as many as it has digits.' },
  unknown: { status: 422, say: 'Use Latin letters, digits, - . / _ # and the parts that are listed.' },
  apart: { status: 422, say: 'Put a sign before the running part, so that two numbers never read the same.' },
  code: { status: 422, say: 'The code of the till belongs into the numbers of tills, once, and into no others.' },
  date: { status: 422, say: 'A day needs its month, and a month its year.' },
})

export const numbersInput = z.object({
  document: z.string().max(40),
  template: z.string().trim().min(1).max(60),
})
