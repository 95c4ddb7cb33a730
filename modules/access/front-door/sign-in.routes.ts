import { routes } from '#kit/server/edge/http.ts'
import { askProvider, proveProvider } from '../provider/provider.commands.ts'
import {
  askForCode,
  askForPasskey,
  changeOnTheWay,
  confirmOnTheWay,
  enrolOnTheWay,
  mailSecondCode,
  proveCode,
  provePasskey,
  proveSecond,
  signIn,
} from './sign-in.commands.ts'
import { showSignIn } from './sign-in.queries.ts'

export const signInRoutes = routes({
  'GET /sign-in': showSignIn,
  'POST /sign-in': signIn,
  'POST /sign-in/code': askForCode,
  'POST /sign-in/code/answer': proveCode,
  'POST /sign-in/passkey': askForPasskey,
  'POST /sign-in/passkey/answer': provePasskey,
  'POST /sign-in/provider': askProvider,
  'POST /sign-in/provider/answer': proveProvider,
  'POST /sign-in/second': proveSecond,
  'POST /sign-in/second/mail': mailSecondCode,
  'POST /sign-in/enrolment': enrolOnTheWay,
  'POST /sign-in/enrolment/confirmation': confirmOnTheWay,
  'POST /sign-in/password': changeOnTheWay,
})
