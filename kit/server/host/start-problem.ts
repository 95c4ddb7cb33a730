/** The program cannot start; the sentence says why and what to do. Nothing has been harmed. */
export class StartProblem extends Error {}
